"""The 35 problems of More, Garbow and Hillstrom 1981 as residuals, written once for floats and once more for mpmath.

`m` is the module that supplies exp, log, sin, cos, atan, sqrt, pi: `math` or `mpmath`; `q` makes its numbers from text.
Used by optimize-minima.py and optimize-scipy.py.
"""


def rosenbrock(x, m, q):
    return [10 * (x[1] - x[0] ** 2), 1 - x[0]]


def freudenstein_roth(x, m, q):
    a, b = x
    return [-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b]


def powell_badly_scaled(x, m, q):
    return [10**4 * x[0] * x[1] - 1, m.exp(-x[0]) + m.exp(-x[1]) - q("1.0001")]


def brown_badly_scaled(x, m, q):
    return [x[0] - 10**6, x[1] - q("2e-6"), x[0] * x[1] - 2]


def beale(x, m, q):
    return [q(y) - x[0] * (1 - x[1] ** i) for i, y in enumerate(["1.5", "2.25", "2.625"], 1)]


def jennrich_sampson(x, m, q):
    return [2 + 2 * i - (m.exp(i * x[0]) + m.exp(i * x[1])) for i in range(1, 11)]


def helical_valley(x, m, q):
    angle = m.atan(x[1] / x[0]) / (2 * m.pi) + (q("0.5") if x[0] < 0 else 0)
    return [10 * (x[2] - 10 * angle), 10 * (m.sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]]


BARD = "0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39".split()


def bard(x, m, q):
    return [q(y) - (x[0] + u / ((16 - u) * x[1] + min(u, 16 - u) * x[2])) for u, y in enumerate(BARD, 1)]


GAUSSIAN = "0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521".split()
GAUSSIAN = GAUSSIAN + ["0.3989"] + GAUSSIAN[::-1]


def gaussian(x, m, q):
    return [x[0] * m.exp(-x[1] * (q(8 - i) / 2 - x[2]) ** 2 / 2) - q(y) for i, y in enumerate(GAUSSIAN, 1)]


MEYER = "34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872".split()


def meyer(x, m, q):
    return [x[0] * m.exp(x[1] / (45 + 5 * i + x[2])) - q(y) for i, y in enumerate(MEYER, 1)]


def gulf(x, m, q):
    def residual(t):
        y = 25 + m.exp(q(2) / 3 * m.log(-50 * m.log(t)))
        return m.exp(-m.exp(x[2] * m.log(abs(y - x[1]))) / x[0]) - t

    return [residual(q(i) / 100) for i in range(1, 100)]


def box(x, m, q):
    def residual(t):
        return m.exp(-t * x[0]) - m.exp(-t * x[1]) - x[2] * (m.exp(-t) - m.exp(-10 * t))

    return [residual(q(i) / 10) for i in range(1, 11)]


def powell_singular(x, m, q):
    residuals = []
    for i in range(0, len(x), 4):
        a, b, c, d = x[i : i + 4]
        residuals += [a + 10 * b, m.sqrt(5) * (c - d), (b - 2 * c) ** 2, m.sqrt(10) * (a - d) ** 2]
    return residuals


def wood(x, m, q):
    a, b, c, d = x
    return [
        10 * (b - a**2),
        1 - a,
        m.sqrt(90) * (d - c**2),
        1 - c,
        m.sqrt(10) * (b + d - 2),
        (b - d) / m.sqrt(10),
    ]


KOWALIK_Y = "0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246".split()
KOWALIK_U = "4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625".split()


def kowalik_osborne(x, m, q):
    a, b, c, d = x
    pairs = [(q(u), q(y)) for u, y in zip(KOWALIK_U, KOWALIK_Y)]
    return [y - a * (u**2 + u * b) / (u**2 + u * c + d) for u, y in pairs]


def kowalik_osborne_at_infinity(x, m, q):
    """The limit where x1, x3 and x4 grow together: x = (x2, x3/x1, x4/x1)."""
    b, c, d = x
    pairs = [(q(u), q(y)) for u, y in zip(KOWALIK_U, KOWALIK_Y)]
    return [y - (u**2 + u * b) / (u * c + d) for u, y in pairs]


def brown_dennis(x, m, q):
    a, b, c, d = x
    points = [q(i) / 5 for i in range(1, 21)]
    return [(a + t * b - m.exp(t)) ** 2 + (c + d * m.sin(t) - m.cos(t)) ** 2 for t in points]


