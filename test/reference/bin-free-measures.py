"""Reference values for debiased and bin-free measures.

    python test/reference/bin-free-measures.py > test/reference/bin-free-measures.json

Smooth calibration error: relplot itself, and SciPy's root finder on the smoothed residual with its antiderivative for
the exact integral. Loess: scikit-misc, which runs the netlib code that R runs. Debiased errors: restated, and checked
against uncertainty-calibration. Logistic line: Newton's method in 50 digits. The rest are plain double sums.
Whole weights are checked by repeating rows where a library takes no weights.
"""

import math
from importlib.metadata import version

import calibration
import mpmath
import numpy as np
import relplot
from measure_samples import dump, events, samples, views
from relplot.kernels import LogitGaussianKernel
from scipy.optimize import brentq
from scipy.special import gammaln, ndtr
from skmisc.loess import loess

import importlib

binned = importlib.import_module("binned-measures")
relplot_metrics = importlib.import_module("relplot.metrics")
mpmath.mp.dps = 50


def relplot_smooth(values, outcomes, kernel):
    relplot.config.use_logit_scaling = kernel == "logit"
    value, width = relplot_metrics.smECE(values, outcomes.astype(float), return_width=True)
    return {"value": value, "bandwidth": width}


def exact_smooth(values, residuals, kernel, sigma):
    """Integral of the absolute smoothed residual, between its zeros."""
    if kernel == "reflected":
        low, high = 0.0, 1.0
        images = [(sign, 2.0 * m) for m in range(-7, 8) for sign in (1, -1)]
        width = sigma
        x = values
    else:
        p = np.clip(values, 0.001, 0.999)
        x = np.log(p / (1 - p))
        width = 4 * sigma
        low, high = x.min() - 10 * width, x.max() + 10 * width
        images = [(1, 0.0)]

    def density(t):
        return sum(
            np.dot(residuals, np.exp(-0.5 * ((t - sign * x - shift) / width) ** 2)) for sign, shift in images
        )

    def integral(t):
        return sum(np.dot(residuals, ndtr((t - sign * x - shift) / width)) for sign, shift in images)

    points = np.linspace(low, high, max(1500, int((high - low) / width * 40)))
    heights = [density(t) for t in points]
    zeros = [
        brentq(density, a, b, xtol=1e-15, rtol=1e-14)
        for a, b, fa, fb in zip(points, points[1:], heights, heights[1:])
        if fa * fb < 0
    ]
    marks = [integral(t) for t in [low, *zeros, high]]
    return math.fsum(abs(b - a) for a, b in zip(marks, marks[1:]))


def smooth(values, outcomes, weights):
    residuals = weights * (values - outcomes) / weights.sum()
    whole = np.all(weights == np.round(weights))
    result = {}
    for kernel in ("reflected", "logit"):
        at = lambda sigma: exact_smooth(values, residuals, kernel, sigma)
        repeated = np.repeat(np.arange(len(values)), weights.astype(int))
        result[kernel] = {
            "relplot": relplot_smooth(values[repeated], outcomes[repeated], kernel) if whole else None,
            "exactAt": {str(s): at(s) for s in (0.02, 0.1, 0.6)},
            "fixedPoint": brentq(lambda s: at(s) - s, 0.003, 1, xtol=1e-13),
        }
    return result


def cumulative(values, outcomes, weights):
    running, at = 0.0, []
    for value in np.unique(values):
        here = values == value
        running = math.fsum([running, math.fsum(weights[here] * (outcomes[here] - value))])
        at.append(running)
    total = math.fsum(weights)
    return {
        "maximum": max(map(abs, at)) / total,
        "range": (max(0, *at) - min(0, *at)) / total,
        "scale": math.sqrt(math.fsum(weights**2 * values * (1 - values))) / total,
    }


def mmce(values, outcomes, weights, bandwidth):
    r = weights * (outcomes - values)
    k = np.exp(-np.abs(values[:, None] - values[None, :]) / bandwidth)
    return math.sqrt(math.fsum((r[:, None] * r[None, :] * k).ravel())) / math.fsum(weights)


def spread(values, outcomes, weights, which):
    cells = []
    for b in sorted(set(which)):
        inside = np.array([i for i in range(len(values)) if which[i] == b and weights[i] > 0])
        if len(inside) == 0:
            continue
        w = weights[inside]
        share = w.sum() / weights.sum()
        accuracy = np.dot(w, outcomes[inside]) / w.sum()
        gap = accuracy - np.dot(w, values[inside]) / w.sum()
        cells.append((share, gap, accuracy, w.sum() ** 2 / np.dot(w, w), len(inside)))
    return cells


