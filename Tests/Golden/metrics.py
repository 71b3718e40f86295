"""Golden values of evaluation metrics for generative models, from their reference programs.

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 prdc==0.2 torch-fidelity==0.4.0 torch==2.13.0 torchvision==0.28.0 vendi-score==0.0.3 mpmath==1.3.0
    python3 Tests/Golden/metrics.py > Tests/EvaluationTests/Fixtures/metrics.json

writes {"about", "versions", "data", "cases"}. A case has "metric", "case", "program", "real" and "generated" (names in "data"),
"parameters" and "value": what a correct implementation must give. "others" is what another program gave for it, "note" says
why. Numbers are the shortest decimals that read back to the same Double; infinite ones are the text "inf".

Programs (as written; "versions" in the output says what actually ran):
  mpmath 1.3.0         frechet_distance, 50 digits (others: torch-fidelity, and scipy's sqrtm as in pytorch-fid)
  scikit-learn 1.9.1   kernel_distance and _blocks (polynomial_kernel in the unbiased estimate; sizes may differ),
                       one_nearest_neighbour, parzen, nearest neighbours of c_t, auth_pct, neighbour_ratio, copies
  torch-fidelity 0.4.0 kernel_distance and _blocks of equal sizes, precision_recall ("<="), classifier_score
  prdc 0.2             prdc ("<");  vendi-score 0.0.3: vendi
  scipy 1.17.1         c_t (mannwhitneyu), copies (binomtest, Wilson), class_histogram (entropy), wasserstein_1_axes,
                       mind (linear_sum_assignment: optimal squared transport on each direction)
  formula, NumPy 2.4.6 clipped_density, clipped_coverage, sw_approx, ms_ssim, expected_coverage

Neighbour metrics compare distances that can be equal (integer data, exact copies). Defined here on squared distances summed
axis by axis from differences: exact for integers, and the same bits for the same two points in any order. If a program gives
something else, "value" is the definition's and the program's, which may change with its linear algebra library, is in "others".
The tree of parzen is a single leaf: from bounds of several, scikit-learn loses up to 1e-3 of far points' logarithms.
"""
import contextlib, io, itertools, json, math, warnings
from functools import partial
from importlib.metadata import version
import mpmath
import numpy as np
import scipy.linalg
import torch
from prdc import compute_prdc
from scipy.optimize import linear_sum_assignment
from scipy.special import betaln, gammaln
from scipy.stats import binomtest, entropy, mannwhitneyu, wasserstein_distance
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KernelDensity, KNeighborsClassifier, NearestNeighbors
from vendi_score import vendi
try:
    import torch_fidelity  # noqa: F401
except RuntimeError:  # torchvision without its compiled operators: declare the two it insists on, none is used here
    operators = torch.library.Library("torchvision", "DEF")
    [operators.define(name + "(Tensor a, Tensor b, float c) -> Tensor") for name in ("nms", "qnms")]
from torch_fidelity.metric_fid import fid_features_to_statistics, fid_statistics_to_metric
from torch_fidelity.metric_isc import isc_features_to_metric
from torch_fidelity.metric_kid import kernel_mmd
from torch_fidelity.metric_prc import calculate_precision_recall_full
mpmath.mp.dps = 50
PACKAGES = "scipy", "scikit-learn", "prdc", "torch-fidelity", "vendi-score", "mpmath", "numpy", "torch"
V = {p: version(p).split("+")[0] for p in PACKAGES}
SCIPY, SKLEARN, PRDC, FIDELITY, VENDI, MPMATH = (f"{p} {V[p]}" for p in PACKAGES[:6])
# ---- data
DATA, ABOUT = {}, []
RECIPE = """x = (1103515245 x + 12345) mod 2^31 from x = seed; u = x / 2^31 after each step; g = (sum of 12 u) - 6, row-major;
data = scale g + shift, each operation rounded. Data with a base are made from others. Of equally near points the lowest index
counts, real before generated; _least, _most: what any other choice can give. u counts a tied pair as one half, u_strict not
at all.""".replace("\n", " ")

