"""From a CSV file to T, with NLL and ECE before and after, the way it is done in Python:

python from-csv.py pandas|numpy FILE
"""

import sys

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn._loss import HalfMultinomialLoss

reader, path = sys.argv[1], sys.argv[2]
if reader == "pandas":
    import pandas as pd

    table = pd.read_csv(path)
    labels = table["label"].to_numpy()
    logits = table.drop(columns="label").to_numpy()
else:
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    labels = table[:, -1].astype(np.int64)
    logits = np.ascontiguousarray(table[:, :-1])

loss = HalfMultinomialLoss(n_classes=logits.shape[1])
truth = labels.astype(np.float64)
found = minimize_scalar(
    lambda log_beta: loss(y_true=truth, raw_prediction=np.exp(log_beta) * logits, n_threads=1),
    bounds=(-10.0, 10.0),
    options={"xatol": 64 * np.finfo(float).eps},
)
temperature = float(np.exp(-found.x))
print("T", temperature)
for t in (1.0, temperature):
    log_p = log_softmax(logits / t, axis=1)
    nll = -log_p[np.arange(len(labels)), labels].mean()
    confidence = np.exp(log_p.max(axis=1))
    correct = log_p.argmax(axis=1) == labels
    bins = np.searchsorted(np.arange(1, 15) / 15, confidence)
    ece = np.abs(np.bincount(bins, correct, 15) - np.bincount(bins, confidence, 15)).sum() / len(labels)
    print("NLL", nll, "ECE", ece)