def debiased(values, outcomes, weights, bins):
    cells = spread(values, outcomes, weights, binned.mass_bins(values, bins, weights))
    squared = math.fsum(s * (g * g - a * (1 - a) / (n - 1)) for s, g, a, n, rows in cells if rows > 1)
    plain = math.fsum(s * abs(g) for s, g, _, _, _ in cells)

    def folded(gap, accuracy, n):
        sd = mpmath.sqrt(mpmath.mpf(accuracy) * (1 - mpmath.mpf(accuracy)) / n)
        if sd == 0:
            return abs(gap)
        return mpmath.quad(lambda z: abs(gap + sd * z) * mpmath.npdf(z), sorted([-40, -gap / sd, 40]))

    noisy = sum(s * folded(g, a, n) for s, g, a, n, _ in cells)
    if np.all(weights == 1):
        vc = calibration.lower_bound_scaling_ce(values, outcomes, p=2, debias=True, num_bins=bins)
        assert abs(vc - math.sqrt(max(squared, 0))) < 1e-9
        assert abs(calibration.get_ece_em(values, outcomes, num_bins=bins) - plain) < 1e-12
    return {
        "squared": squared,
        "plugin2": math.sqrt(math.fsum(s * g * g for s, g, _, _, _ in cells)),
        "raw1": float(2 * plain - noisy),
        "plugin1": plain,
    }


def marginal(p, labels, weights, bins):
    errors = []
    for k in range(p.shape[1]):
        y = (labels == k).astype(int)
        cells = spread(p[:, k], y, weights, binned.mass_bins(p[:, k], bins, weights))
        errors.append(math.sqrt(max(math.fsum(s * (g * g - a * (1 - a) / (n - 1)) for s, g, a, n, rows in cells if rows > 1), 0)))
    value = math.sqrt(np.mean(np.square(errors)))
    if np.all(weights == 1):
        vc = calibration.lower_bound_scaling_ce(p, labels, p=2, debias=True, num_bins=bins, mode="marginal")
        assert abs(vc - value) < 1e-9
    return {"mean": value, "perClass": errors}


def skce(p, labels, weights):
    k = p.shape[1]
    e = np.eye(k)[labels] - p
    distance = np.abs(p[:, None, :] - p[None, :, :]).sum(axis=2) / 2
    product = e @ e.T
    kept = np.flatnonzero(weights > 0)
    upper = [(i, j) for a, i in enumerate(kept) for j in kept[a + 1 :]]
    result = {}

    def mean(pairs, width):
        w = [weights[i] * weights[j] for i, j in pairs]
        return math.fsum(
            w_ * math.exp(-distance[i, j] / width) * product[i, j] for w_, (i, j) in zip(w, pairs)
        ) / math.fsum(w)

    median = float(np.median([distance[i, j] for i, j in upper]))
    result["unbiased"] = {"value": mean(upper, median), "bandwidth": median}
    result["unbiasedAt"] = mean(upper, 0.25)
    every = [(i, j) for i in kept for j in kept]
    result["biased"] = {"value": mean(every, median), "bandwidth": median}
    for size in (2, 7):
        pairs = [
            (kept[a], kept[b])
            for start in range(0, len(kept) - size + 1, size)
            for a in range(start, start + size)
            for b in range(a + 1, start + size)
        ]
        width = float(np.median([distance[i, j] for i, j in pairs]))
        result[f"block{size}"] = {"value": mean(pairs, width), "bandwidth": width}
    return result


def canonical(p, labels, weights):
    keep = weights > 0
    p, labels, weights = p[keep], labels[keep], weights[keep]
    n, k = p.shape
    log_p = np.log(np.maximum(p, 5e-324))

    def log_kernel(h):
        alpha = p / h + 1
        height = gammaln(alpha.sum(axis=1)) - gammaln(alpha).sum(axis=1)
        logs = log_p @ (p / h).T + height[None, :] + np.log(weights)[None, :]
        np.fill_diagonal(logs, -np.inf)
        return logs

    def likelihood(h):
        logs = log_kernel(h)
        top = logs.max(axis=1)
        return math.fsum(weights * (top + np.log(np.exp(logs - top[:, None]).sum(axis=1))))

    def errors(h, norm):
        logs = log_kernel(h)
        kernel = np.exp(logs - logs.max(axis=1, keepdims=True))
        frequency = kernel @ np.eye(k)[labels] / kernel.sum(axis=1, keepdims=True)
        distance = (np.abs(frequency - p) ** norm).sum(axis=1)
        return (math.fsum(weights * distance) / math.fsum(weights)) ** (1 / norm)

    widths = [*np.logspace(-5, -1, 15), 0.2, 0.4, 0.6, 0.8, 1.0]
    best = max(widths, key=likelihood)
    return {"bandwidth": float(best), "l1": errors(best, 1), "l2": errors(best, 2), "at": {str(h): errors(h, 1) for h in (0.01, 0.1, 1.0)}}


