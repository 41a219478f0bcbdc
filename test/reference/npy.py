"""Arrays as NumPy writes them, and damaged ones, for the reader of NPY data:

    python test/reference/npy.py > test/reference/npy.json
"""

import base64
import io
import json
import struct
import sys

import numpy as np
from numpy.lib import format as npy_format


def saved(array, version=None):
    file = io.BytesIO()
    npy_format.write_array(file, array, version=version, allow_pickle=True)
    return file.getvalue()


def entry(name, data, **rest):
    return {"name": name, "base64": base64.b64encode(data).decode(), **rest}


def good(name, array, version=None):
    numbers = np.asarray(array, dtype=object).reshape(len(array), -1)
    return entry(name, saved(array, version), rows=[[str(cell) for cell in row] for row in numbers.tolist()])


base = np.array([[1, 0, 3], [4, 5, 2]])
valid = []
for kind in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    for order in "<>":
        for layout in "CF":
            array = np.array(base, dtype=np.dtype(order + kind), order=layout)
            valid.append(good(f"{order}{kind}, {layout} order", array))
valid.append(good("booleans", np.array([[True, False], [False, True]])))
valid.append(good("half precision, subnormal and large", np.array([[6e-8, 65504.0], [-0.0, 1 / 3]], dtype="<f2")))
valid.append(good("one dimension", np.array([0.5, -1.25, 3.0])))
valid.append(good("one dimension in Fortran order", np.asfortranarray(np.array([0.5, -1.25]))))
valid.append(good("version 2.0", base.astype("<f8"), (2, 0)))
valid.append(good("version 3.0", base.astype("<f8"), (3, 0)))
valid.append(good("a single row", np.array([[0.1, 0.2, 0.7]])))
valid.append(good("labels in the last column", np.array([[0.5, 1.5, 1], [2.5, -1, 0]])))
valid.append(good("labels alone", np.array([1, 0], dtype="<i8")))
random = np.random.default_rng(1)
valid.append(good("usual logits", random.normal(0, 4, (50, 7)).astype("<f4").astype("<f8")))
valid.append(good("float32 as it is", random.normal(0, 4, (20, 3)).astype("<f4")))

whole = saved(base.astype("<f8"))


def with_header(text, version=1, length=None, payload=whole[128:]):
    body = text.encode("latin1")
    size = len(body) if length is None else length
    packed = struct.pack("<H", size) if version == 1 else struct.pack("<I", size)
    return b"\x93NUMPY" + bytes([version, 0]) + packed + body + payload


plain = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n"
damaged = [
    entry("objects", saved(np.array([[1, "a"]], dtype=object)), code="E_NPY_PICKLE"),
    entry("a structured type", saved(np.zeros(3, dtype=[("a", "<f4"), ("b", "<i4")])), code="E_NPY_TYPE"),
    entry("complex numbers", saved(base.astype("<c16")), code="E_NPY_TYPE"),
    entry("three dimensions", saved(np.zeros((2, 2, 2))), code="E_NPY_TYPE"),
    entry("no dimension", saved(np.array(3.0)), code="E_NPY_TYPE"),
    entry("dates", saved(np.array(["2020-01-01"], dtype="<M8[D]")), code="E_NPY_TYPE"),
    entry("bytes missing at the end", whole[:-1], code="E_NPY_SIZE"),
    entry("bytes too many at the end", whole + b"\0", code="E_NPY_SIZE"),
    entry("no data at all", whole[:128], code="E_NPY_SIZE"),
    entry("cut off in the header", whole[:60], code="E_NPY_HEADER"),
    entry("version 4", whole[:6] + b"\x04" + whole[7:], code="E_NPY_HEADER"),
    entry("version 0", whole[:6] + b"\x00" + whole[7:], code="E_NPY_HEADER"),
    entry("a header of 4 GiB", b"\x93NUMPY\x02\x00" + struct.pack("<I", 4294967280), code="E_NPY_HEADER"),
    entry("a header beyond the limit", with_header(" " * 70000, 2), code="E_NPY_HEADER"),
    entry("a shape too large", with_header(plain.replace("2, 3", "3, 3")), code="E_NPY_SIZE"),
    entry("a shape too small", with_header(plain.replace("2, 3", "1, 3")), code="E_NPY_SIZE"),
    entry("a shape beyond all memory", with_header(plain.replace("2, 3", "99999999999, 99999999999")), code="E_NPY_SIZE"),
    entry("a negative shape", with_header(plain.replace("2, 3", "-2, 3")), code="E_NPY_HEADER"),
    entry("a shape of fractions", with_header(plain.replace("2, 3", "2.0, 3")), code="E_NPY_HEADER"),
    entry("code for a shape", with_header(plain.replace("(2, 3)", "__import__('os')")), code="E_NPY_HEADER"),
    entry("code for an order", with_header(plain.replace("False", "exit()")), code="E_NPY_HEADER"),
    entry("an unknown key", with_header(plain.replace("}", "'extra': 1}")), code="E_NPY_HEADER"),
    entry("a key twice", with_header(plain.replace("}", "'shape': (2, 3)}")), code="E_NPY_HEADER"),
    entry("a key missing", with_header("{'descr': '<f8', 'shape': (2, 3)}"), code="E_NPY_HEADER"),
    entry("text behind the dictionary", with_header(plain.strip() + " 1"), code="E_NPY_HEADER"),
    entry("no dictionary", with_header("[1, 2]"), code="E_NPY_HEADER"),
    entry("an open dictionary", with_header(plain.replace("}", "")), code="E_NPY_HEADER"),
    entry("an unknown type", with_header(plain.replace("<f8", "<q9")), code="E_NPY_TYPE"),
    entry("extended precision", with_header(plain.replace("<f8", "<f16")), code="E_NPY_TYPE"),
]
odd = [
    entry("long integers of Python 2", with_header(plain.replace("(2, 3)", "(2L, 3L)")), rows=[["1.0", "0.0", "3.0"], ["4.0", "5.0", "2.0"]]),
    entry("double quotes and another order of keys", with_header('{"shape": (2, 3), "descr": "=f8", "fortran_order": False}'), rows=[["1.0", "0.0", "3.0"], ["4.0", "5.0", "2.0"]]),
]
json.dump({"numpy": np.__version__, "python": sys.version.split()[0], "valid": valid + odd, "damaged": damaged}, sys.stdout, indent=0)
sys.stdout.write("\n")
