"""AUROC and the false positive rate at a true positive rate by scikit-learn; scores of rows by SciPy.

Run: python ood.py > ood.json
"""

import json
import sys

import numpy
import scipy
import sklearn
from scipy.special import logsumexp, softmax
from sklearn.metrics import roc_auc_score, roc_curve

draw = numpy.random.default_rng(3)


def case(name, familiar, odd, rate):
    truth = numpy.r_[numpy.ones(len(familiar)), numpy.zeros(len(odd))]
    scores = numpy.r_[familiar, odd]
    fpr, tpr, thresholds = roc_curve(truth, scores, drop_intermediate=False)
    at = int(numpy.argmax(tpr >= rate))
    return {
        "name": name,
        "familiar": familiar.tolist(),
        "odd": odd.tolist(),
        "rate": rate,
        "auroc": float(roc_auc_score(truth, scores)),
        "threshold": float(thresholds[at]),
        "truePositiveRate": float(tpr[at]),
        "falsePositiveRate": float(fpr[at]),
    }


cases = [
    case("no ties", draw.normal(1, 1, 200), draw.normal(0, 1, 150), 0.95),
    case("many ties", numpy.round(draw.normal(1, 1, 200), 1), numpy.round(draw.normal(0, 1, 150), 1), 0.95),
    case("three values", draw.integers(1, 4, 60).astype(float), draw.integers(0, 3, 40).astype(float), 0.8),
    case("wrong way round", draw.normal(0, 1, 50), draw.normal(2, 1, 70), 0.95),
    case("few rows", draw.normal(1, 1, 7), draw.normal(0, 1, 5), 0.5),
    case("sixty rows at exactly 95 %", draw.normal(1, 1, 60), draw.normal(0, 1, 60), 0.95),
    case("every familiar row accepted", draw.normal(1, 1, 40), draw.normal(0, 1, 40), 1.0),
]
logits = draw.normal(0, 3, (6, 5))
scores = {
    "logits": logits.tolist(),
    "maxSoftmax": softmax(logits, axis=1).max(axis=1).tolist(),
    "energy": logsumexp(logits, axis=1).tolist(),
    "energyAt3": (3 * logsumexp(logits / 3, axis=1)).tolist(),
    "odin": softmax(logits / 1000, axis=1).max(axis=1).tolist(),
}
versions = {
    "python": sys.version.split()[0],
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
    "scikit-learn": sklearn.__version__,
}
print(json.dumps({"versions": versions, "scores": scores, "cases": cases}).replace('}, {"name"', '},\n{"name"'))
