"""The 35 problems in 60 digits: value and gradient at two points each, and the minima the 1981 paper lists, refined.

A minimum that the paper gives as 0 or in closed form is taken so; every other is found by SciPy, refined by Newton's
method in mpmath, and must agree with the paper's printed digits.

Run: python optimize-minima.py > optimize-minima.json
"""

import importlib
import json
import math
import sys

import mpmath
import numpy
import scipy
from mpmath import mp, mpf
from scipy.optimize import least_squares, minimize

catalogue = importlib.import_module("optimize-problems")
mp.dps = 90

# The paper's values as printed, by number and variables; the linear problems' by its formulas with m = 20.
ZERO = ["0"]
LISTED = {
    (2, 2): ["0", "48.9842"],
    (6, 2): ["124.362"],
    (8, 3): ["8.21487e-3", "17.4286"],
    (9, 3): ["1.12793e-8"],
    (10, 3): ["87.9458"],
    (15, 4): ["3.07505e-4", "1.02734e-3"],
    (16, 4): ["85822.2"],
    (17, 5): ["5.46489e-5"],
    (18, 6): ["0", "5.65565e-3"],
    (19, 11): ["4.01377e-2"],
    (20, 6): ["2.28767e-3"],
    (20, 9): ["1.39976e-6"],
    (20, 12): ["4.72238e-10"],
    (23, 4): ["2.24997e-5"],
    (23, 10): ["7.08765e-5"],
    (24, 4): ["9.37629e-6"],
    (24, 10): ["2.93660e-4"],
    (26, 10): ["0", "2.79506e-5"],
    (27, 10): ["0", "1"],
    (32, 10): ["10"],
    (33, 10): ["380/82"],
    (34, 10): ["454/74"],
    (35, 8): ["3.51687e-3"],
    (35, 10): ["6.50395e-3"],
}
CLOSED = {(27, "1"), (32, "10"), (33, "380/82"), (34, "454/74")}
# Approximate minimisers of the paper, where the standard start leads elsewhere.
NEAR = {(2, "48.9842"): [11.41, -0.8968]}
# Limits at infinity: Bard's model becomes a constant, Kowalik and Osborne's a quotient.
LIMITS = {
    (8, "17.4286"): (lambda x, m, q: [q(y) - x[0] for y in catalogue.BARD], [0.84]),
    (15, "1.02734e-3"): (catalogue.kowalik_osborne_at_infinity, [-14.07, -8.0, -1.0]),
}
FURTHER = [
    (20, catalogue.watson, ["0"] * 9),
    (20, catalogue.watson, ["0"] * 12),
    (23, catalogue.penalty_one, ["1", "2", "3", "4"]),
    (24, catalogue.penalty_two, ["0.5"] * 4),
    (35, catalogue.chebyquad, [f"{j}/11" for j in range(1, 11)]),
]


def squares(residuals):
    return sum(r * r for r in residuals)


def jacobian(f, x):
    columns = []
    for i, v in enumerate(x):
        h = mpf(10) ** -30 * max(1, abs(v))
        above = f([*x[:i], v + h, *x[i + 1 :]], mpmath, mpf)
        below = f([*x[:i], v - h, *x[i + 1 :]], mpmath, mpf)
        columns.append([(a - b) / (2 * h) for a, b in zip(above, below)])
    return columns


def gradient(f, x):
    r = f(x, mpmath, mpf)
    return [2 * sum(a * b for a, b in zip(column, r)) for column in jacobian(f, x)]


def hessian(f, x):
    rows = []
    for i, v in enumerate(x):
        h = mpf(10) ** -12 * max(1, abs(v))
        above = gradient(f, [*x[:i], v + h, *x[i + 1 :]])
        below = gradient(f, [*x[:i], v - h, *x[i + 1 :]])
        rows.append([(a - b) / (2 * h) for a, b in zip(above, below)])
    return mpmath.matrix(rows)


def refined(f, x):
    """Newton's method until the value stands still to 25 digits."""
    x = [mpf(v) for v in x]
    for _ in range(60):
        step = mpmath.lu_solve(hessian(f, x), -mpmath.matrix(gradient(f, x)))
        before = squares(f(x, mpmath, mpf))
        x = [v + s for v, s in zip(x, step)]
        after = squares(f(x, mpmath, mpf))
        if abs(after - before) <= mpf(10) ** -25 * after:
            return after
    raise ArithmeticError("Newton's method did not settle")


def candidates(f, start):
    values = lambda x: numpy.array(f(list(map(float, x)), math, float))
    tight = {"xtol": 1e-15, "ftol": 1e-15, "gtol": 1e-15, "max_nfev": 20000}
    for method in ("lm", "trf", "dogbox"):
        yield least_squares(values, start, method=method, **tight).x
    for method in ("BFGS", "L-BFGS-B", "Nelder-Mead", "Powell"):
        yield minimize(lambda x: float(squares(values(x))), start, method=method, options={"maxiter": 100000}).x


def minimum(number, f, start, listed):
    if listed == "0" or (number, listed) in CLOSED:
        return eval(listed)
    f, start = LIMITS.get((number, listed), (f, NEAR.get((number, listed), start)))
    unit = mpf(10) ** (mpmath.floor(mpmath.log10(mpf(listed))) - 5)
    for x in candidates(f, start):
        try:
            value = refined(f, x)
        except (ArithmeticError, ValueError):
            continue
        if abs(value - mpf(listed)) <= 1.01 * unit:
            return mpmath.nstr(value, 20)
    raise ArithmeticError(f"problem {number}: {listed} was not found")


def point(f, x):
    exact = [mpf(v) for v in x]
    return {
        "x": x,
        "value": float(squares(f(exact, mpmath, mpf))),
        "gradient": [float(v) for v in gradient(f, exact)],
    }


rows = []
for number, f, texts in catalogue.PROBLEMS + FURTHER:
    start = catalogue.start_of(texts)
    n = len(start)
    # Off the start, where its zeros and symmetries hide terms of a gradient.
    beside = [v + 0.03125 * (1 + j % 3) for j, v in enumerate(start)]
    listed = LISTED.get((number, n), ZERO)
    minima = [{"listed": text, "value": float(minimum(number, f, start, text))} for text in listed]
    rows.append({"number": number, "variables": n, "points": [point(f, start), point(f, beside)], "minima": minima})
    print(number, n, minima, file=sys.stderr)

versions = {"python": sys.version.split()[0], "mpmath": mpmath.__version__, "scipy": scipy.__version__}
json.dump({"versions": versions, "problems": rows}, sys.stdout, indent=1)
print()
