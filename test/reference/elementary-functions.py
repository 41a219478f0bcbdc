"""Reference values of exp, log and log1p by mpmath at 300 bits.

Each row is [x, nearest double of f(x), f(x) minus that double in units of its last place], so that errors of a
fraction of a last place show.
Run: python elementary-functions.py > elementary-functions.json
"""

import json
import math
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.prec = 300
draw = random.Random(20260)


def rows(function, points):
    table = []
    for x in points:
        value = function(mpf(x))
        near = float(value)
        table.append([x, near, float((value - mpf(near)) / mpf(math.ulp(near)))])
    return table


def two_to(low, high):
    return math.ldexp(1 + draw.random(), draw.randint(low, high))


ln2 = math.log(2)
exp_points = [1.0, -1.0, 0.5, 709.782712893384, -708.3964185322641, -745.1332191019411, -744.4400719213812]
exp_points += [draw.uniform(-708, 709) for _ in range(150)]
exp_points += [draw.uniform(-40, 0) for _ in range(200)]
exp_points += [draw.uniform(-0.01, 0.01) for _ in range(60)]
exp_points += [(j + 0.5) * ln2 / 128 * (1 + draw.uniform(-1e-9, 1e-9)) for j in range(-128, 128, 4)]
exp_points += [draw.uniform(-745, -708) for _ in range(60)]
exp_points += [draw.uniform(708.9, 709.78) for _ in range(20)]
exp_points += [draw.choice((-1, 1)) * two_to(-1074, -20) for _ in range(20)]

log_points = [2.0, 10.0, 0.5, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, math.nextafter(1, 2), math.nextafter(1, 0)]
log_points += [math.sqrt(0.5), math.sqrt(2), math.nextafter(math.sqrt(2), 2), 1.2716659771196086]
log_points += [two_to(-1074, 1023) for _ in range(120)]
log_points += [draw.uniform(0.5, 2) for _ in range(250)]
log_points += [1 + draw.uniform(-1e-3, 1e-3) for _ in range(60)]

log1p_points = [1.0, 0.5, -0.5, 1e300, 1e-300, 5e-324, -0.9999999999999999, 0.4141287259584418, 0.41, -0.29]
log1p_points += [two_to(-1070, 1020) for _ in range(80)]
log1p_points += [draw.uniform(-0.3, 0.5) for _ in range(250)]
log1p_points += [draw.uniform(-1, 0) for _ in range(60)]
log1p_points += [draw.uniform(0, 100) for _ in range(60)]
log1p_points += [draw.choice((-1, 1)) * two_to(-60, -3) for _ in range(40)]

result = {
    "versions": {"python": sys.version.split()[0], "mpmath": mpmath.__version__},
    "exp": rows(mpmath.exp, exp_points),
    "log": rows(mpmath.log, log_points),
    "log1p": rows(mpmath.log1p, log1p_points),
}
print(json.dumps(result).replace("], [", "],\n["))
