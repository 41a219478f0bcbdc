"""Reference values for the metrics, from NumPy, scikit-learn and exact fractions.

    python test/reference/metrics.py > test/reference/metrics.json

Every double is read as the fraction it is, so binned sums and edges are exact; edges are the doubles i/n. Equal-mass
bins cut where numpy.array_split does and then move to the end of a run of equal confidences. Means that need a
logarithm use math.fsum. scikit-learn confirms log loss, Brier score, accuracy and the equal-width curve.
"""

import json
import math
import platform
from fractions import Fraction

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, log_loss

TINY = 1e-13


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def equal_width_bin(c, bins, closure):
    edges = [i / bins for i in range(bins + 1)]
    for b in range(bins):
        low, high = edges[b], edges[b + 1]
        if closure == "right-closed" and (low < c <= high or (b == 0 and c <= 0)):
            return b
        if closure == "left-closed" and (low <= c < high or (b == bins - 1 and c >= 1)):
            return b
    return bins - 1


def equal_mass_bins(confidence, bins):
    order = np.argsort(confidence, kind="stable")
    sizes = [len(part) for part in np.array_split(np.arange(len(order)), bins)]
    ends, end = [], 0
    for size in sizes[:-1]:
        end += size
        cut = end
        while 0 < cut < len(order) and confidence[order[cut]] == confidence[order[cut - 1]]:
            cut += 1
        if 0 < cut < len(order) and (not ends or cut > ends[-1]):
            ends.append(cut)
    which = np.zeros(len(order), dtype=int)
    for b, (start, stop) in enumerate(zip([0] + ends, ends + [len(order)])):
        which[order[start:stop]] = b
    return which, len(ends) + 1


def table(confidence, correct, weights, which, bins):
    rows = []
    for b in range(bins):
        inside = [i for i in range(len(confidence)) if which[i] == b]
        w = sum((Fraction(float(weights[i])) for i in inside), Fraction(0))
        if w == 0:
            rows.append({"count": len(inside), "confidence": None, "accuracy": None, "weight": 0.0, "gap": Fraction(0)})
            continue
        c = sum((Fraction(float(weights[i])) * Fraction(float(confidence[i])) for i in inside), Fraction(0)) / w
        a = sum((Fraction(float(weights[i])) for i in inside if correct[i]), Fraction(0)) / w
        rows.append({"count": len(inside), "confidence": float(c), "accuracy": float(a), "weight": float(w), "gap": a - c, "w": w})
    return rows


def errors(rows):
    total = sum((row.get("w", Fraction(0)) for row in rows), Fraction(0))
    ece = sum((row.get("w", Fraction(0)) * abs(row["gap"]) for row in rows), Fraction(0)) / total
    return float(ece), float(max(abs(row["gap"]) for row in rows))


def plain(rows):
    return [{key: row[key] for key in ("count", "confidence", "accuracy", "weight")} for row in rows]


def weighted_mean(values, weights):
    return math.fsum(v * w for v, w in zip(values, weights)) / math.fsum(weights)


def measure(p, labels, weights, classwise_bins):
    n, k = p.shape
    predicted = p.argmax(axis=1)
    confidence = p[np.arange(n), predicted]
    correct = predicted == labels
    w = np.ones(n) if weights is None else weights
    result = {
        "accuracy": weighted_mean(correct.astype(float), w),
        "meanConfidence": weighted_mean(confidence, w),
        "brier": weighted_mean([math.fsum((p[i, j] - (labels[i] == j)) ** 2 for j in range(k)) for i in range(n)], w),
        "nll": weighted_mean([-math.log(p[i, labels[i]]) for i in range(n)], w),
        "tables": [],
        "classwise": [],
    }
    assert abs(result["accuracy"] - accuracy_score(labels, predicted, sample_weight=weights)) < TINY
    assert abs(result["nll"] - log_loss(labels, p, labels=range(k), sample_weight=weights)) < 1e-9
    for bins in (10, 15, 20):
        for closure in ("right-closed", "left-closed"):
            which = [equal_width_bin(c, bins, closure) for c in confidence]
            rows = table(confidence, correct, w, which, bins)
            ece, mce = errors(rows)
            result["tables"].append(
                {"scheme": "equal-width", "edges": closure, "bins": bins, "ece": ece, "mce": mce, "rows": plain(rows)}
            )
            if closure == "right-closed" and weights is None:
                share, mean = calibration_curve(correct, confidence, n_bins=bins)
                kept = [row for row in rows if row["count"] > 0]
                on_edge = any(abs(c * bins - round(c * bins)) < 1e-9 and 0 < c < 1 for c in confidence)
                if not on_edge:
                    assert len(kept) == len(share)
                    assert max(abs(row["accuracy"] - s) for row, s in zip(kept, share)) < TINY
                    assert max(abs(row["confidence"] - m) for row, m in zip(kept, mean)) < TINY
        if weights is None:
            which, made = equal_mass_bins(confidence, bins)
            rows = table(confidence, correct, w, which, made)
            ece, mce = errors(rows)
            for closure in ("right-closed", "left-closed"):
                result["tables"].append(
                    {"scheme": "equal-mass", "edges": closure, "bins": bins, "ece": ece, "mce": mce, "rows": plain(rows)}
                )
    for scheme in ("equal-width", "equal-mass"):
        if scheme == "equal-mass" and weights is not None:
            continue
        per_class = []
        for j in range(k):
            if scheme == "equal-width":
                which, made = [equal_width_bin(c, classwise_bins, "right-closed") for c in p[:, j]], classwise_bins
            else:
                which, made = equal_mass_bins(p[:, j], classwise_bins)
            per_class.append(errors(table(p[:, j], labels == j, w, which, made))[0])
        result["classwise"].append({"scheme": scheme, "bins": classwise_bins, "perClass": per_class})
    return result


def main():
    random = np.random.default_rng(20240229)
    sets = []

    def add(name, p, labels, weights=None):
        sets.append(
            {
                "name": name,
                "probabilities": p.tolist(),
                "labels": labels.tolist(),
                "weights": None if weights is None else weights.tolist(),
                "expected": measure(p, labels, weights, 15),
            }
        )

    def drawn(n, k, scale, truth):
        z = random.normal(size=(n, k)) * scale
        p = softmax(z * truth)
        labels = np.array([random.choice(k, p=row) for row in p])
        return softmax(z), labels

    add("overconfident, 3 classes", *drawn(120, 3, 3.0, 0.5))
    add("underconfident, 5 classes", *drawn(120, 5, 1.0, 2.0))
    p, labels = drawn(100, 4, 2.0, 1.0)
    add("weighted", p, labels, np.round(random.gamma(1.0, size=100), 4))
    p, labels = drawn(100, 4, 2.0, 1.0)
    weights = random.integers(0, 3, size=100).astype(float)
    add("weights of 0, 1 and 2", p, labels, weights)
    top = random.integers(10, 21, size=90) / 20
    binary = np.column_stack([1 - top, top])
    flip = random.random(90) < 0.5
    binary[flip] = binary[flip][:, ::-1]
    labels = (random.random(90) < binary[:, 1]).astype(int)
    labels = np.where(binary[np.arange(90), labels] == 0, 1 - labels, labels)
    add("confidences on the edges, ties at the top", binary, labels)

    json.dump(
        {
            "made-by": "test/reference/metrics.py",
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "scikit-learn": sklearn.__version__,
            },
            "sets": sets,
        },
        __import__("sys").stdout,
        separators=(",", ":"),
    )
    print()


main()
