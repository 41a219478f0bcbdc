"""Reference values for the binned measures beyond the ECE, in exact fractions.

    python test/reference/binned-measures.py > test/reference/binned-measures.json

Every double is read as the fraction it is; square roots are taken at the end. Edges of equal width are the doubles i/n.
Equal-mass bins cut where numpy.array_split does, with weights that differ where the running weight reaches b/B of the
total, and then move to the end of a run of equal values.
"""

from fractions import Fraction
from math import sqrt

import numpy as np
from measure_samples import dump, events, samples, views


def fraction(value):
    return Fraction(float(value))


def width_bins(values, bins, closure):
    edges = [i / bins for i in range(bins + 1)]
    which = []
    for value in values:
        b = 0
        while b < bins - 1 and (value > edges[b + 1] if closure == "right-closed" else value >= edges[b + 1]):
            b += 1
        which.append(b)
    return which


def mass_bins(values, bins, weights):
    rows = [i for i in range(len(values)) if weights[i] > 0]
    order = sorted(rows, key=lambda i: values[i])
    n = len(order)
    if len({float(weights[i]) for i in order}) == 1:
        sizes = [len(part) for part in np.array_split(np.arange(n), bins)]
        cuts = list(np.cumsum(sizes[:-1]))
    else:
        total = sum(fraction(weights[i]) for i in order)
        cuts = []
        for b in range(1, bins):
            running, count = Fraction(0), 0
            while running < total * b / bins:
                running += fraction(weights[order[count]])
                count += 1
            cuts.append(count)
    ends = []
    for cut in cuts:
        while 0 < cut < n and values[order[cut]] == values[order[cut - 1]]:
            cut += 1
        if 0 < cut < n and (not ends or cut > ends[-1]):
            ends.append(int(cut))
    which = [0] * len(values)
    for b, (start, stop) in enumerate(zip([0] + ends, ends + [n])):
        for i in order[start:stop]:
            which[i] = b
    return which


def bins_of(values, outcomes, weights, which):
    """Per bin that holds weight: weight, gap, mean outcome, as fractions."""
    result = []
    for b in sorted(set(which)):
        inside = [i for i in range(len(values)) if which[i] == b and weights[i] > 0]
        w = sum((fraction(weights[i]) for i in inside), Fraction(0))
        if w == 0:
            continue
        c = sum((fraction(weights[i]) * fraction(values[i]) for i in inside), Fraction(0)) / w
        a = sum((fraction(weights[i]) for i in inside if outcomes[i]), Fraction(0)) / w
        result.append((w, a - c, a))
    return result


def ece(rows):
    return sum(w * abs(g) for w, g, _ in rows) / sum(w for w, _, _ in rows)


def binned(values, outcomes, weights, which):
    rows = bins_of(values, outcomes, weights, which)
    total = sum(w for w, _, _ in rows)
    return {
        "rmsce": sqrt(sum(w * g * g for w, g, _ in rows) / total),
        "gap": float(sum(w * g for w, g, _ in rows) / total),
        "overconfidence": float(sum(w * max(-g, 0) for w, g, _ in rows) / total),
        "underconfidence": float(sum(w * max(g, 0) for w, g, _ in rows) / total),
        "average": float(sum(abs(g) for _, g, _ in rows) / len(rows)),
    }


def mean_gap(values, outcomes, weights, bins):
    rows = bins_of(values, outcomes, weights, mass_bins(values, bins, weights))
    return sum(abs(g) for _, g, _ in rows) / len(rows)


def adaptive(p, labels, weights, bins):
    return [float(mean_gap(p[:, k], labels == k, weights, bins)) for k in range(p.shape[1])]


def thresholded(p, labels, weights, bins, threshold):
    per_class = []
    for k in range(p.shape[1]):
        kept = (p[:, k] > threshold) & (weights > 0)
        per_class.append(
            float(mean_gap(p[kept, k], labels[kept] == k, weights[kept], bins)) if kept.any() else None
        )
    return per_class


def top_label(p, labels, weights, bins):
    top = p.argmax(axis=1)
    confidence = p[np.arange(len(p)), top]
    errors, shares = [], []
    for k in range(p.shape[1]):
        inside = (top == k) & (weights > 0)
        if not inside.any():
            errors.append(None)
            shares.append(Fraction(0))
            continue
        rows = bins_of(confidence[inside], labels[inside] == k, weights[inside], width_bins(confidence[inside], bins, "right-closed"))
        errors.append(ece(rows))
        shares.append(sum(w for w, _, _ in rows))
    present = [e for e in errors if e is not None]
    return {
        "perClass": [None if e is None else float(e) for e in errors],
        "byFrequency": float(sum(s * e for s, e in zip(shares, errors) if e is not None) / sum(shares)),
        "byClass": float(sum(present) / len(present)),
    }


def sweep(values, outcomes, weights, scheme):
    n = int((weights > 0).sum())

    def rows_at(bins):
        which = mass_bins(values, bins, weights) if scheme == "equal-mass" else width_bins(values, bins, "right-closed")
        return bins_of(values, outcomes, weights, which)

    def rises(rows):
        return all(b >= a for (_, _, a), (_, _, b) in zip(rows, rows[1:]))

    bins = 1
    while bins < n and rises(rows_at(bins + 1)):
        bins += 1
    rows = rows_at(bins)
    total = sum(w for w, _, _ in rows)
    return {"bins": bins, "value": float(ece(rows)), "squared": sqrt(sum(w * g * g for w, g, _ in rows) / total)}


def main():
    expected = []
    for name, p, labels, given in samples():
        weights = np.ones(len(p)) if given is None else given
        by_view = {}
        for view in views(p):
            values, outcomes = events(p, labels, view)
            tables = []
            for bins in (5, 15):
                for closure in ("right-closed", "left-closed"):
                    which = width_bins(values, bins, closure)
                    tables.append({"bins": bins, "scheme": "equal-width", "edges": closure, **binned(values, outcomes, weights, which)})
                which = mass_bins(values, bins, weights)
                tables.append({"bins": bins, "scheme": "equal-mass", "edges": "right-closed", **binned(values, outcomes, weights, which)})
            by_view[view] = {
                "tables": tables,
                "sweep": {scheme: sweep(values, outcomes, weights, scheme) for scheme in ("equal-mass", "equal-width")},
            }
        expected.append(
            {
                "name": name,
                "views": by_view,
                "adaptive": {str(bins): adaptive(p, labels, weights, bins) for bins in (5, 15)},
                "thresholded": {str(t): thresholded(p, labels, weights, 10, t) for t in (0.01, 0.3, 0.9)},
                "topLabel": top_label(p, labels, weights, 10),
            }
        )
    dump("binned-measures.py", {"numpy": np.__version__}, {"expected": expected})


if __name__ == "__main__":
    main()