OSBORNE_ONE = (
    "0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.850 0.818 0.784 0.751 0.718 0.685 0.658 0.628 0.603 0.580 0.558"
    " 0.538 0.522 0.506 0.490 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.420 0.414 0.411 0.406"
).split()


def osborne_one(x, m, q):
    a, b, c, d, e = x
    return [q(y) - (a + b * m.exp(-10 * i * d) + c * m.exp(-10 * i * e)) for i, y in enumerate(OSBORNE_ONE)]


def biggs(x, m, q):
    a, b, c, d, e, f = x

    def residual(t):
        y = m.exp(-t) - 5 * m.exp(-10 * t) + 3 * m.exp(-4 * t)
        return c * m.exp(-t * a) - d * m.exp(-t * b) + f * m.exp(-t * e) - y

    return [residual(q(i) / 10) for i in range(1, 14)]


OSBORNE_TWO = (
    "1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616 0.606 0.602 0.626"
    " 0.651 0.724 0.649 0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495 0.500 0.423 0.395 0.375 0.372 0.391"
    " 0.396 0.405 0.428 0.429 0.523 0.562 0.607 0.653 0.672 0.708 0.633 0.668 0.645 0.632 0.591 0.559 0.597 0.625"
    " 0.739 0.710 0.729 0.720 0.636 0.581 0.428 0.292 0.162 0.098 0.054"
).split()


def osborne_two(x, m, q):
    def model(t):
        bells = sum(x[k] * m.exp(-((t - x[7 + k]) ** 2) * x[4 + k]) for k in (1, 2, 3))
        return x[0] * m.exp(-t * x[4]) + bells

    return [q(y) - model(q(i) / 10) for i, y in enumerate(OSBORNE_TWO)]


def watson(x, m, q):
    def residual(t):
        slope = sum(j * x[j] * t ** (j - 1) for j in range(1, len(x)))
        return slope - sum(x[j] * t**j for j in range(len(x))) ** 2 - 1

    return [residual(q(i) / 29) for i in range(1, 30)] + [x[0], x[1] - x[0] ** 2 - 1]


def extended_rosenbrock(x, m, q):
    return [r for i in range(0, len(x), 2) for r in (10 * (x[i + 1] - x[i] ** 2), 1 - x[i])]


def penalty_one(x, m, q):
    root = m.sqrt(q("1e-5"))
    return [root * (v - 1) for v in x] + [sum(v**2 for v in x) - q("0.25")]


def penalty_two(x, m, q):
    n = len(x)
    root = m.sqrt(q("1e-5"))

    def e(v):
        return m.exp(v / 10)

    first = [x[0] - q("0.2")]
    second = [root * (e(x[i - 1]) + e(x[i - 2]) - e(q(i)) - e(q(i - 1))) for i in range(2, n + 1)]
    third = [root * (e(x[i - n]) - e(q(-1))) for i in range(n + 1, 2 * n)]
    return first + second + third + [sum((n - j) * x[j] ** 2 for j in range(n)) - 1]


def variably_dimensioned(x, m, q):
    total = sum(j * (v - 1) for j, v in enumerate(x, 1))
    return [v - 1 for v in x] + [total, total**2]


def trigonometric(x, m, q):
    total = len(x) - sum(m.cos(v) for v in x)
    return [total + i * (1 - m.cos(v)) - m.sin(v) for i, v in enumerate(x, 1)]


def brown_almost_linear(x, m, q):
    product = q(1)
    for v in x:
        product = product * v
    return [v + sum(x) - (len(x) + 1) for v in x[:-1]] + [product - 1]


def discrete_boundary_value(x, m, q):
    n = len(x)
    h = q(1) / (n + 1)
    padded = [0, *x, 0]
    return [
        2 * padded[i] - padded[i - 1] - padded[i + 1] + h**2 * (padded[i] + i * h + 1) ** 3 / 2
        for i in range(1, n + 1)
    ]


def discrete_integral_equation(x, m, q):
    n = len(x)
    h = q(1) / (n + 1)
    t = [j * h for j in range(n + 2)]
    cube = [0] + [(x[j - 1] + t[j] + 1) ** 3 for j in range(1, n + 1)]

    def residual(i):
        left = sum(t[j] * cube[j] for j in range(1, i + 1))
        right = sum((1 - t[j]) * cube[j] for j in range(i + 1, n + 1))
        return x[i - 1] + h * ((1 - t[i]) * left + t[i] * right) / 2

    return [residual(i) for i in range(1, n + 1)]


