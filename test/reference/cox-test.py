"""Cox's test by statsmodels (two classes) and by enumerating the labels (any number of classes), and tails of chi-squared.

    python test/reference/cox-test.py > test/reference/cox-test.json

The covariance of the scores of a row is the sum over its labels, not a formula. With clusters of three neighbouring rows
the products between their rows are added, and eigenvalues relative to independent rows are kept at 1 or above.
"""

import json
import pathlib
import platform
from importlib.metadata import version

import numpy as np
import scipy.linalg
import statsmodels.api as sm
from scipy.stats import chi2

samples = json.loads(pathlib.Path(__file__).with_name("measure-samples.json").read_text())["samples"]


def scores(p, classes):
    """Scores of each row for each label it could have: rows × labels × numbers."""
    logs = np.log(p, out=np.zeros_like(p), where=p > 0)
    mean = (p * logs).sum(axis=1)
    k = p.shape[1]
    slope = logs - mean[:, None]
    biases = np.eye(k)[None, :, :] - p[:, None, :]
    return np.concatenate([biases[:, :, classes], slope[:, :, None]], axis=2)


def intercepts(p, w, most=50):
    spread = p * (1 - p)
    first = (w[:, None] * spread).sum(axis=0)
    second = (w[:, None] ** 2 * spread).sum(axis=0)
    expected = np.where(first > 0, first**2 / np.where(second > 0, second, 1), 0)
    known = sorted(np.flatnonzero(expected >= 5), key=lambda k: (-expected[k], k))
    count = p.shape[1] - 1 if len(known) == p.shape[1] else len(known)
    return known[: int(max(min(count, most), 0))]


def cox(p, y, w, clusters=None):
    most = 50 if clusters is None else len(set(clusters)) // 5 - 1
    u = scores(p, intercepts(p, w, most))
    own = w[:, None] * u[np.arange(len(y)), y]
    total = own.sum(axis=0)
    known = np.einsum("i,ik,ika,ikb->ab", w**2, p, u, u)
    if clusters is None:
        size = np.sqrt(np.diag(known))
        correlation = known / np.outer(size, size)
        rank = int((np.linalg.eigvalsh(correlation) > 1e-10).sum())
        statistic = float(total / size @ np.linalg.pinv(correlation, rcond=1e-10, hermitian=True) @ (total / size))
        return {"statistic": statistic, "degreesOfFreedom": rank, "pValue": float(chi2.sf(statistic, rank))}
    sums = np.zeros((max(clusters) + 1, len(total)))
    np.add.at(sums, clusters, own)
    between = known + sums.T @ sums - own.T @ own
    values, vectors = scipy.linalg.eigh(between, known)
    x = vectors.T @ total
    statistic = float((x**2 / np.maximum(values, 1)).sum())
    return {"statistic": statistic, "degreesOfFreedom": len(x), "pValue": float(chi2.sf(statistic, len(x)))}


found = {}
for sample in samples:
    p = np.array(sample["probabilities"])
    y = np.array(sample["labels"])
    w = np.array(sample.get("weights") or np.ones(len(y)))
    clusters = np.arange(len(y)) // 3
    if (p[np.arange(len(y)), y][w > 0] == 0).any():
        found[sample["name"]] = {"impossible": True}
        continue
    entry = {"plain": cox(p, y, w)}
    if np.linalg.cond(np.einsum("i,ik,ika,ikb->ab", w**2, p, *[scores(p, intercepts(p, w, len(set(clusters)) // 5 - 1))] * 2)) < 1e8:
        entry["clustered"] = cox(p, y, w, clusters)
    inside = ((p > 0) & (p < 1)).all()
    if p.shape[1] == 2 and sample.get("weights") is None and inside:
        design = np.c_[np.ones(len(y)), np.log(p[:, 1] / p[:, 0])]
        model = sm.GLM(y, design, family=sm.families.Binomial())
        statistic, pvalue, _ = model.score_test(np.array([0.0, 1.0]), k_constraints=2)
        fit = model.fit()
        deviance = model.loglike(fit.params) - model.loglike(np.array([0.0, 1.0]))
        entry["statsmodels"] = {
            "statistic": float(np.squeeze(statistic)),
            "pValue": float(np.squeeze(pvalue)),
            "likelihoodRatio": float(2 * deviance),
            "wald": float(fit.wald_test((np.eye(2), [0, 1]), scalar=True).statistic),
        }
    found[sample["name"]] = entry

tails = [
    [x, k, float(chi2.sf(x, k))]
    for k in (1, 2, 3, 4, 7, 10, 51, 200)
    for x in (1e-3, 0.5, 1.0, 3.84, 10.0, 60.0, 300.0)
]
libraries = ["numpy", "scipy", "statsmodels"]
print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), **{name: version(name) for name in libraries}},
            "cox": found,
            "chiSquared": tails,
        },
        indent=1,
    )
)
