"""Distillation losses and their gradients by mpmath: the loss from its definition at 60 digits, the gradient by
differentiating that loss numerically (central differences at 60 digits), not by its closed form.

Run: python distillation.py > distillation.json
"""

import json
import random
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
draw = random.Random(5)


def log_softmax(row, temperature):
    total = mpmath.log(mpmath.fsum(mpmath.exp(z / temperature) for z in row))
    return [z / temperature - total for z in row]


def loss(student, teacher, temperature, labels, hard_weight, divergence, weights):
    soft, hard, mass = mpf(0), mpf(0), mpmath.fsum(weights)
    for z, v, weight, label in zip(student, teacher, weights, labels or [None] * len(student)):
        log_q, log_p = log_softmax(z, temperature), log_softmax(v, temperature)
        for lq, lp in zip(log_q, log_p):
            soft += weight * mpmath.exp(lp) * ((lp if divergence == "kullback-leibler" else 0) - lq)
        if label is not None:
            hard -= weight * log_softmax(z, mpf(1))[label]
    soft *= temperature**2 / mass
    hard /= mass
    return (1 - hard_weight) * soft + hard_weight * hard, soft, hard


def case(name, rows, classes, spread, temperature, hard_weight, divergence, weighted, closeness=None):
    teacher = [[draw.gauss(0, spread) for _ in range(classes)] for _ in range(rows)]
    if closeness is None:
        student = [[draw.gauss(0, spread) for _ in range(classes)] for _ in range(rows)]
    else:
        student = [[v + draw.gauss(0, closeness) for v in row] for row in teacher]
    labels = [draw.randrange(classes) for _ in range(rows)] if hard_weight is not None else None
    weights = [draw.choice((0.5, 1, 2.25)) for _ in range(rows)] if weighted else None
    exact = [[mpf(z) for z in row] for row in student]
    fixed = (
        [[mpf(v) for v in row] for row in teacher],
        mpf(temperature),
        labels,
        mpf(hard_weight or 0),
        divergence,
        [mpf(w) for w in (weights or [1] * rows)],
    )
    total, soft, hard = loss(exact, *fixed)
    step = mpf(10) ** -20
    gradient = []
    for i in range(rows):
        for k in range(classes):
            ends = []
            for sign in (1, -1):
                exact[i][k] += sign * step
                ends.append(loss(exact, *fixed)[0])
                exact[i][k] -= sign * step
            gradient.append(float((ends[0] - ends[1]) / (2 * step)))
    return {
        "name": name,
        "student": student,
        "teacher": teacher,
        "temperature": temperature,
        "labels": labels,
        "hardWeight": hard_weight,
        "divergence": divergence,
        "weights": weights,
        "loss": float(total),
        "softLoss": float(soft),
        "hardLoss": float(hard) if labels is not None else None,
        "gradient": gradient,
    }


kl, ce = "kullback-leibler", "cross-entropy"
cases = [
    case("soft part alone, T = 4", 3, 4, 3, 4, None, kl, False),
    case("cross-entropy, T = 4", 3, 4, 3, 4, None, ce, False),
    case("with labels", 4, 3, 2, 2, 0.25, kl, False),
    case("with labels and row weights", 4, 3, 2, 2.5, 0.1, ce, True),
    case("labels alone", 3, 5, 4, 8, 1, kl, True),
    case("T = 1, confident rows", 3, 3, 30, 1, 0.5, kl, False),
    case("T below 1", 2, 3, 5, 0.25, None, kl, False),
    case("student close to the teacher", 3, 6, 3, 3, None, kl, False, 1e-6),
    case("student at moderate distance", 3, 6, 3, 3, None, kl, False, 0.7),
    case("two classes, T = 20", 5, 2, 6, 20, 0.3, kl, False),
]
result = {"versions": {"python": sys.version.split()[0], "mpmath": mpmath.__version__}, "cases": cases}
print(json.dumps(result).replace('}, {"name"', '},\n{"name"'))