def broyden_tridiagonal(x, m, q):
    padded = [0, *x, 0]
    return [
        (3 - 2 * padded[i]) * padded[i] - padded[i - 1] - 2 * padded[i + 1] + 1 for i in range(1, len(x) + 1)
    ]


def broyden_banded(x, m, q):
    n = len(x)

    def residual(i):
        band = [j for j in range(max(1, i - 5), min(n, i + 1) + 1) if j != i]
        return x[i - 1] * (2 + 5 * x[i - 1] ** 2) + 1 - sum(x[j - 1] * (1 + x[j - 1]) for j in band)

    return [residual(i) for i in range(1, n + 1)]


def linear_full_rank(x, m, q):
    rows = 2 * len(x)
    shift = q(2) / rows * sum(x) + 1
    return [v - shift for v in x] + [-shift for _ in range(rows - len(x))]


def linear_rank_one(x, m, q):
    total = sum(j * v for j, v in enumerate(x, 1))
    return [i * total - 1 for i in range(1, 2 * len(x) + 1)]


def linear_rank_one_with_zeros(x, m, q):
    rows = 2 * len(x)
    total = sum((j + 1) * x[j] for j in range(1, len(x) - 1))
    return [-1] + [(i - 1) * total - 1 for i in range(2, rows)] + [-1]


def chebyquad(x, m, q):
    n = len(x)
    columns = []
    for v in x:
        y = 2 * v - 1
        values = [q(1), y]
        while len(values) <= n:
            values.append(2 * y * values[-1] - values[-2])
        columns.append(values)
    integral = [0 if i % 2 else -1 / q(i * i - 1) for i in range(n + 1)]
    return [sum(c[i] for c in columns) / n - integral[i] for i in range(1, n + 1)]


def mesh(n):
    return [f"{j}/{n + 1}*({j}/{n + 1}-1)" for j in range(1, n + 1)]


# number: (residuals, start as text); a start is the paper's.
PROBLEMS = [
    (1, rosenbrock, ["-1.2", "1"]),
    (2, freudenstein_roth, ["0.5", "-2"]),
    (3, powell_badly_scaled, ["0", "1"]),
    (4, brown_badly_scaled, ["1", "1"]),
    (5, beale, ["1", "1"]),
    (6, jennrich_sampson, ["0.3", "0.4"]),
    (7, helical_valley, ["-1", "0", "0"]),
    (8, bard, ["1", "1", "1"]),
    (9, gaussian, ["0.4", "1", "0"]),
    (10, meyer, ["0.02", "4000", "250"]),
    (11, gulf, ["5", "2.5", "0.15"]),
    (12, box, ["0", "10", "20"]),
    (13, powell_singular, ["3", "-1", "0", "1"]),
    (14, wood, ["-3", "-1", "-3", "-1"]),
    (15, kowalik_osborne, ["0.25", "0.39", "0.415", "0.39"]),
    (16, brown_dennis, ["25", "5", "-5", "-1"]),
    (17, osborne_one, ["0.5", "1.5", "-1", "0.01", "0.02"]),
    (18, biggs, ["1", "2", "1", "1", "1", "1"]),
    (19, osborne_two, "1.3 0.65 0.65 0.7 0.6 3 5 7 2 4.5 5.5".split()),
    (20, watson, ["0"] * 6),
    (21, extended_rosenbrock, ["-1.2", "1"] * 10),
    (22, powell_singular, ["3", "-1", "0", "1"] * 5),
    (23, penalty_one, [str(j) for j in range(1, 11)]),
    (24, penalty_two, ["0.5"] * 10),
    (25, variably_dimensioned, [f"1-{j}/10" for j in range(1, 11)]),
    (26, trigonometric, ["1/10"] * 10),
    (27, brown_almost_linear, ["0.5"] * 10),
    (28, discrete_boundary_value, mesh(10)),
    (29, discrete_integral_equation, mesh(10)),
    (30, broyden_tridiagonal, ["-1"] * 10),
    (31, broyden_banded, ["-1"] * 10),
    (32, linear_full_rank, ["1"] * 10),
    (33, linear_rank_one, ["1"] * 10),
    (34, linear_rank_one_with_zeros, ["1"] * 10),
    (35, chebyquad, [f"{j}/9" for j in range(1, 9)]),
]


def start_of(texts):
    """The start in floats: the arithmetic of the text, in float64."""
    return [float(eval(text)) for text in texts]
