"""What other libraries print, for the presets that repeat them.

    python test/reference/compat-presets.py > test/reference/compat-presets.json

Every figure is the library's own output, except for two that are no package: the binning lines of
gpleiss/temperature_scaling are restated with torch, those of tidymodels probably (R) with NumPy.
"""

from importlib.metadata import version

import calibration
import numpy as np
import torch
from mapie.metrics.calibration import expected_calibration_error, top_label_ece
from measure_samples import dump, events, samples
from netcal.metrics import ACE, ECE, MCE
from relplot.metrics import binnedECE
from sklearn.calibration import calibration_curve
from torchmetrics.functional.classification import binary_calibration_error, multiclass_calibration_error


def gpleiss(confidence, correct, bins, dtype):
    confidence = torch.tensor(confidence, dtype=dtype)
    correct = torch.tensor(correct)
    edges = torch.linspace(0, 1, bins + 1)
    value = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = confidence.gt(low.item()) & confidence.le(high.item())
        share = inside.float().mean().item()
        if share > 0:
            value += abs(confidence[inside].mean().item() - correct[inside].float().mean().item()) * share
    return value


def probably(values, outcomes, bins):
    side = np.minimum(np.arange(int(1 / (1 / bins) + 1e-10) + 1) * (1 / bins), 1)
    rows = []
    for low, high in zip(side[:-1], side[1:]):
        inside = (values >= low) & (values <= high)
        if inside.any():
            rows.append((int(inside.sum()), float(outcomes[inside].mean()), float(low + (high - low) / 2)))
    total = sum(n for n, _, _ in rows)
    return {
        "value": sum(n / total * abs(rate - middle) for n, rate, middle in rows),
        "counts": [n for n, _, _ in rows],
        "rates": [rate for _, rate, _ in rows],
    }


def maybe(call):
    """A figure, or None where the library has none: too few rows for the bins, ties at its cuts."""
    try:
        value = float(call())
    except ValueError:
        return None
    return None if np.isnan(value) else value


def main():
    expected = []
    for name, p, labels, _ in samples():
        n, k = p.shape
        confidence, correct = events(p, labels, "confidence")
        figures = []

        def add(value, **options):
            if value is not None:
                figures.append({"options": options, "value": value})

        for bins in (5, 10, 15, 20, 49):
            add(gpleiss(confidence, correct, bins, torch.float32), preset="gpleiss", bins=bins)
            add(gpleiss(confidence, correct, bins, torch.float64), preset="gpleiss", bins=bins, precision="float64")
            for norm, measure in (("l1", "expected"), ("l2", "root-mean-square"), ("max", "maximum")):
                value = multiclass_calibration_error(torch.tensor(p), torch.tensor(labels), k, bins, norm).item()
                add(value, preset="torchmetrics", bins=bins, measure=measure, binary="confidence")
            for scheme, mass in (("equal-width", False), ("equal-mass", True)):
                ece = calibration.get_ece_em if mass else calibration.get_ece
                add(float(ece(p, labels, num_bins=bins)), preset="verified-calibration", bins=bins, scheme=scheme)
                add(
                    float(ece(p, labels, num_bins=bins, mode="marginal")),
                    preset="verified-calibration", bins=bins, scheme=scheme, notion="classwise",
                )
                layout = calibration.utils.get_equal_bins if mass else calibration.utils.get_equal_prob_bins
                for debias, measure in ((True, "debiased"), (False, "root-mean-square")):
                    for mode, notion in (("top-label", "events"), ("marginal", "classwise")):
                        value = calibration.lower_bound_scaling_ce(p, labels, 2, debias, bins, layout, mode)
                        add(float(value), preset="verified-calibration", bins=bins, scheme=scheme, measure=measure, notion=notion)
            for strategy, scheme in (("uniform", "equal-width"), ("quantile", "equal-mass"), ("array split", "array-split")):
                given = {"num_bins": bins, "split_strategy": strategy}
                add(maybe(lambda: expected_calibration_error(correct, p, **given)), preset="mapie", bins=bins, scheme=scheme)
                add(
                    maybe(lambda: expected_calibration_error(correct, p, classwise=True, class_labels=labels, **given)),
                    preset="mapie", bins=bins, scheme=scheme, notion="classwise",
                )
                add(maybe(lambda: top_label_ece(labels, p, **given)), preset="mapie", bins=bins, scheme=scheme, notion="top-label")
            add(float(binnedECE(confidence, correct, bins)), preset="relplot", bins=bins)
            for scheme, even in (("equal-width", True), ("equal-mass", False)):
                for metric, measure in ((ECE, "expected"), (ACE, "average"), (MCE, "maximum")):
                    given = p[:, 1] if k == 2 else p
                    value = maybe(lambda: metric(bins=bins, equal_intervals=even).measure(given, labels))
                    add(value, preset="netcal", bins=bins, scheme=scheme, measure=measure)
            if k == 2:
                positive, y = p[:, 1], labels
                for norm, measure in (("l1", "expected"), ("l2", "root-mean-square"), ("max", "maximum")):
                    for dtype, precision in ((torch.float32, "float32"), (torch.float64, "float64")):
                        value = binary_calibration_error(torch.tensor(positive, dtype=dtype), torch.tensor(y), bins, norm)
                        add(value.item(), preset="torchmetrics", bins=bins, measure=measure, precision=precision)
                add(float(calibration.get_ece(positive, y, num_bins=bins)), preset="verified-calibration", bins=bins, binary="positive")
                add(float(expected_calibration_error(y, positive, num_bins=bins)), preset="mapie", bins=bins, binary="positive")
                add(float(binnedECE(positive, y, bins)), preset="relplot", bins=bins, binary="positive")
        curves, tables = [], []
        if k == 2:
            for bins in (5, 10, 15):
                for strategy, scheme in (("uniform", "equal-width"), ("quantile", "equal-mass")):
                    share, mean = calibration_curve(labels, p[:, 1], n_bins=bins, strategy=strategy)
                    curves.append({"bins": bins, "scheme": scheme, "accuracy": share.tolist(), "confidence": mean.tolist()})
                tables.append({"bins": bins, **probably(p[:, 0], (labels == 0).astype(int), bins)})
        expected.append({"name": name, "figures": figures, "curves": curves, "tables": tables})
    libraries = ["numpy", "scikit-learn", "torch", "torchmetrics", "netcal", "uncertainty-calibration", "mapie", "relplot"]
    dump("compat-presets.py", {n: version(n) for n in libraries}, {"expected": expected})


if __name__ == "__main__":
    main()