def lcg(name, seed, count, dimension, scale=1.0, shift=0.0):
    x, u = seed, []
    for _ in range(count * dimension * 12):
        x = (1103515245 * x + 12345) % 2**31
        u.append(x / 2**31)
    g = np.array(u).reshape(count, dimension, 12).sum(axis=2) - 6  # exact in any order
    add(name, scale * g + shift, seed=seed, scale=scale, shift=shift)

def add(name, array, **about):
    DATA[name] = array
    ABOUT.append({"name": name, "count": len(array), "dimension": array.shape[1], **about,
                  "first": float(array[0, 0]), "last": float(array[-1, -1]), "sum": math.fsum(array.ravel())})

for row in (("R", 1, 200, 8), ("F", 2, 150, 8, .9, .3), ("T", 3, 120, 8), ("A", 4, 600, 16), ("B", 5, 500, 16, .8, .1),
            ("C", 6, 400, 16), ("U8", 7, 12, 8)):
    lcg(*row)
R, F = DATA["R"], DATA["F"]
add("F2", 1.8 * F + 1, base="F", scale=1.8, shift=1, notes="F scaled and shifted, two rounded operations")
add("F[:5]", F[:5], base="F", notes="rows 0..4: covariance of rank 4 in 8 dimensions")
for base in "RFT":
    add(base + "int", np.rint(DATA[base]) + 0.0, base=base, notes="rounded to the nearest integer (no value is a half)")
add("copies", R[:150].copy(), base="R", notes="rows 0..149 of R, exactly")
add("half", np.concatenate([R[:75], F[:75]]), base="R, F", notes="rows 0..74 of R, exactly, then rows 0..74 of F")
add("equal", np.repeat(F[:1], 150, axis=0), base="F", notes="row 0 of F 150 times")
# ---- output
CASES = []

def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    value = int(value) if isinstance(value, (int, np.integer)) else float(value)
    return value if math.isfinite(value) else str(value)

def emit(metric, case, program, value, real=None, generated=None, others=None, note=None, **parameters):
    record = {"metric": metric, "case": case, "program": program, "real": real, "generated": generated,
              "parameters": parameters, "value": plain(value), "others": plain(others) if others else None, "note": note}
    CASES.append({k: v for k, v in record.items() if v is not None})

def judged(metric, case, program, definition, output, note, **rest):
    """The program's output if it equals the definition's to 1e-12, else the definition's beside the program's."""
    if all(math.isclose(definition[k], output[k], rel_tol=1e-12, abs_tol=1e-12) for k in output):
        return emit(metric, case, program, definition, **rest)
    emit(metric, case, "definition", definition, **rest | {"others": (rest.get("others") or {}) | {program: output}, "note": note})
# ---- formulas
def square_distances(a, b):
    total = np.zeros((len(a), len(b)))
    for axis in range(a.shape[1]):
        total += (a[:, axis, None] - b[None, :, axis]) ** 2
    return total

def self_distances(a):
    d = square_distances(a, a)
    np.fill_diagonal(d, np.inf)
    return d

def frechet(mu1, s1, mu2, s2):
    w, v = mpmath.eigsy(s1)
    root = v * mpmath.diag([mpmath.sqrt(max(e, 0)) for e in w]) * v.T
    product = root * s2 * root
    e = mpmath.eigsy((product + product.T) / 2, eigvals_only=True)
    means_and_traces = sum((mu1[i] - mu2[i]) ** 2 + s1[i, i] + s2[i, i] for i in range(s1.rows))
    return means_and_traces - 2 * sum(mpmath.sqrt(max(x, 0)) for x in e)

def statistics(x, ddof=1):
    mu = [mpmath.fsum(c) / len(x) for c in x.T.tolist()]
    columns = [[v - m for v in c] for c, m in zip(x.T.tolist(), mu)]
    return mu, mpmath.matrix([[mpmath.fdot(a, b) / (len(x) - ddof) for b in columns] for a in columns])

