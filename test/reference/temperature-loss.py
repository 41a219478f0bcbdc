"""Mean NLL over beta = 1/T with its six relative derivatives, by mpmath at 60 digits, where numbers are extreme.

Derivatives are beta^k d^k NLL / d beta^k: the mean of the k-th cumulant of beta z under softmax(beta z), less beta z_y for
the first. "moments" holds the means of E|x|^k, x = beta (z - max z), k = 1..7, which rounding errors are measured by.
null marks a masked class.

Run: python temperature-loss.py > temperature-loss.json
"""

import json
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
draw = random.Random(708)


def cumulants(moments):
    """The first six cumulants from the raw moments, by the recursion between them."""
    found = [None]
    for n in range(1, 7):
        rest = mp.fsum(mpmath.binomial(n - 1, m - 1) * found[m] * moments[n - m] for m in range(1, n))
        found.append(moments[n] - rest)
    return found[1:]


def case(name, logits, labels, beta, weights=None):
    total = mpf(0)
    value, gap = mpf(0), mpf(0)
    derivatives = [mpf(0)] * 6
    sizes = [mpf(0)] * 7
    for i, row in enumerate(logits):
        weight = mpf(1 if weights is None else weights[i])
        finite = [mpf(z) for z in row if z is not None]
        top = max(finite)
        x = [mpf(beta) * (z - top) for z in finite]
        e = [mpmath.exp(v) for v in x]
        p = [v / mp.fsum(e) for v in e]
        row_gap = mpf(beta) * (top - mpf(row[labels[i]]))
        others = mp.fsum(e[: x.index(0)] + e[x.index(0) + 1 :])
        total += weight
        value += weight * (mpmath.log1p(others) + row_gap)
        gap += weight * row_gap
        raw = [mp.fsum(q * v**k for q, v in zip(p, x)) for k in range(8)]
        for k, entry in enumerate(cumulants(raw)):
            derivatives[k] += weight * (entry + (row_gap if k == 0 else 0))
        for k in range(7):
            sizes[k] += weight * abs(raw[k + 1])
    return {
        "name": name,
        "logits": logits,
        "labels": labels,
        "weights": weights,
        "beta": beta,
        "value": float(value / total),
        "gap": float(gap / total),
        "derivatives": [float(v / total) for v in derivatives],
        "moments": [float(v / total) for v in sizes],
    }


def rows(count, k, cell):
    return [[cell() for _ in range(k)] for _ in range(count)]


def labels(count, k):
    return [draw.randrange(k) for _ in range(count)]


def masked(count, k):
    drawn = rows(count, k, lambda: draw.uniform(-4, 4) if draw.random() < 0.7 else None)
    truth = labels(count, k)
    for row, label in zip(drawn, truth):
        row[label] = draw.uniform(-4, 4)
    return drawn, truth


def gauss(spread):
    return lambda: round(draw.gauss(0, spread), 4)


ends = [0.0, -708.3964185322641, -708.0, -744.4400719213812, -745.1332191019411, -745.2, -746.0, -1e-16]
cases = [case(f"usual, {k} classes", rows(5, k, gauss(4)), labels(5, k), 0.8) for k in (2, 3, 4, 5, 10)]
cases += [
    case("many classes", rows(2, 150, gauss(3)), labels(2, 150), 1.7),
    case("weighted", rows(6, 3, gauss(4)), labels(6, 3), 1.2, [0.0, 1.0, 0.25, 3.0, 1e-9, 2.0]),
    case("weighted pairs", rows(6, 2, gauss(4)), labels(6, 2), 1.2, [1.5, 0.0, 0.25, 3.0, 1e-9, 2.0]),
    case("the ends of exp", [ends, ends[::-1]], [0, 7], 1.0),
    case("the ends of exp, pairs", [[0.0, z] for z in ends], [0] * 8, 1.0),
    case("confident", rows(4, 4, gauss(300)), labels(4, 4), 1.0),
    case("nearly uniform", rows(4, 4, gauss(4)), labels(4, 4), 1e-9),
    case("tied", [[1.0, 1.0, 0.5], [2.0, 2.0, 2.0], [0.0, -0.0, -3.0]], [0, 1, 2], 2.5),
    case("masked", *masked(6, 4), 0.9),
    case("huge", rows(4, 3, lambda: draw.uniform(-1e300, 1e300)), labels(4, 3), 3e-300),
    case("largest", [[8.9e307, -8.9e307, 1e307], [-8e307, 8.5e307, 8.4e307]], [1, 2], 2e-308),
    case("subnormal", rows(4, 3, lambda: 5e-324 * draw.randint(-900, 900)), labels(4, 3), 1e307),
    case("subnormal distances", rows(4, 3, lambda: 5e-324 * draw.randint(-900, 900)), labels(4, 3), 1.0),
]
versions = {"python": sys.version.split()[0], "mpmath": mpmath.__version__}
print(json.dumps({"versions": versions, "cases": cases}))
