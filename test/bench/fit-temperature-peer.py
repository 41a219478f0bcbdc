"""Answers each line `rows columns` with the seconds scikit-learn's temperature fit takes, and its temperature.

The logits are those of simulated-logits.ts. What is timed is the optimiser alone, on float64 logits in memory: the
class behind CalibratedClassifierCV(method="temperature"), without the classifier around it.
"""

import sys
import time

import numpy as np
from sklearn.calibration import _TemperatureScaling


def simulated(rows, columns, seed=1):
    state = seed

    def uniform():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (state >> 32) / 2**32

    logits = np.empty((rows, columns))
    labels = np.empty(rows, dtype=np.int64)
    for i in range(rows):
        label = int(uniform() * columns)
        top = label if uniform() < 0.8 else int(uniform() * columns)
        labels[i] = label
        for k in range(columns):
            logits[i, k] = 6 * uniform() + (10 if k == top else 0)
    return logits, labels


cache = {}
for line in sys.stdin:
    size = tuple(map(int, line.split()))
    if size not in cache:
        cache[size] = simulated(*size)
    logits, labels = cache[size]
    start = time.perf_counter()
    fitted = _TemperatureScaling().fit(logits, labels)
    seconds = time.perf_counter() - start
    print(seconds, 1 / fitted.beta_, flush=True)
