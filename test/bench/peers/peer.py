"""One peer of the benchmark, driven line by line.

    python peer.py NAME THREADS logits.npy labels.npy

reads the arrays (float32 logits, int64 labels), prints "ready", and answers each line "go" with a JSON record: seconds, the
temperature or the error found, and evaluations of the loss where they can be counted. A line "watch" is answered so too, and
with the most memory the process held meanwhile beyond what it held once the arrays were loaded, in MB: looking costs time.
"""

import json
import os
import sys
import threading
import time

name, threads, logits_path, labels_path = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(threads)

import numpy as np  # noqa: E402

logits = np.load(logits_path)
labels = np.load(labels_path)
evaluations = 0


def counted(loss):
    def call(*arguments):
        global evaluations
        evaluations += 1
        return loss(*arguments)

    return call


def scikit_learn(dtype_name):
    """scikit-learn's own method, as sklearn/calibration.py does it: Brent's on the logarithm of 1/T. It works in the
    precision of what it is given, to a tolerance of that precision; its loss is given the threads, too."""
    from scipy.optimize import minimize_scalar
    from sklearn._loss import HalfMultinomialLoss

    def fit():
        loss = HalfMultinomialLoss(n_classes=logits.shape[1])
        dtype = np.dtype(dtype_name)
        truth = labels.astype(dtype)
        scores = logits.astype(dtype, copy=False)

        @counted
        def value(log_beta):
            return loss(y_true=truth, raw_prediction=np.exp(dtype.type(log_beta)) * scores, n_threads=threads)

        found = minimize_scalar(value, bounds=(-10.0, 10.0), options={"xatol": 64 * np.finfo(dtype).eps})
        return float(np.exp(-found.x))

    return fit


def torch_lbfgs(dtype_name):
    """torch.optim.LBFGS with strong Wolfe on the logarithm of 1/T, the best that torch does."""
    import torch

    torch.set_num_threads(threads)
    z = torch.from_numpy(logits)
    y = torch.from_numpy(labels)

    def fit():
        scores = z.to(getattr(torch, dtype_name))
        log_beta = torch.zeros(1, requires_grad=True, dtype=scores.dtype)
        optimizer = torch.optim.LBFGS(
            [log_beta], lr=1, max_iter=30, tolerance_grad=1e-7, tolerance_change=1e-9, line_search_fn="strong_wolfe"
        )

        @counted
        def closure():
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(scores * log_beta.exp(), y)
            loss.backward()
            return loss

        optimizer.step(closure)
        return float((-log_beta).exp())

    return fit


def common_recipe():
    """The recipe most projects copy: torch's L-BFGS on T from 1.5, rate 0.01, 50 iterations, no line search."""
    import torch

    torch.set_num_threads(threads)
    z = torch.from_numpy(logits)
    y = torch.from_numpy(labels)

    def fit():
        temperature = torch.ones(1) * 1.5
        temperature.requires_grad_(True)
        optimizer = torch.optim.LBFGS([temperature], lr=0.01, max_iter=50)

        @counted
        def closure():
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(z / temperature, y)
            loss.backward()
            return loss

        optimizer.step(closure)
        return float(temperature)

    return fit


def netcal(dtype_name):
    from netcal.scaling import TemperatureScaling
    from scipy.special import softmax

    confidences = softmax(logits.astype(dtype_name), axis=1)
    if logits.shape[1] == 2:
        confidences = confidences[:, 1]

    def fit():
        method = TemperatureScaling()
        method.fit(confidences, labels)
        # netcal multiplies by its temperature where others divide.
        return float(1 / np.asarray(method.temperature).ravel()[0])

    return fit


def probmetrics():
    import torch
    from probmetrics.calibrators import TemperatureScalingCalibrator
    from probmetrics.distributions import CategoricalLogits

    torch.set_num_threads(threads)
    z = torch.from_numpy(logits)
    y = torch.from_numpy(labels)

    def fit():
        method = TemperatureScalingCalibrator(opt="bisection")
        method.fit_torch(CategoricalLogits(z), y)
        return float(1 / method.invtemp_)

    return fit


def ece_torchmetrics():
    import torch
    from torchmetrics.functional.classification import multiclass_calibration_error

    torch.set_num_threads(threads)
    p = torch.from_numpy(logits).softmax(dim=1)
    y = torch.from_numpy(labels)
    return lambda: float(multiclass_calibration_error(p, y, num_classes=p.shape[1], n_bins=15))


def ece_netcal():
    from netcal.metrics import ECE
    from scipy.special import softmax

    p = softmax(logits, axis=1)
    return lambda: float(ECE(15).measure(p, labels))


def classwise_numpy():
    """No peer has the class-wise error of all classes in one call; this is it by NumPy, a class at a time."""
    from scipy.special import softmax

    p = softmax(logits, axis=1)
    edges = np.arange(1, 15) / 15

    def measure():
        total = 0.0
        for k in range(p.shape[1]):
            column = p[:, k]
            bins = np.searchsorted(edges, column)
            right = np.bincount(bins, weights=labels == k, minlength=15)
            total += np.abs(right - np.bincount(bins, weights=column, minlength=15)).sum()
        return float(total / p.size)

    return measure


def reference():
    """Newton's method in float64 on all rows, in blocks, by NumPy alone: what T is held against."""

    def slopes(beta):
        first = second = 0.0
        for start in range(0, len(logits), 4096):
            z = logits[start : start + 4096].astype(np.float64)
            z -= z.max(axis=1, keepdims=True)
            p = np.exp(beta * z)
            p /= p.sum(axis=1, keepdims=True)
            mean = (p * z).sum(axis=1, keepdims=True)
            first += (mean[:, 0] - z[np.arange(len(z)), labels[start : start + 4096]]).sum()
            second += (p * (z - mean) ** 2).sum()
        return first, second

    def fit():
        beta = 1 / 1.7
        for _ in range(50):
            first, second = slopes(beta)
            step = first / second
            beta -= step
            if abs(step) < 1e-15 * beta:
                break
        return float(1 / beta)

    return fit


makers = {
    "reference": reference,
    "scikit-learn, float64": lambda: scikit_learn("float64"),
    "scikit-learn, float32": lambda: scikit_learn("float32"),
    "torch L-BFGS, float64": lambda: torch_lbfgs("float64"),
    "torch L-BFGS, float32": lambda: torch_lbfgs("float32"),
    "netcal, float64": lambda: netcal("float64"),
    "netcal, float32": lambda: netcal("float32"),
    "probmetrics": probmetrics,
    "common recipe": common_recipe,
    "ECE: torchmetrics": ece_torchmetrics,
    "ECE: netcal": ece_netcal,
    "class-wise: NumPy": classwise_numpy,
}


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def while_watching(work):
    """The result of some work, its seconds, and the most memory seen meanwhile."""
    most = [resident()]
    done = threading.Event()

    def watch():
        while not done.wait(0.002):
            most[0] = max(most[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    result, seconds = timed(work)
    done.set()
    watcher.join()
    return result, seconds, most[0]


work = makers[name]()
base = resident()
print("ready", flush=True)
for line in sys.stdin:
    evaluations = 0
    if line.strip() == "watch":
        result, seconds, most = while_watching(work)
    else:
        (result, seconds), most = timed(work), base
    answer = {"seconds": seconds, "result": result, "evaluations": evaluations or None, "memory": most - base}
    print(json.dumps(answer), flush=True)
