"""What the bundled data sets should give: temperature, likelihoods and calibration errors, by mpmath and NumPy alone.

    python test/reference/datasets.py > test/reference/datasets.json

The temperature is the zero of the slope of the mean NLL over beta = 1/T on the validation rows, bracketed in float64
and finished by Newton's method at 40 digits. The figures are those of softmax(z/T) in float64 on the test rows, with the
bins of the project's default: 15 of equal width, edges i/15, right-closed, 0 in the first.
"""

import csv
import hashlib
import json
import pathlib
import platform

import mpmath
import numpy as np
from mpmath import mp, mpf

mp.dps = 40
ROOT = pathlib.Path(__file__).resolve().parents[2] / "datasets"
BINS = 15


def read(path):
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    logits = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    if logits.shape[1] == 1:
        logits = np.column_stack([np.zeros(len(logits)), logits[:, 0]])
        names = ["0", "1"]
    else:
        names = [name.removeprefix("logit_") for name in header[:-1]]
    return logits, np.array([names.index(row[-1]) for row in rows])


def slope(beta, logits, labels):
    x = beta * (logits - logits.max(axis=1, keepdims=True))
    p = np.exp(x)
    p /= p.sum(axis=1, keepdims=True)
    return float(np.mean((p * logits).sum(axis=1) - logits[np.arange(len(labels)), labels]))


def exact(beta, logits, labels):
    slopes, curvatures = [], []
    for z, y in zip(logits, labels):
        z = [mpf(v) for v in z]
        largest = max(z)
        e = [mp.exp(beta * (v - largest)) for v in z]
        total = mp.fsum(e)
        mean = mp.fsum(a * v for a, v in zip(e, z)) / total
        slopes.append(mean - z[y])
        curvatures.append(mp.fsum(a * (v - mean) ** 2 for a, v in zip(e, z)) / total)
    return mp.fsum(slopes) / len(labels), mp.fsum(curvatures) / len(labels)


def temperature(logits, labels):
    low, high = 1e-6, 1e6
    for _ in range(80):
        middle = (low * high) ** 0.5
        if slope(middle, logits, labels) < 0:
            low = middle
        else:
            high = middle
    beta = mpf(low)
    for _ in range(10):
        f, g = exact(beta, logits, labels)
        step = f / g
        beta -= step
        if abs(step) < beta * mpf(10) ** -25:
            return 1 / beta
    raise ArithmeticError("Newton's method did not settle")


def figures(logits, labels, t):
    x = logits / t
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    p = e / e.sum(axis=1, keepdims=True)
    n, k = p.shape
    rows = np.arange(n)
    nll = float(np.mean(np.log(e.sum(axis=1)) - x[rows, labels]))
    truth = np.zeros_like(p)
    truth[rows, labels] = 1
    predicted = logits.argmax(axis=1)
    confidence = p[rows, predicted]
    edges = np.array([i / BINS for i in range(1, BINS)])
    place = np.searchsorted(edges, confidence, side="left")
    right = (predicted == labels).astype(float)
    gaps = [abs(np.sum((right - confidence)[place == b])) for b in range(BINS)]
    classwise = []
    for c in range(k):
        bins = np.searchsorted(edges, p[:, c], side="left")
        classwise.append(sum(abs(np.sum((truth[:, c] - p[:, c])[bins == b])) for b in range(BINS)) / n)
    return {
        "nll": nll,
        "brier": float(np.mean(((p - truth) ** 2).sum(axis=1))),
        "accuracy": float(right.mean()),
        "ece": float(sum(gaps) / n),
        "classwiseEce": float(np.mean(classwise)),
        "counts": np.bincount(place, minlength=BINS).tolist(),
    }


sets = []
for name in ["letters", "mnist", "binary", "calibrated"]:
    paths = {part: ROOT / name / f"{part}.csv" for part in ["validation", "test"]}
    t = temperature(*read(paths["validation"]))
    test = read(paths["test"])
    sets.append(
        {
            "name": name,
            "sha256": {part: hashlib.sha256(path.read_bytes()).hexdigest() for part, path in paths.items()},
            "rows": {part: len(read(path)[1]) for part, path in paths.items()},
            "classes": int(test[0].shape[1]),
            "temperature": mp.nstr(t, 22),
            "before": figures(*test, 1.0),
            "after": figures(*test, float(t)),
        }
    )

print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                "mpmath": mpmath.__version__,
                "numpy": np.__version__,
            },
            "sets": sets,
        },
        indent=1,
    )
)
