"""Reference values of erfc, the normal distribution and chi-squared(1) by mpmath at 60 digits, [x, f(x)].

Run: python special-functions.py > special-functions.json
"""

import json
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
draw = random.Random(7)


def cdf(x):
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


def quantile(p):
    small = p if p < 0.5 else 1 - p
    if small == 0.5:
        return mpf(0)
    start = -mpmath.sqrt(-2 * mpmath.log(small)) if small < 0.1 else (small - 0.5) * 2.5
    if small > 0.4:
        x = mpmath.findroot(lambda t: mpmath.erf(t / mpmath.sqrt(2)) - (2 * small - 1), start)
    else:
        x = mpmath.findroot(lambda t: mpmath.log(cdf(t)) - mpmath.log(small), start)
    return x if p < 0.5 else -x


def rows(function, points):
    return [[x, float(function(mpf(x)))] for x in points]


erfc_points = [0.0, 0.5, -0.5, 1.0, -1.0, 2.0, 6.0, 5.999999, 26.0, -6.0] + [draw.uniform(-4, 26) for _ in range(90)]
cdf_points = [0.0, 0.7, -0.7, 1.959963984540054, -1.959963984540054, -37.0, 8.0]
cdf_points += [draw.uniform(-37, 8) for _ in range(60)] + [draw.uniform(-1, 1) for _ in range(30)]
quantile_points = [0.025, 0.975, 0.05, 0.25, 0.75, 0.5, 1e-300, 1e-307, 0.9999999999999999, 0.25000000000000006]
quantile_points += [draw.random() for _ in range(50)] + [10 ** -draw.uniform(1, 300) for _ in range(30)]
quantile_points += [0.5 + draw.choice((-1, 1)) * 10 ** -draw.uniform(1, 14) for _ in range(20)]
chi_points = [0.0, 3.841458820694124, 0.5, 6.634896601021213, 1400.0]
chi_points += [10 ** draw.uniform(-8, 3.1) for _ in range(60)]

result = {
    "versions": {"python": sys.version.split()[0], "mpmath": mpmath.__version__},
    "erfc": rows(mpmath.erfc, erfc_points),
    "normalCdf": rows(cdf, cdf_points),
    "normalQuantile": rows(quantile, quantile_points),
    "chiSquaredSurvival1": rows(lambda s: mpmath.erfc(mpmath.sqrt(s / 2)), chi_points),
}
print(json.dumps(result).replace("], [", "],\n["))
