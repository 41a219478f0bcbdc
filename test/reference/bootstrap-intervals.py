"""Bootstrap intervals from given resamples and leave-one-out values, by NumPy and SciPy's normal distribution.

BCa as in Efron and Tibshirani 1993, chapter 14: z0 from the share of resamples below the value (ties half), the
acceleration from the leave-one-out values.

    python test/reference/bootstrap-intervals.py > test/reference/bootstrap-intervals.json
"""

import json
import platform

import numpy as np
import scipy
from scipy.stats import norm

random = np.random.default_rng(20261124)


def case(value, resamples, left, level):
    tail = (1 - level) / 2
    low, high = np.quantile(resamples, [tail, 1 - tail])
    share = ((resamples < value).sum() + (resamples == value).sum() / 2) / len(resamples)
    z0 = norm.ppf(share)
    d = left.mean() - left
    a = (d**3).sum() / (6 * (d**2).sum() ** 1.5)
    moved = [norm.cdf(z0 + (z0 + norm.ppf(p)) / (1 - a * (z0 + norm.ppf(p)))) for p in (tail, 1 - tail)]
    return {
        "value": value,
        "level": level,
        "resamples": resamples.tolist(),
        "left": left.tolist(),
        "percentile": [low, high],
        "basic": [2 * value - high, 2 * value - low],
        "bca": np.quantile(resamples, moved).tolist(),
    }


cases = []
for level in (0.9, 0.95, 0.99):
    data = random.exponential(size=25)
    resamples = np.array([random.choice(data, len(data)).var() for _ in range(200)])
    left = np.array([np.delete(data, i).var() for i in range(len(data))])
    cases.append(case(float(data.var()), resamples, left, level))
data = np.array([1.0, 2.0, 2.0, 5.0])
resamples = np.array([random.choice(data, 4).mean() for _ in range(150)])
cases.append(case(2.5, resamples, np.array([np.delete(data, i).mean() for i in range(4)]), 0.95))

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}
print(json.dumps({"versions": versions, "cases": cases}))
