"""Refinement of proper scores after recalibration, cross-fitted on folds i mod 5 and in the sample.

Temperatures are roots of the slope of the mean NLL by SciPy's brentq, isotonic regressions scikit-learn's with linear
interpolation; both are mixed with the uniform distribution of weight 1/(n + 1). Zero probabilities have no temperature.

Run: python calibration-refinement.py > calibration-refinement.json
"""

import json
import sys

import numpy as np
import scipy
import sklearn
from scipy.optimize import brentq
from scipy.special import softmax
from sklearn.isotonic import IsotonicRegression

FOLDS = 5


def temperature(z, labels, weights):
    def slope(u):
        beta = np.exp(u)
        p = softmax(beta * z, axis=1)
        return float(np.sum(weights * ((p * z).sum(axis=1) - z[np.arange(len(labels)), labels])))

    return float(np.exp(-brentq(slope, -6, 6, xtol=1e-15, rtol=1e-15)))


def mixed(p, n):
    return (1 - 1 / (n + 1)) * p + 1 / (n + 1) / p.shape[1]


def tempered(z, labels, weights, train, test):
    t = temperature(z[train], labels[train], weights[train])
    return mixed(softmax(z[test] / t, axis=1), train.sum())


def isotonic(confidence, right, weights, train, test):
    model = IsotonicRegression(out_of_bounds="clip")
    model.fit(confidence[train], right[train], sample_weight=weights[train])
    g = model.predict(confidence[test])
    return mixed(np.column_stack([1 - g, g]), train.sum())


def losses(p, outcomes, score, event):
    if score == "log":
        return -np.log(p[np.arange(len(outcomes)), outcomes])
    if event:
        return (p[:, 1] - outcomes) ** 2
    return ((p - np.eye(p.shape[1])[outcomes]) ** 2).sum(axis=1)


def refined(inputs, outcomes, weights, fit, score, event, folds):
    found = np.zeros(len(outcomes))
    for fold in range(folds):
        own = np.arange(len(outcomes)) % folds == fold
        train = (~own if folds > 1 else own) & (weights > 0)
        found[own] = losses(fit(inputs, outcomes, weights, train, own), outcomes[own], score, event)
    return float(np.average(found, weights=weights))


cases = []
for sample in json.load(open("measure-samples.json"))["samples"]:
    p = np.array(sample["probabilities"], dtype=float)
    labels = np.array(sample["labels"])
    weights = np.ones(len(labels)) if sample["weights"] is None else np.array(sample["weights"], dtype=float)
    right = (p.argmax(axis=1) == labels).astype(int)
    for score in ("log", "brier"):
        both = {"isotonic": (p.max(axis=1), right, isotonic, True)}
        if p.min() > 0:
            both["temperature"] = (np.log(p), labels, tempered, False)
        for recalibration, (inputs, outcomes, fit, event) in both.items():
            crossed = refined(inputs, outcomes, weights, fit, score, event, FOLDS)
            within = refined(inputs, outcomes, weights, fit, score, event, 1)
            cases.append([sample["name"], score, recalibration, crossed, within])

result = {
    "versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "folds": FOLDS,
    "cases": cases,
}
print(json.dumps(result).replace("], [", "],\n["))
