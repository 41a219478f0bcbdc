"""Tail probabilities of a Brownian motion by mpmath, and Spiegelhalter's Z by NumPy on the shared samples.

    python test/reference/calibration-tests.py > test/reference/calibration-tests.json
"""

import json
import pathlib
import platform

import mpmath
import numpy as np
from mpmath import mp, mpf

mp.dps = 40


def tail(x):
    return mpmath.erfc(x / mpmath.sqrt(2)) / 2


def maximum(x):
    return 4 * mpmath.nsum(lambda k: (-1) ** int(k) * tail((2 * k + 1) * x), [0, 200])


def spread(x):
    return 8 * mpmath.nsum(lambda k: (-1) ** (int(k) - 1) * k * tail(k * x), [1, 200])


points = [0.3, 0.5, 0.75, 0.99, 1.0, 1.01, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0]
samples = json.loads(pathlib.Path(__file__).with_name("measure-samples.json").read_text())["samples"]


def spiegelhalter(p, y, w):
    brier = ((p - np.eye(p.shape[1])[y]) ** 2).sum(axis=1)
    outcomes = np.eye(p.shape[1])
    scores = ((p[:, None, :] - outcomes[None]) ** 2).sum(axis=2)
    expected = (p * scores).sum(axis=1)
    variance = (p * scores**2).sum(axis=1) - expected**2
    return float((w * (brier - expected)).sum() / np.sqrt((w**2 * variance).sum()))


found = {}
for sample in samples:
    p = np.array(sample["probabilities"])
    y = np.array(sample["labels"])
    w = np.array(sample.get("weights") or np.ones(len(y)))
    top = p.max(axis=1)
    right = (p.argmax(axis=1) == y).astype(int)
    both = np.stack([1 - top, top], axis=1)
    found[sample["name"]] = {"canonical": spiegelhalter(p, y, w), "confidence": spiegelhalter(both, right, w)}

print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "mpmath": mpmath.__version__, "numpy": np.__version__},
            "maximum": [[x, float(maximum(mpf(x)))] for x in points],
            "range": [[x, float(spread(mpf(x)))] for x in points],
            "spiegelhalter": found,
        },
        indent=1,
    )
)