def kernel_distance(x, y):
    k = lambda a, b: polynomial_kernel(a, b, degree=3, gamma=1 / x.shape[1], coef0=1)
    off = lambda a: (k(a, a).sum() - np.trace(k(a, a))) / (len(a) * (len(a) - 1))
    return off(x) + off(y) - 2 * k(x, y).mean()

def blocks(n, count):
    sizes = [n // count + (i >= count - n % count) for i in range(count)]  # near-equal, the last ones one larger
    return [slice(sum(sizes[:i]), sum(sizes[:i + 1])) for i in range(count)]

def mean_and_error(values, ddof=1):
    return {"mean": np.mean(values), "standard_error": np.std(values, ddof=ddof) / math.sqrt(len(values))}

def prdc_definition(x, y, k, inside):
    radius = lambda d: np.sort(d, axis=1)[:, k - 1]
    d, rx, ry = square_distances(x, y), radius(self_distances(x)), radius(self_distances(y))
    in_real, in_generated = inside(d, rx[:, None]), inside(d, ry[None, :])
    return {"precision": in_real.any(0).mean(), "recall": in_generated.any(1).mean(),
            "density": in_real.sum() / (k * len(y)), "coverage": inside(d.min(1), rx).mean()}

def clipped_density(x, y, k=5):
    d = self_distances(x)
    order = np.argsort(d, axis=1, kind="stable")[:, :k]  # of equally near neighbours the lowest index first
    near = np.take_along_axis(d, order, axis=1)
    radius = np.minimum(np.sqrt(near[:, -1]), np.median(np.sqrt(near[:, -1])))[:, None]
    own = np.bincount(order[np.sqrt(near) <= radius], minlength=len(x))
    inside = (np.sqrt(square_distances(x, y)) <= radius).sum(0)
    raw, real = np.minimum(inside / k, 1).mean(), np.minimum(own / k, 1).mean()
    return {"score": min(raw / real, 1), "raw": raw, "real": real, "ratio": raw / real}

def clipped_coverage(x, y, k=5):
    n, m, f = len(x), len(y), np.zeros(len(y) + 1)
    share = (np.sort(square_distances(x, y), axis=1)[:, :k] < np.sort(self_distances(x), axis=1)[:, k - 1, None]).mean()
    for q in range(k, m + 1):
        j = np.arange(1, q + 1)
        log = gammaln(q + 1) - gammaln(j + 1) - gammaln(q - j + 1) + betaln(k + j, n + q - k - j) - betaln(k, n - k)
        f[q] = (np.minimum(j, k) * np.exp(log)).sum() / k
    return {"score": (f < share).sum() / (m + 1), "share": share}

def ms_ssim(a, b, weights=(.0448, .2856, .3001, .2363, .1333)):
    levels, c1, c2 = [], (.01 * 255) ** 2, (.03 * 255) ** 2
    for _ in weights:
        size = min(11, *a.shape)
        g = np.exp(-(np.arange(size) - (size - 1) / 2) ** 2 / (2 * (1.5 * size / 11) ** 2))
        blur = lambda z: np.einsum("abij,i,j", np.lib.stride_tricks.sliding_window_view(z, (size, size)), g, g) / g.sum() ** 2
        ma, mb = blur(a), blur(b)
        contrast = (2 * (blur(a * b) - ma * mb) + c2) / (blur(a * a) - ma * ma + blur(b * b) - mb * mb + c2)
        levels.append(((contrast * (2 * ma * mb + c1) / (ma * ma + mb * mb + c1)).mean(), contrast.mean()))
        if size > 1:
            a, b = ((z[::2, ::2] + z[1::2, ::2] + z[::2, 1::2] + z[1::2, 1::2]) / 4 for z in (a, b))
    terms = [c for _, c in levels[:-1]] + [levels[-1][0]]
    total = math.prod(max(v, 0) ** w for v, w in zip(terms, weights))
    return {"ms_ssim": total, "level_0_ssim": levels[0][0], "level_0_contrast": levels[0][1]}

def mind(x, y, directions):
    costs = (((x @ u)[:, None] - (y @ u)[None, :]) ** 2 for u in directions)
    return 3 * x.shape[1] * np.mean([c[linear_sum_assignment(c)].mean() for c in costs])

def nearest(d, good):
    """Per column: whether the row of lowest index among the nearest ones is good, whether all, whether any of them are."""
    tied = d == d.min(axis=0)
    return good[d.argmin(axis=0), np.arange(d.shape[1])], (good | ~tied).all(0), (tied & good).any(0)
# ---- the cases of one pair
ROUNDING = "the program expands |x-y|^2 into products, whose rounding decides between equal distances"
TIES = "equally near points: the program takes any of them"
ROOTS = "null directions: the others add square roots of rounding errors of zero eigenvalues"
KINDS = "", "_least", "_most"  # of equally near points the lowest index; the least and the most any choice gives
fidelity_frechet = lambda mu1, s1, mu2, s2: fid_statistics_to_metric(
    {"mu": mu1, "sigma": s1}, {"mu": mu2, "sigma": s2}, False)["frechet_inception_distance"]
UNIT = DATA["U8"] / np.linalg.norm(DATA["U8"], axis=1, keepdims=True)

def pair(rn, fn, tn):
    x, y, t, case = DATA[rn], DATA[fn], DATA[tn], f"{rn} v {fn}"
    (n, d), m, s = x.shape, len(y), min(len(x), len(y))
    a, b, enough = x[:s], y[:s], m >= 10  # five samples: no blocks, equal sizes, or fifth neighbours
    put, decide = (partial(f, real=rn, generated=fn) for f in (emit, judged))
    even = partial(put, real_rows=s, generated_rows=s)
    (m1, s1), (m2, s2) = (fid_features_to_statistics(torch.tensor(z)).values() for z in (x, y))
    exact = float(frechet(*statistics(x), *statistics(y)))
    traces = np.trace(s1 + s2) - 2 * np.trace(scipy.linalg.sqrtm(s1 @ s2)).real
    others = {FIDELITY: fidelity_frechet(m1, s1, m2, s2), SCIPY: ((m1 - m2) ** 2).sum() + traces}
    put("frechet_distance", case, MPMATH, exact, others=others, ddof=1,
        note=None if all(math.isclose(v, exact, rel_tol=1e-9) for v in others.values()) else ROOTS)
    put("frechet_distance", case + ", ddof 0", MPMATH, frechet(*statistics(x, 0), *statistics(y, 0)), ddof=0)
    put("kernel_distance", case, SKLEARN, kernel_distance(x, y), degree=3, gamma="1/d", coef0=1)
    if enough:
        even("kernel_distance", case + ", equal sizes", FIDELITY, kernel_mmd(a, b))
        values = [kernel_mmd(x[i:i + 50], y[i:i + 50]) for i in range(0, s, 50)]
        put("kernel_distance_blocks", case + ", 50 + 50", FIDELITY, mean_and_error(values), rows_each=50)
        count = -(-max(n, m) // 64)
        values = [kernel_distance(x[i], y[j]) for i, j in zip(blocks(n, count), blocks(m, count))]
        put("kernel_distance_blocks", case + ", at most 64", SKLEARN, mean_and_error(values), count=count,
            **{f"{k}_sizes": [i.stop - i.start for i in blocks(c, count)] for k, c in (("real", n), ("generated", m))})
    for k in (5, 3) if enough else (3,):
        with contextlib.redirect_stdout(io.StringIO()):
            output = compute_prdc(x, y, k)
        strict, closed = (prdc_definition(x, y, k, inside) for inside in (np.less, np.less_equal))
        decide("prdc", f"{case}, k {k}", PRDC, strict, output, ROUNDING, k=k, inside="<",
               others=None if strict == closed else {"definition with <=": closed})
        p, r = calculate_precision_recall_full(torch.tensor(y), torch.tensor(x), k)  # shares rounded to Float: back to counts
        decide("precision_recall", f"{case}, k {k}", FIDELITY, {v: closed[v] for v in ("precision", "recall")},
               {"precision": round(p * m) / m, "recall": round(r * n) / n}, ROUNDING, k=k, inside="<=")
    put("clipped_density", case, "formula", clipped_density(x, y), k=5, inside="<=", ties="the K neighbours of lowest index")
    put("clipped_coverage", case, "formula", clipped_coverage(x, y), k=5, inside="<")
    if enough:  # leave-one-out 1-NN: of equally near neighbours the lowest index, real samples before generated ones
        z, label = np.concatenate([a, b]), np.repeat([0, 1], s)
        guess = cross_val_predict(KNeighborsClassifier(1, algorithm="kd_tree"), z, label, cv=LeaveOneOut()) == label
        right = list(zip(KINDS, nearest(self_distances(z), label[:, None] == label[None, :])))
        definition = {who + kind: v[rows].mean() for who, rows in (("real", label == 0), ("generated", label == 1)) for kind, v in right}
        decide("one_nearest_neighbour", case, SKLEARN, definition, {"real": guess[:s].mean(), "generated": guess[s:].mean()},
               TIES, real_rows=s, generated_rows=s)
    tree = NearestNeighbors(n_neighbors=2, algorithm="kd_tree").fit(x)
    (dy, iy), (dt, it), (own, _) = tree.kneighbors(y), tree.kneighbors(t), tree.kneighbors(n_neighbors=1)
    ly, lt = dy[:, 0], dt[:, 0]
    u = mannwhitneyu(ly, lt, alternative="less", method="asymptotic").statistic
    z = (u - (m * len(t) / 2 - .5)) / math.sqrt(m * len(t) * (m + len(t) + 1) / 12)
    tied = (ly[:, None] == lt[None, :]).sum()
    put("c_t", case, f"{SKLEARN}, {SCIPY}", {"u": u, "z": z, "tied_pairs": tied, "u_strict": u - tied / 2}, test=tn, cells=1)
    definition, output, radius = {}, {}, self_distances(x).min(axis=1)[:, None]
    for who, q, distance, index in (("generated", y, ly, iy), ("test", t, lt, it)):
        cross = square_distances(x, q)
        definition |= {who + kind: 100 * v.sum() / len(q) for kind, v in zip(KINDS, nearest(cross, radius < cross))}
        output[who] = 100 * (own[index[:, 0], 0] < distance).sum() / len(q)
    decide("auth_pct", case, SKLEARN, definition, output, TIES, test=tn)
    ratio, bound = dy[:, 0] / dy[:, 1], np.percentile(lt, 1)
    put("neighbour_ratio", case, SKLEARN, {"smallest": ratio.min(), "below_third": (ratio < 1 / 3).sum()})
    low, high = binomtest(near := int((ly < bound).sum()), m).proportion_ci(.95, method="wilson")
    put("copies", case, f"{SKLEARN}, {SCIPY}", {"exact": (ly == 0).sum(), "threshold": bound, "near": near, "rate": near / m,
        "wilson_low": low, "wilson_high": high, "test_near": (lt < bound).sum()}, test=tn, percentile=1, confidence=.95)
    for name in (fn,) if fn != "F" and rn == "R" else (rn, fn):  # R once
        emit("vendi", name, VENDI, vendi.score_dual(DATA[name]), generated=name, kernel="cosine")
    if enough:
        for name, directions in (("axes", np.eye(d)), ("rows of U8, each over its length", UNIT))[:1 + (d == 8)]:
            even("mind", f"{case}, {name}", SCIPY, mind(a, b, directions), directions=name)
        even("wasserstein_1_axes", case, SCIPY, np.mean([wasserstein_distance(*v) for v in zip(a.T, b.T)]))
    spread = [math.sqrt(((v - v.mean(0)) ** 2).sum(1).mean() / d) for v in (x, y)]
    put("sw_approx", case, "formula", math.sqrt(((x.mean(0) - y.mean(0)) ** 2).sum() / d + (spread[0] - spread[1]) ** 2))
    score = isc_features_to_metric(torch.tensor(2 * y), splits=1, shuffle=False)
    emit("classifier_score", f"logits 2 {fn}", FIDELITY, score["inception_score_mean"], generated=fn, splits=1)
    real, made = (np.bincount(v.argmax(1), minlength=d) for v in (x, y))  # the lowest index of equal maxima
    put("class_histogram", case, SCIPY, {"kl_generated_from_real": entropy(made, real), "kl_real_from_generated":
        entropy(real, made), "total_variation": np.abs(made / m - real / n).sum() / 2}, labels="argmax of a row")
    logs = KernelDensity(bandwidth=.7, leaf_size=m).fit(y).score_samples(t)
    emit("parzen", f"kernels {fn}, points {tn}", SKLEARN, mean_and_error(logs, 0), generated=fn, test=tn, sigma=.7, ddof=0)
# ---- single cases
def singles():
    for case, samples in (("0 0 10 10 20 20", [0, 0, 10, 10, 20, 20]), ("seven equal", [3] * 7)):
        emit("vendi", case, VENDI, vendi.score(samples, lambda a, b: np.exp(-abs(a - b))), kernel="exp(-|a-b|)")
    for case, matrix in (("three samples", [[1, .9, 0], [.9, 1, 0], [0, 0, 1]]), ("five orthogonal", np.eye(5).tolist())):
        emit("vendi", case, VENDI, vendi.score_K(np.array(matrix)), matrix=matrix)
    value = fidelity_frechet(np.zeros(2), np.array([[2., 1], [1, 2]]), np.zeros(2), np.diag([1., 3]))
    emit("frechet_distance", "two covariances", FIDELITY, value,
         note="8 - 2 sqrt 14: equal means, covariances [[2,1],[1,2]] and diag(1,3)")
    real, made = np.ones((100, 2)), np.full((100, 2), 9.)
    real[:50, 0] = made[50:, 0] = 2
    emit("frechet_distance", "ones v nines", MPMATH, frechet(*statistics(real), *statistics(made)), ddof=1,
         note="100 x 2: real ones, column 0 of rows 0..49 is 2; generated nines, column 0 of rows 50..99 is 2")
    for n, m, k in ((10000, 10000, 5), (10000, 10000, 3), (200, 150, 5)):
        emit("expected_coverage", f"{n} v {m}, k {k}", "formula", 1 - math.prod((n - i) / (m + n - i) for i in range(1, k + 1)))
    rows = [[1., 2] * 500 + [4], [4, 5] * 500 + [6]]
    for case, splits, logits in (("logits 2 F, 10 splits", 10, 2 * F), ("rows [1,2]*500+[4] and [4,5]*500+[6]", 1, rows)):
        score = isc_features_to_metric(torch.tensor(logits, dtype=torch.float64), splits=splits, shuffle=False)
        emit("classifier_score", case, FIDELITY, dict(zip(("mean", "sd_ddof_0"), score.values())), splits=splits)
    i, j = np.mgrid[0:32, 0:32]
    a, b = ((7 * i + 13 * j) % 256).astype(float), ((7 * i + 13 * j + (i * j) % 17) % 256).astype(float)
    for case, other in (("A v B", b), ("A v A", a)):
        emit("ms_ssim", case, "formula", ms_ssim(a, other), note="32 x 32: A (7i+13j)%256, B (7i+13j+(ij)%17)%256", levels=5)
    pairs = [ms_ssim(np.full((64, 64), p), np.full((64, 64), q))["ms_ssim"] for p, q in itertools.permutations((1., .7, 0.), 2)]
    emit("ms_ssim", "constant 1, .7, 0", "formula", np.mean(pairs), note="64 x 64 on the scale 0..255, all ordered pairs", levels=5)

if __name__ == "__main__":
    warnings.simplefilter("ignore")  # a singular covariance makes the matrix square root complain
    torch.set_num_threads(1)
    for names in ("R F T", "R F2 T", "R F[:5] T", "Rint Fint Tint", "R copies T", "R half T", "A B C", "R equal T"):
        pair(*names.split())
    singles()
    print(json.dumps({"about": RECIPE, "versions": V, "data": ABOUT, "cases": CASES}, indent=1, allow_nan=False))
