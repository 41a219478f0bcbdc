"""Reference values for proper scores, their decompositions, decisions and selective prediction.

    python test/reference/score-measures.py > test/reference/score-measures.json

Quadratic scores, costs and risks are exact fractions; logarithms and square roots are taken in 50 digits. Isotonic
regression is the min-max formula in fractions, confirmed by scikit-learn. Ties in selective prediction are averaged
over all orders of the tie by the expected number of errors in a random draw. Weighted ties share their weight alike.
"""

import importlib
from fractions import Fraction
from importlib.metadata import version

import mpmath
import numpy as np
from measure_samples import dump, events, samples, views
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

binned = importlib.import_module("binned-measures")
fraction = binned.fraction
mpmath.mp.dps = 50


def exact(value):
    return mpmath.mpf(value.numerator) / value.denominator


def mean(values, weights):
    total = sum(weights)
    return sum(w * v for w, v in zip(weights, values) if w) / total


def spherical(p, labels, weights):
    losses = []
    for row, y in zip(p, labels):
        q = [mpmath.mpf(float(v)) for v in row]
        losses.append(1 - q[y] / mpmath.sqrt(mpmath.fsum(v * v for v in q)))
    w = [exact(v) for v in weights]
    return float(mpmath.fsum(a * b for a, b in zip(w, losses)) / mpmath.fsum(w))


def ranked(p, labels, weights):
    losses = []
    for row, y in zip(p, labels):
        q = [fraction(v) for v in row]
        losses.append(sum((sum(q[: m + 1]) - (1 if y <= m else 0)) ** 2 for m in range(len(q) - 1)))
    return float(mean(losses, weights))


def murphy(values, outcomes, weights, which):
    v = [fraction(x) for x in values]
    y = [Fraction(int(o)) for o in outcomes]
    total = sum(weights)
    share = mean(y, weights)
    rel = res = bias = wbv = wbc = Fraction(0)
    for b in sorted(set(which)):
        inside = [i for i in range(len(v)) if which[i] == b and weights[i] > 0]
        if not inside:
            continue
        w = [weights[i] for i in inside]
        s = sum(w)
        p_mean = mean([v[i] for i in inside], w)
        y_mean = mean([y[i] for i in inside], w)
        rel += s * (p_mean - y_mean) ** 2
        res += s * (y_mean - share) ** 2
        wbv += sum(a * (v[i] - p_mean) ** 2 for a, i in zip(w, inside))
        wbc += 2 * sum(a * (y[i] - y_mean) * (v[i] - p_mean) for a, i in zip(w, inside))
        rows = s * s / sum(a * a for a in w)
        if len(inside) > 1:
            bias += s * y_mean * (1 - y_mean) / (rows - 1)
    rel, res, wbv, wbc, bias = (t / total for t in (rel, res, wbv, wbc, bias))
    uncertainty = share * (1 - share)
    score = mean([(a - b) ** 2 for a, b in zip(v, y)], weights)
    assert score == rel - res + uncertainty + wbv - wbc
    n = total * total / sum(w * w for w in weights)
    return {
        "score": float(score),
        "reliability": float(rel),
        "resolution": float(res),
        "uncertainty": float(uncertainty),
        "withinBinVariance": float(wbv),
        "withinBinCovariance": float(wbc),
        "corrected": {
            "reliability": float(rel - bias),
            "resolution": float(res - bias + uncertainty / (n - 1)),
            "uncertainty": float(uncertainty + uncertainty / (n - 1)),
        },
    }


def isotonic(values, outcomes, weights):
    """Fitted value of each row, by max over starts of min over ends of the mean."""
    kept = [i for i in range(len(values)) if weights[i] > 0]
    levels = sorted({float(values[i]) for i in kept})
    w = [sum(weights[i] for i in kept if values[i] == x) for x in levels]
    s = [sum(weights[i] for i in kept if values[i] == x and outcomes[i]) for x in levels]
    fitted = {}
    for j, x in enumerate(levels):
        best = None
        for a in range(j + 1):
            low, top, under = None, sum(s[a:j], Fraction(0)), sum(w[a:j], Fraction(0))
            for b in range(j, len(levels)):
                top, under = top + s[b], under + w[b]
                low = top / under if low is None else min(low, top / under)
            best = low if best is None else max(best, low)
        fitted[x] = best
    confirm = IsotonicRegression(out_of_bounds="clip").fit(
        [values[i] for i in kept], [outcomes[i] for i in kept], sample_weight=[float(weights[i]) for i in kept]
    )
    assert max(abs(confirm.predict([x])[0] - float(v)) for x, v in fitted.items()) < 1e-12
    return [fitted.get(float(v)) for v in values]


def corp(values, outcomes, weights):
    fitted = isotonic(values, outcomes, weights)
    share = mean([Fraction(int(o)) for o in outcomes], weights)
    kept = [i for i in range(len(values)) if weights[i] > 0]
    w = [exact(weights[i]) for i in kept]

    def brier(p, o):
        return exact((p - int(o)) ** 2)

    def log(p, o):
        chance = p if o else 1 - p
        return mpmath.inf if chance == 0 else -mpmath.log(exact(chance))

    def sphere(p, o):
        q = exact(p)
        return 1 - (q if o else 1 - q) / mpmath.sqrt(q * q + (1 - q) ** 2)

    result = {}
    for name, score in (("brier", brier), ("log", log), ("spherical", sphere)):
        at = lambda forecast: mpmath.fsum(a * score(forecast(i), outcomes[i]) for a, i in zip(w, kept)) / mpmath.fsum(w)
        given, calibrated, constant = at(lambda i: fraction(values[i])), at(lambda i: fitted[i]), at(lambda i: share)
        infinite = mpmath.isinf(given)
        result[name] = {
            "score": None if infinite else float(given),
            "miscalibration": None if infinite else float(given - calibrated),
            "discrimination": float(constant - calibrated),
            "uncertainty": float(constant),
        }
    return {"scores": result, "fitted": [None if f is None else float(f) for f in fitted]}