def logistic(values, outcomes, weights):
    eps = 2.0**-52
    p = [mpmath.mpf(float(np.clip(v, eps, 1 - eps))) for v in values]
    x = [mpmath.log(v) - mpmath.log1p(-v) for v in p]
    w = [mpmath.mpf(float(v)) for v in weights]

    def fit(fixed):
        a, b = mpmath.mpf(0), mpmath.mpf(1 if fixed else 0)
        for _ in range(200):
            q = [1 / (1 + mpmath.exp(-(a + b * t))) for t in x]
            ga = mpmath.fsum(wi * (qi - yi) for wi, qi, yi in zip(w, q, map(int, outcomes)))
            gb = mpmath.fsum(wi * (qi - yi) * t for wi, qi, yi, t in zip(w, q, map(int, outcomes), x))
            s = [wi * qi * (1 - qi) for wi, qi in zip(w, q)]
            haa, hab, hbb = mpmath.fsum(s), mpmath.fsum(si * t for si, t in zip(s, x)), mpmath.fsum(si * t * t for si, t in zip(s, x))
            if fixed:
                da, db = -ga / haa, mpmath.mpf(0)
            else:
                d = haa * hbb - hab * hab
                da, db = (hab * gb - hbb * ga) / d, (hab * ga - haa * gb) / d
            scale = min(1, 1 / max(abs(da), abs(db), mpmath.mpf("1e-60")))
            a, b = a + scale * da, b + scale * db
            if max(abs(da), abs(db)) < mpmath.mpf("1e-40"):
                return float(a), float(b)
        raise RuntimeError("no convergence")

    intercept, slope = fit(False)
    return {"intercept": intercept, "slope": slope, "inTheLarge": fit(True)[0]}


def ici(values, outcomes, weights):
    keep = weights > 0
    values, outcomes, weights = values[keep], outcomes[keep].astype(float), weights[keep]
    result = []
    for span in (0.75, 0.4):
        for surface in ("interpolate", "direct"):
            fit = loess(values, outcomes, weights=weights, span=span, degree=2, surface=surface)
            try:
                fit.fit()
            except ValueError:
                # Too few distinct values in a neighbourhood for a quadratic.
                continue
            distance = np.abs(np.asarray(fit.outputs.fitted_values) - values)
            equal = np.all(weights == weights[0])
            result.append(
                {
                    "span": span,
                    "surface": surface,
                    "mean": math.fsum(weights * distance) / math.fsum(weights),
                    "median": float(np.quantile(distance, 0.5)) if equal else None,
                    "ninetieth": float(np.quantile(distance, 0.9)) if equal else None,
                    "maximum": float(distance.max()),
                }
            )
    return result


def main():
    expected = []
    for name, p, labels, given in samples():
        weights = np.ones(len(p)) if given is None else given
        by_view = {}
        for view in views(p):
            values, outcomes = events(p, labels, view)
            by_view[view] = {
                "smooth": smooth(values, outcomes, weights),
                "cumulative": cumulative(values, outcomes, weights),
                "mmce": {str(h): mmce(values, outcomes, weights, h) for h in (0.2, 0.4)},
                "debiased": {str(b): debiased(values, outcomes, weights, b) for b in (5, 15)},
                "line": logistic(values, outcomes, weights),
                "ici": ici(values, outcomes, weights),
            }
        expected.append(
            {
                "name": name,
                "views": by_view,
                "marginal": marginal(p, labels, weights, 10),
                "skce": skce(p, labels, weights),
                "canonical": canonical(p, labels, weights),
            }
        )
    libraries = ["numpy", "scipy", "mpmath", "relplot", "scikit-misc", "uncertainty-calibration"]
    dump("bin-free-measures.py", {name: version(name) for name in libraries}, {"expected": expected})


if __name__ == "__main__":
    main()
