"""Reference values of the incomplete beta function and of the Clopper-Pearson interval by mpmath at 50 digits, the
interval also by SciPy, which must agree to 1e-9.

Run: python incomplete-beta.py > incomplete-beta.json
"""

import json
import random
import sys

import mpmath
import scipy
from mpmath import mp, mpf
from scipy import stats

mp.dps = 50
draw = random.Random(11)


def area(x, a, b):
    """I_x(a, b) by its series of positive terms, about the nearer end of 0..1."""
    if x > 0.5:
        return 1 - area(1 - x, b, a)
    term = total = mpf(1)
    n = 0
    while term > total * mpf("1e-48"):
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    power = a * mpmath.log(x) + b * mpmath.log(1 - x)
    return mpmath.exp(power - log_beta(a, b)) * total / a


def log_beta(a, b):
    return mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


def quantile(p, a, b, start):
    """The root of I_x(a, b) = p by Newton's method from SciPy's, which doubles its digits at each of three steps."""
    x = start
    for _ in range(3):
        density = mpmath.exp((a - 1) * mpmath.log(x) + (b - 1) * mpmath.log(1 - x) - log_beta(a, b))
        x -= (area(x, a, b) - p) / density
    return x


def interval(successes, trials, level):
    tail = (1 - mpf(level)) / 2
    s, n = mpf(successes), mpf(trials)
    low, high = mpf(0), mpf(1)
    if s > 0:
        start = mpf(stats.beta.ppf(float(tail), float(s), float(n - s + 1)))
        low = quantile(tail, s, n - s + 1, start)
        assert abs(low - start) <= 1e-9 * low
    if s < n:
        start = mpf(stats.beta.isf(float(tail), float(s + 1), float(n - s)))
        # The upper tail of x is the lower tail of 1 - x.
        high = 1 - quantile(tail, n - s, s + 1, 1 - start)
        assert abs(high - start) <= 1e-9 * high
    return [float(low), float(high)]


areas = []
for _ in range(60):
    a, b = 10 ** draw.uniform(-1, 4), 10 ** draw.uniform(-1, 4)
    # Within some spreads of the mean, so that neither side vanishes.
    mean, spread = a / (a + b), (a * b / (a + b) ** 2 / (a + b + 1)) ** 0.5
    x = min(max(mean + draw.uniform(-5, 5) * spread, 1e-6), 1 - 1e-6)
    areas.append([x, a, b, float(area(mpf(x), mpf(a), mpf(b)))])
for x, a, b in [(0.5, 1, 1), (0.25, 3, 2), (1e-8, 0.5, 5), (0.999, 2, 0.25), (0.3, 3e4, 7e4), (0.299, 3e4, 7e4)]:
    areas.append([x, a, b, float(area(mpf(x), mpf(a), mpf(b)))])

cases = [(0, 1, 0.95), (1, 1, 0.95), (0, 30, 0.95), (30, 30, 0.99), (8, 10, 0.95), (1, 300, 0.95), (299, 300, 0.9)]
cases += [(0, 1000000, 0.95), (999999, 1000000, 0.95), (300000, 1000000, 0.95), (3, 1000000, 0.95), (2.5, 7.25, 0.95)]
cases += [(0.01, 3.5, 0.95), (50, 100, 0.5), (50, 100, 0.9999)]
for _ in range(40):
    n = int(10 ** draw.uniform(0, 5))
    cases.append((draw.randint(0, n), n, draw.choice([0.9, 0.95, 0.99])))
for _ in range(10):
    n = 10 ** draw.uniform(0.1, 3)
    cases.append((n * draw.random(), n, 0.95))

result = {
    "versions": {"python": sys.version.split()[0], "mpmath": mpmath.__version__, "scipy": scipy.__version__},
    "areas": areas,
    "intervals": [[s, n, level, *interval(s, n, level)] for s, n, level in cases],
}
print(json.dumps(result).replace("], [", "],\n["))