def costs(p, labels, weights):
    k = p.shape[1]
    # Costs without ties between actions, which rounding would break either way.
    draw = np.random.default_rng(k)
    matrix = [[fraction(0 if a == c else round(draw.uniform(0.5, 4), 6)) for a in range(k)] + [fraction(0.7)] for c in range(k)]
    realised, believed, perfect, taken = [], [], [], []
    for row, y in zip(p, labels):
        q = [fraction(v) for v in row]
        by_action = [sum(q[c] * matrix[c][a] for c in range(k)) for a in range(k + 1)]
        a = by_action.index(min(by_action))
        taken.append(a)
        believed.append(by_action[a])
        realised.append(matrix[y][a])
        perfect.append(min(matrix[y]))
    fixed = [mean([matrix[y][a] for y in labels], weights) for a in range(k + 1)]
    return {
        "costs": [[float(v) for v in row] for row in matrix],
        "realised": float(mean(realised, weights)),
        "believed": float(mean(believed, weights)),
        "bestFixed": float(min(fixed)),
        "perfect": float(mean(perfect, weights)),
        "actions": [float(mean([Fraction(t == a) for t in taken], weights)) for a in range(k + 1)],
    }


def benefit(p, labels, weights, positive):
    total = sum(weights)
    result = []
    for t in (0.05, 0.25, 0.5, 0.8):
        odds = fraction(t) / (1 - fraction(t))
        treated = [i for i in range(len(p)) if p[i, positive] >= t]

        def worth(rows):
            hits = sum(weights[i] for i in rows if labels[i] == positive)
            return (hits - (sum(weights[i] for i in rows) - hits) * odds) / total

        result.append(
            {
                "threshold": t,
                "netBenefit": float(worth(treated)),
                "treatAll": float(worth(range(len(p)))),
                "treated": float(sum(weights[i] for i in treated) / total),
            }
        )
    return result


def selective(p, labels, weights):
    confidence, correct = events(p, labels, "confidence")
    kept = [i for i in range(len(p)) if weights[i] > 0]
    total = sum(weights)
    steps, covered, errors = [], Fraction(0), Fraction(0)
    for c in sorted({float(confidence[i]) for i in kept}, reverse=True):
        tied = [i for i in kept if confidence[i] == c]
        w = sum(weights[i] for i in tied)
        e = sum(weights[i] for i in tied if not correct[i])
        for j in range(1, len(tied) + 1):
            part = Fraction(j, len(tied))
            steps.append((w / len(tied), covered + w * part, errors + e * part, c))
        covered, errors = covered + w, errors + e
    risks = [e / w for _, w, e, _ in steps]
    general = [e / total for _, _, e, _ in steps]
    shares = [s / total for s, _, _, _ in steps]
    area = sum(s * r for s, r in zip(shares, risks))
    lines = lambda ys: sum(s * (a + b) / 2 for s, a, b in zip(shares[1:], ys, ys[1:])) / sum(shares[1:])
    e = exact(risks[-1])
    best = e + (1 - e) * mpmath.log(1 - e)
    at = {}
    for c in (0.1, 0.5, 0.8, 1.0):
        k = next(i for i, (_, w, _, _) in enumerate(steps) if w >= fraction(c) * total - Fraction(1, 10**12) * total)
        at[str(c)] = {"risk": float(risks[k]), "coverage": float(steps[k][1] / total), "threshold": steps[k][3]}
    under = {}
    for r in (0.0, 0.05, 0.1, 0.25):
        fit = [i for i, risk in enumerate(risks) if risk <= fraction(r) + Fraction(1, 10**12)]
        under[str(r)] = float(steps[fit[-1]][1] / total) if fit else 0.0
    auroc = roc_auc_score([correct[i] for i in kept], [confidence[i] for i in kept], sample_weight=[float(weights[i]) for i in kept])
    return {
        "area": float(area),
        "excess": float(exact(area) - best),
        "generalized": float(sum(s * g for s, g in zip(shares, general))),
        "attainable": float(area - best_order(confidence, correct, kept)) if len({weights[i] for i in kept}) == 1 else None,
        "trapezoid": {"area": float(lines(risks)), "generalized": float(lines(general))},
        "riskAt": at,
        "coverageAt": under,
        "auroc": float(auroc),
    }


def best_order(confidence, correct, kept):
    """Area where all errors come last, rows counting alike."""
    errors, total = 0, Fraction(0)
    for k, right in enumerate(sorted((bool(correct[i]) for i in kept), reverse=True), start=1):
        errors += not right
        total += Fraction(errors, k)
    return total / len(kept)


def main():
    expected = []
    for name, p, labels, given in samples():
        weights = [Fraction(1)] * len(p) if given is None else [fraction(w) for w in given]
        by_view = {}
        for view in views(p):
            values, outcomes = events(p, labels, view)
            which = binned.width_bins(values, 10, "right-closed")
            by_view[view] = {"murphy": murphy(values, outcomes, weights, which), "corp": corp(values, outcomes, weights)}
        expected.append(
            {
                "name": name,
                "views": by_view,
                "spherical": spherical(p, labels, weights),
                "ranked": ranked(p, labels, weights),
                "cost": costs(p, labels, weights),
                "benefit": {str(k): benefit(p, labels, weights, k) for k in (0, 1)},
                "selective": selective(p, labels, weights),
            }
        )
    dump("score-measures.py", {n: version(n) for n in ("numpy", "mpmath", "scikit-learn")}, {"expected": expected})


if __name__ == "__main__":
    main()
