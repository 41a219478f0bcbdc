"""Samples that the reference scripts of the measures share.

    python test/reference/measure_samples.py > test/reference/measure-samples.json

Each has a name, N×K probabilities, labels and, for some, weights. There are ties, values on bin edges, exact zeros and
ones, weights of 0, and both over- and underconfident predictions among them.
"""

import json
import platform
import sys

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def drawn(random, n, k, scale, truth):
    z = random.normal(size=(n, k)) * scale
    p = softmax(z * truth)
    labels = np.array([random.choice(k, p=row) for row in p])
    return softmax(z), labels


def samples():
    random = np.random.default_rng(20260211)
    result = []

    def add(name, p, labels, weights=None):
        p = np.asarray(p, dtype=float)
        result.append((name, p, np.asarray(labels, dtype=int), weights))

    add("overconfident, 3 classes", *drawn(random, 150, 3, 3.0, 0.5))
    add("underconfident, 5 classes", *drawn(random, 140, 5, 1.0, 2.0))
    cuts = np.sort(random.integers(0, 21, size=(130, 3)), axis=1)
    ends = np.column_stack([np.zeros(130, dtype=int), cuts, np.full(130, 20)])
    tied = np.diff(ends, axis=1) / 20
    labels = np.array([random.choice(4, p=row) for row in tied])
    add("ties, 4 classes", tied, np.where(random.random(130) < 0.2, random.integers(0, 4, 130), labels))
    p1 = softmax(np.column_stack([np.zeros(160), random.normal(size=160) * 2.5]))[:, 1]
    y = (random.random(160) < p1**1.3).astype(int)
    add("binary", np.column_stack([1 - p1, p1]), y)
    p1 = np.round(random.random(120) * 16) / 16
    y = (random.random(120) < 0.15 + 0.7 * p1).astype(int)
    add("binary, sixteenths with 0 and 1", np.column_stack([1 - p1, p1]), y)
    p, y = drawn(random, 120, 3, 2.0, 0.8)
    add("weighted, 3 classes", p, y, np.round(random.gamma(1.0, size=120) + 0.01, 4))
    p1 = np.round(softmax(np.column_stack([np.zeros(140), random.normal(size=140) * 2]))[:, 1] * 32) / 32
    y = (random.random(140) < p1).astype(int)
    add("weighted binary with ties, weights 0 to 2", np.column_stack([1 - p1, p1]), y, random.integers(0, 3, size=140).astype(float))
    return result


def events(p, labels, binary):
    """One probability and one outcome per row."""
    if binary == "positive":
        return p[:, 1].copy(), (labels == 1).astype(int)
    top = p.argmax(axis=1)
    return p[np.arange(len(p)), top], (top == labels).astype(int)


def views(p):
    return ["confidence", "positive"] if p.shape[1] == 2 else ["confidence"]


def dump(script, versions, content):
    json.dump(
        {"made-by": f"test/reference/{script}", "versions": {"python": platform.python_version(), **versions}, **content},
        sys.stdout,
        separators=(",", ":"),
    )
    print()


if __name__ == "__main__":
    dump(
        "measure_samples.py",
        {"numpy": np.__version__},
        {
            "samples": [
                {
                    "name": name,
                    "probabilities": p.tolist(),
                    "labels": labels.tolist(),
                    "weights": None if weights is None else weights.tolist(),
                }
                for name, p, labels, weights in samples()
            ]
        },
    )
