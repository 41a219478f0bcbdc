"""Optimal temperatures with their uncertainty, in 50-digit arithmetic, by mpmath alone.

    python test/reference/temperature.py > test/reference/temperature.json

Logits are short decimals, read as the doubles they are; null is minus infinity (a masked class). The optimum is the
zero of the slope in beta = 1/T by bisection and then Newton's method; interval ends solve 2n(L(beta) - L*) = z^2 by
bisection. Without weights n is the number of rows; with importance weights it is the one that scales the deviance to
the sandwich variance, n = (W h)^2/(B h), h the curvature and B the mean of sum (w g/(1 - l))^2 and sum w^2 v in the ratio of
(sum w^2 v)^2/sum (w^2 v)^2 to 30, g the slope of a row, v its curvature and l its leverage w v/sum(w v). NumPy draws the sets, nothing else.
"""

import json
import platform

import mpmath
import numpy as np
from mpmath import mp, mpf

mp.dps = 50
LEVEL = mpf("0.95")
DEVIATION = mp.sqrt(2) * mp.erfinv(LEVEL)


class Loss:
    """Mean NLL over beta with two derivatives, from the definition."""

    def __init__(self, logits, labels, weights):
        self.rows = []
        for z, y, w in zip(logits, labels, weights or [1.0] * len(labels)):
            if w > 0:
                finite = [mpf(float(v)) for v in z if v is not None]
                self.rows.append((finite, mpf(float(z[y])), mpf(float(w))))
        self.n = mp.fsum(w for _, _, w in self.rows)

    def __call__(self, beta):
        value, slope, curvature = [], [], []
        for z, true, w in self.rows:
            largest = max(z)
            e = [mp.exp(beta * (v - largest)) for v in z]
            total = mp.fsum(e)
            mean = mp.fsum(a * v for a, v in zip(e, z)) / total
            variance = mp.fsum(a * (v - mean) ** 2 for a, v in zip(e, z)) / total
            value.append(w * (mp.log(total) + beta * (largest - true)))
            slope.append(w * (mean - true))
            curvature.append(w * variance)
        return tuple(mp.fsum(x) / self.n for x in (value, slope, curvature))

    def likelihood_rows(self, beta, weights):
        if weights is None:
            return self.n
        parts = []
        for z, true, w in self.rows:
            e = [mp.exp(beta * v) for v in z]
            mean = mp.fsum(a * v for a, v in zip(e, z)) / mp.fsum(e)
            square = mp.fsum(a * v * v for a, v in zip(e, z)) / mp.fsum(e)
            parts.append((w * beta * (mean - true), w * beta**2 * (square - mean**2), w))
        information = mp.fsum(v for _, v, _ in parts)
        observed = mp.fsum((g / (1 - v / information)) ** 2 for g, v, _ in parts)
        expected = mp.fsum(w * v for _, v, w in parts)
        freedom = expected**2 / mp.fsum((w * v) ** 2 for _, v, w in parts)
        middle = (freedom * observed + 30 * expected) / (freedom + 30)
        return self.n * information / middle

    def at_zero(self):
        return mp.fsum(w * mp.log(len(z)) for z, _, w in self.rows) / self.n

    def has_optimum(self):
        slope_at_zero = mp.fsum(w * (mp.fsum(z) / len(z) - true) for z, true, w in self.rows)
        return slope_at_zero < 0 and any(true < max(z) for z, true, _ in self.rows)


def bisect(f, low, high, steps):
    """Zero of a function below 0 at low and above 0 at high, in ratios."""
    for _ in range(steps):
        middle = mp.sqrt(low * high)
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return mp.sqrt(low * high)


def optimum(loss):
    start = 1 / max(max(z) - min(z) for z, _, _ in loss.rows)
    low = high = start
    while loss(low)[1] > 0:
        low /= 16
    while loss(high)[1] < 0:
        high *= 16
    beta = bisect(lambda b: loss(b)[1], low, high, 40)
    for _ in range(40):
        _, slope, curvature = loss(beta)
        step = slope / curvature
        beta -= step
        if abs(step) < beta * mpf(10) ** -36:
            return beta
    raise ArithmeticError("Newton's method did not settle")


def profile(loss, rows, beta, lowest):
    """Ends below and above beta, None where the likelihood never falls that low."""
    rise = DEVIATION**2 / (2 * rows)

    def end(near, far):
        excess = lambda b: loss(b)[0] - lowest - rise
        sign = 1 if far > near else -1
        b = bisect(lambda b: sign * excess(b), min(near, far), max(near, far), 40)
        for _ in range(40):
            value, slope, _ = loss(b)
            step = (value - lowest - rise) / slope
            b -= step
            if abs(step) < b * mpf(10) ** -36:
                return b
        raise ArithmeticError("Newton's method did not settle")

    below = None
    if loss.at_zero() - lowest > rise:
        far = beta
        while loss(far)[0] - lowest <= rise:
            far /= 4
        below = end(beta, far)
    far = beta
    while loss(far)[0] - lowest <= rise:
        far *= 4
    return below, end(beta, far)


