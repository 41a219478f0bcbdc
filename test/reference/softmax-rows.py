"""Rows that break naive softmax code, with their softmax, log-softmax and log-sum-exp by mpmath at 60 digits.

Minus infinity is written as the text "-Infinity". Run: python softmax-rows.py > softmax-rows.json
"""

import json
import math
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
draw = random.Random(11)
masked = -math.inf


def case(name, z, temperature):
    top = max(z)
    scaled = [None if v == masked else (mpf(v) - mpf(top)) / mpf(temperature) for v in z]
    terms = [mpf(0) if x is None else mpmath.exp(x) for x in scaled]
    total = mpmath.fsum(terms)
    log_total = mpmath.log(total) if total > 2 else mpmath.log1p(mpmath.fsum(terms[:z.index(top)] + terms[z.index(top) + 1:]))
    return {
        "name": name,
        "logits": [text(v) for v in z],
        "temperature": temperature,
        "softmax": [float(t / total) for t in terms],
        "logSoftmax": [text(masked if x is None else float(x - log_total)) for x in scaled],
        "logSumExp": text(float(mpf(top) / mpf(temperature) + log_total)),
    }


def text(value):
    return value if math.isfinite(value) else ("-Infinity" if value < 0 else "Infinity")


def ladder(start, count):
    row = [start]
    for _ in range(count - 1):
        row.append(math.nextafter(row[-1], math.inf))
    return row


cases = [
    case("golden at T = 1", [2, 1, 0.1], 1),
    case("golden at T = 2", [2, 1, 0.1], 2),
    case("golden at T = 0.5", [2, 1, 0.1], 0.5),
    case("one class", [3.5], 2),
    case("all equal", [7.25] * 6, 0.3),
    case("both ends of the range, hot", [1e308, -1e308, 0], 1e308),
    case("the widest span, hot", [1.7976931348623157e308, -1.7976931348623157e308, 3], 1.7976931348623157e308),
    case("both ends of the range, T = 1", [1e308, -1e308, 1e308], 1),
    case("large and close", [1e16, 1e16 - 2, 1e16 + 2], 1),
    case("denormals at a denormal T", [5e-324, 1e-323, 0], 5e-324),
    case("denormals at T = 1", [5e-324, 1e-323, -5e-324], 1),
    case("ordinary at the smallest T", [1, 2, 2], 5e-324),
    case("ordinary at the largest T", [1, 2, -3], 1e308),
    case("masked classes", [masked, 0.25, masked, -1.5], 1),
    case("all masked but one", [masked, masked, -4.0], 0.01),
    case("masked beside the widest span", [masked, 1.5e308, -1.5e308], 1e308),
    case("one last place apart at T = 1e6", ladder(3.0, 5), 1e6),
    case("confident beyond a last place", [60, 0, 10, 20], 1),
    case("underflow to subnormal cells", [0, -720, -740, -744.9, -800], 1),
    case("spread 700/T", [0, -350, -35, -3.5], 0.5),
    case("negative logits", [-1000.5, -1001.25, -1003], 1),
    case("1000 classes in a pattern", [((j * 7919) % 1009) / 50 for j in range(1000)], 1),
    case("1000 classes nearly equal", [((j * 7919) % 1009) / 5000 for j in range(1000)], 1),
    case("1000 classes, T = 0.05", [((j * 7919) % 1009) / 50 for j in range(1000)], 0.05),
]
for number in range(40):
    temperature = 10 ** draw.uniform(-1.3, 1.3)
    spread = 10 ** draw.uniform(-2, 2.8)
    row = [draw.gauss(0, 1) * spread for _ in range(draw.choice((2, 3, 10, 30)))]
    cases.append(case(f"random row {number}", row, temperature))

result = {"versions": {"python": sys.version.split()[0], "mpmath": mpmath.__version__}, "cases": cases}
print(json.dumps(result).replace('}, {"name"', '},\n{"name"'))
