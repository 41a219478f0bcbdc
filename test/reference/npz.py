"""NPZ archives as NumPy and Python's zipfile write them:

    python test/reference/npz.py > test/reference/npz.json
"""

import base64
import io
import json
import sys
import zipfile

import numpy as np

logits = np.array([[2.5, -1.0, 0.25], [0.5, 3.0, 1.0], [-2.0, 0.0, 4.0], [1.0, 1.5, -0.5]])
labels = np.array([0, 1, 2, 0])
weights = np.array([1.0, 0.5, 2.0, 1.0])


def archive(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


def zip64():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, array in (("logits", logits), ("labels", labels)):
            with packed.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array)
    return base64.b64encode(file.getvalue()).decode()


def text_only():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("readme.txt", "hello")
    return base64.b64encode(file.getvalue()).decode()


json.dump(
    {
        "numpy": np.__version__,
        "python": sys.version.split()[0],
        "logits": logits.ravel().tolist(),
        "labels": labels.tolist(),
        "weights": weights.tolist(),
        "stored": archive(np.savez, logits=logits, labels=labels, w=weights),
        "deflated": archive(np.savez_compressed, logits=logits, labels=labels, w=weights),
        "unnamed": archive(np.savez_compressed, arr_0=logits.astype("f4"), arr_1=labels.astype("u1")),
        "two matrices": archive(np.savez, a=logits, b=logits, labels=labels),
        "no array": text_only(),
        "zip64": zip64(),
    },
    sys.stdout,
    indent=0,
)
sys.stdout.write("\n")
