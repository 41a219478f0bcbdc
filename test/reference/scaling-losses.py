"""Mean NLL and gradient of vector and matrix scaling by mpmath at 50 digits, and their optima by SciPy.

A case holds logits, labels, weights where there are any, and parameters (vector: v then b; matrix: W row by row, then b);
null marks a masked class. An optimum is SciPy's L-BFGS-B, restarted until it cannot lower the value, on labels drawn from a
scaled softmax of the logits, so that a finite optimum exists.

Run: python scaling-losses.py > scaling-losses.json
"""

import json
import sys

import mpmath
import numpy
import scipy
from mpmath import mp, mpf
from scipy.optimize import minimize
from scipy.special import logsumexp

mp.dps = 50
draw = numpy.random.default_rng(20260)


def scaled(form, row, parameters):
    """The scaled logits of a row; a masked class, None, stays masked."""
    k = len(row)
    if form == "vector":
        v, b = parameters[:k], parameters[k:]
        return [None if z is None else v[j] * z + b[j] for j, z in enumerate(row)]
    w, b = parameters[: k * k], parameters[k * k :]
    return [sum((w[j * k + i] * row[i] for i in range(k)), mpf(0)) + b[j] for j in range(k)]


def exact(form, logits, labels, weights, parameters):
    """Weighted mean NLL and gradient of 50 digits, rounded to float64."""
    parameters = [mpf(value) for value in parameters]
    k = len(logits[0])
    total, loss = mpf(0), mpf(0)
    gradient = [mpf(0)] * len(parameters)
    for i, cells in enumerate(logits):
        weight = mpf(1 if weights is None else weights[i])
        row = [None if z is None else mpf(z) for z in cells]
        x = scaled(form, row, parameters)
        e = [mpf(0) if value is None else mpmath.exp(value) for value in x]
        loss += weight * (mpmath.log(sum(e)) - x[labels[i]])
        total += weight
        for j in range(k):
            residual = weight * (e[j] / sum(e) - (1 if j == labels[i] else 0))
            if form == "vector":
                gradient[j] += residual * (row[j] or 0)
                gradient[k + j] += residual
            else:
                for m in range(k):
                    gradient[j * k + m] += residual * row[m]
                gradient[k * k + j] += residual
    return float(loss / total), [float(entry / total) for entry in gradient]


def case(form, rows, k, is_weighted, spread, is_masked=False):
    logits = draw.normal(0, spread, (rows, k)).tolist()
    labels = draw.integers(0, k, rows).tolist()
    weights = draw.choice([0, 0.5, 1, 3], rows).tolist() if is_weighted else None
    if is_weighted:
        weights[0] = 2.0
    if is_masked:
        for row, label in zip(logits, labels):
            for j in range(k):
                if j != label and draw.uniform() < 0.3:
                    row[j] = None
    size = 2 * k if form == "vector" else k * k + k
    parameters = draw.normal(0.3, 1, size).tolist()
    value, gradient = exact(form, logits, labels, weights, parameters)
    return {
        "form": form,
        "logits": logits,
        "labels": labels,
        "weights": weights,
        "parameters": parameters,
        "value": value,
        "gradient": gradient,
    }


def value_and_gradient(form, logits, labels, parameters):
    n, k = logits.shape
    if form == "vector":
        x = logits * parameters[:k] + parameters[k:]
    else:
        x = logits @ parameters[: k * k].reshape(k, k).T + parameters[k * k :]
    log_sums = logsumexp(x, axis=1)
    residuals = numpy.exp(x - log_sums[:, None])
    residuals[numpy.arange(n), labels] -= 1
    value = numpy.mean(log_sums - x[numpy.arange(n), labels])
    slopes = (residuals * logits).sum(0) if form == "vector" else (residuals.T @ logits).ravel()
    return value, numpy.concatenate([slopes, residuals.sum(0)]) / n


def optimum(form, rows, k):
    logits = draw.normal(0, 2, (rows, k))
    x = logits * draw.uniform(0.3, 1.2, k) + draw.normal(0, 0.5, k)
    labels = numpy.argmax(x + draw.gumbel(size=(rows, k)), axis=1)
    ones = numpy.ones(k) if form == "vector" else numpy.eye(k).ravel()
    found = numpy.concatenate([ones, numpy.zeros(k)])
    value = numpy.inf
    options = {"maxcor": 50, "gtol": 1e-13, "ftol": 0, "maxiter": 20000, "maxfun": 200000}
    while True:
        step = minimize(
            lambda p: value_and_gradient(form, logits, labels, p),
            found,
            jac=True,
            method="L-BFGS-B",
            options=options,
        )
        if not step.fun < value:
            break
        value, found = step.fun, step.x
    return {
        "form": form,
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "value": float(value),
        "gradientNorm": float(max(abs(value_and_gradient(form, logits, labels, found)[1]))),
    }


cases = [
    case(form, 9, k, is_weighted, spread)
    for form in ("vector", "matrix")
    for k in (1, 2, 3, 5, 6)
    for is_weighted, spread in ((False, 3), (True, 30))
]
cases += [case("vector", 9, k, is_weighted, 3, True) for k in (3, 6) for is_weighted in (False, True)]
optima = [
    optimum(form, rows, k)
    for form, rows, k in (
        ("vector", 60, 2),
        ("vector", 80, 3),
        ("vector", 100, 5),
        ("matrix", 60, 2),
        ("matrix", 100, 3),
        ("matrix", 150, 4),
    )
]
versions = {
    "python": sys.version.split()[0],
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
    "mpmath": mpmath.__version__,
}
print(json.dumps({"versions": versions, "cases": cases, "optima": optima}))
