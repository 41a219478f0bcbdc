"""Reference values of the CORP reliability diagram.

Curves: scikit-learn's isotonic regression of the shared samples (measure_samples.py), rows predicted one by one.
Bands: every resample of four rows with every outcome, in fractions, the curve by the min-max formula; the quantiles are
taken where no step of the distribution is nearer than `margin`, so that random resamples give the very same values.

Run: python calibration-curve.py > calibration-curve.json
"""

import itertools
import json
import sys
from collections import defaultdict
from fractions import Fraction

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression

samples = json.load(open("measure-samples.json"))["samples"]


def curve(sample):
    p = np.array(sample["probabilities"], dtype=float)
    top = p.argmax(axis=1)
    right = (top == np.array(sample["labels"])).astype(float)
    weights = None if sample["weights"] is None else np.array(sample["weights"], dtype=float)
    confidence = p.max(axis=1)
    used = np.ones(len(right), bool) if weights is None else weights > 0
    model = IsotonicRegression(increasing=True)
    model.fit(confidence[used], right[used], sample_weight=None if weights is None else weights[used])
    distinct = np.unique(confidence[used])
    return [[float(x), float(g)] for x, g in zip(distinct, model.predict(distinct))]


def isotonic(sums, counts):
    """max over i <= k of min over j >= k of the mean of i..j."""
    n = len(sums)
    mean = [[Fraction(sum(sums[i : j + 1]), sum(counts[i : j + 1])) if j >= i else None for j in range(n)] for i in range(n)]
    return [max(min(mean[i][j] for j in range(k, n)) for i in range(k + 1)) for k in range(n)]


values = [Fraction(1, 5), Fraction(1, 2), Fraction(9, 10)]
rows = [0, 1, 1, 2]
labels = [1, 0, 1, 1]
margin = Fraction(1, 200)


def fitted(drawn, outcomes):
    present = sorted(set(drawn))
    sums = [sum(y for b, y in zip(drawn, outcomes) if b == block) for block in present]
    levels = isotonic(sums, [drawn.count(block) for block in present])
    at = dict(zip(present, levels))
    found, last = [], levels[0]
    for block in range(len(values)):
        last = at.get(block, last)
        found.append(last)
    return found


def distribution(chances):
    chance_of = [defaultdict(Fraction) for _ in values]
    for drawn in itertools.product(rows, repeat=len(rows)):
        for outcomes in itertools.product((0, 1), repeat=len(rows)):
            chance = Fraction(1, len(rows) ** len(rows))
            for block, y in zip(drawn, outcomes):
                chance *= chances[block] if y else 1 - chances[block]
            if chance:
                for block, value in enumerate(fitted(drawn, outcomes)):
                    chance_of[block][value] += chance
    return chance_of


def quantile(chance_of, p):
    reached = Fraction(0)
    for value in sorted(chance_of):
        assert abs(reached - p) > margin, "too near a step"
        reached += chance_of[value]
        if reached > p:
            return float(value)
    raise AssertionError


def bands_at(tail):
    found = {}
    for name, chances in (("consistency", values), ("confidence", fitted(rows, labels))):
        found[name] = [[quantile(d, tail), quantile(d, 1 - tail)] for d in distribution(chances)]
    return found


for percent in range(24, 5, -1):
    try:
        tail = Fraction(percent, 100)
        bands = bands_at(tail)
        break
    except AssertionError:
        continue

result = {
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "curves": {sample["name"]: curve(sample) for sample in samples},
    "bands": {"probabilities": [float(values[b]) for b in rows], "labels": labels, "level": float(1 - 2 * tail), **bands},
}
print(json.dumps(result).replace("], [", "],\n["))
