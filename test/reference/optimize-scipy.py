"""Final values of SciPy's L-BFGS-B on the 35 problems, with gradients of 30 digits rounded to float64.

Memory and gradient tolerance are those of calibrant's defaults; the stop on small decreases is switched off.

Run: python optimize-scipy.py > optimize-scipy.json
"""

import importlib
import json
import math
import sys

import mpmath
import numpy
import scipy
from mpmath import mp, mpf
from scipy.optimize import minimize

catalogue = importlib.import_module("optimize-problems")
mp.dps = 50
OPTIONS = {"maxcor": 10, "gtol": 1e-8, "ftol": 0, "maxiter": 10000, "maxfun": 100000, "maxls": 60}


def value_and_gradient(f, x):
    floats = [float(v) for v in x]
    exact = [mpf(v) for v in floats]
    r = f(exact, mpmath, mpf)
    gradient = []
    for i, v in enumerate(exact):
        h = mpf(10) ** -16 * max(1, abs(v))
        above = f([*exact[:i], v + h, *exact[i + 1 :]], mpmath, mpf)
        below = f([*exact[:i], v - h, *exact[i + 1 :]], mpmath, mpf)
        gradient.append(float(sum((a - b) * c for a, b, c in zip(above, below, r)) / h))
    try:
        value = math.fsum(v * v for v in f(floats, math, float))
    except OverflowError:
        value = math.inf
    return value, numpy.array(gradient)


rows = []
for number, f, texts in catalogue.PROBLEMS:
    start = catalogue.start_of(texts)
    found = minimize(lambda x: value_and_gradient(f, x), start, method="L-BFGS-B", jac=True, options=OPTIONS)
    norm = float(max(abs(found.jac)))
    rows.append(
        {
            "number": number,
            "value": float(found.fun),
            "gradientNorm": norm,
            "evaluations": int(found.nfev),
            "message": found.message,
        }
    )
    print(rows[-1], file=sys.stderr)

versions = {"python": sys.version.split()[0], "scipy": scipy.__version__, "numpy": numpy.__version__}
json.dump({"versions": versions, "options": OPTIONS, "problems": rows}, sys.stdout, indent=1)
print()