def short(x):
    return None if x is None else mp.nstr(x, 25)


def reference(name, logits, labels, weights=None):
    loss = Loss(logits, labels, weights)
    assert loss.has_optimum(), name
    beta = optimum(loss)
    after, _, curvature = loss(beta)
    before = loss(mpf(1))[0]
    rows = loss.likelihood_rows(beta, weights)
    relative_error = 1 / mp.sqrt(rows * beta**2 * curvature)
    below, above = profile(loss, rows, beta, after)
    statistic = 2 * rows * (before - after)
    return {
        "name": name,
        "logits": logits,
        "labels": labels,
        "weights": weights,
        "temperature": short(1 / beta),
        "nll": [short(before), short(after)],
        "curvature": short(beta**2 * curvature),
        "standardError": short(relative_error / beta),
        "wald": [short(mp.exp(s * DEVIATION * relative_error) / beta) for s in (-1, 1)],
        "profile": [short(1 / above), short(None if below is None else 1 / below)],
        "statistic": short(statistic),
        "pValue": short(mp.erfc(mp.sqrt(statistic / 2))),
    }


def rounded(value, scale):
    return float(f"{value * scale:.4g}")


def drawn(rng, n, k, beta, scale, change=lambda logits, labels, rng: (logits, labels, None)):
    """Rows whose labels follow softmax(beta z), redrawn until the set has an optimum."""
    while True:
        z = rng.normal(size=(n, k)) * 2
        p = np.exp(beta * (z - z.max(axis=1, keepdims=True)))
        p /= p.sum(axis=1, keepdims=True)
        labels = [int(rng.choice(k, p=row)) for row in p]
        logits = [[rounded(v, scale) for v in row] for row in z.tolist()]
        logits, labels, weights = change(logits, labels, rng)
        if Loss(logits, labels, weights).has_optimum():
            return logits, labels, weights


def weighted(logits, labels, rng):
    weights = [float(f"{w:.3g}") for w in rng.gamma(1.0, size=len(labels))]
    weights[1] = 0.0
    return logits, labels, weights


def masked(logits, labels, rng):
    for row, label in zip(logits, labels):
        for k in range(len(row)):
            if k != label and rng.random() < 0.3:
                row[k] = None
    return logits, labels, None


def tied(logits, labels, rng):
    return [[float(round(v)) for v in row] for row in logits], labels, None


def shifted(logits, labels, rng):
    offsets = rng.integers(-1000, 1000, size=len(labels)).tolist()
    return [[round(v + o, 3) for v in row] for row, o in zip(logits, offsets)], labels, None


GOLDEN = (
    [
        [2.0, 0.5, -1.0], [0.1, 1.2, 0.3], [-0.5, 0.0, 2.5], [1.5, 1.4, 0.0], [3.0, -1.0, 0.2], [0.0, 2.2, -0.7],
        [0.4, 0.3, 0.9], [2.8, 2.0, -2.0], [-1.0, 0.5, 0.6], [1.0, 0.0, 0.0], [0.2, 0.1, 3.1], [0.0, 1.9, 1.1],
    ],
    [0, 1, 2, 1, 0, 1, 0, 0, 2, 0, 2, 2],
)


def sets():
    rng = np.random.default_rng(20170620)
    yield reference("golden 12x3", *GOLDEN)
    sizes = {2: 40, 3: 30, 10: 14, 100: 6}
    for k, n in sizes.items():
        for beta in (0.1, 0.5, 1.0, 10.0):
            for scale in (1e-6, 1.0, 1e6):
                if k == 100 and (beta == 0.5 or scale == 1.0):
                    continue
                name = f"{n}x{k}, true beta {beta}, scale {scale}"
                yield reference(name, *drawn(rng, n, k, beta, scale))
    for k, n in {2: 40, 3: 30, 10: 14}.items():
        for change in (weighted, masked, tied, shifted):
            if k > 2 or change is not masked:
                yield reference(f"{n}x{k}, {change.__name__}", *drawn(rng, n, k, 0.6, 1.0, change))
    yield reference("two rows", [[1.0, 0.0], [3.0, 0.0]], [1, 0])
    yield reference("one row wrong by a hair", [[5.0, 0.0], [4.0, 1.0], [0.0, 1e-9]], [0, 0, 0])
    yield reference("a finite mask", [[1.0, 2.0, -1e9], [2.0, 1.5, -1e9], [0.5, 2.0, 0.0], [3.0, 0.0, -1e9]], [0, 0, 1, 0])


print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "mpmath": mpmath.__version__, "numpy": np.__version__},
            "digits": mp.dps,
            "level": 0.95,
            "sets": list(sets()),
        },
        separators=(",", ":"),
    ).replace('{"name"', '\n{"name"')
)
