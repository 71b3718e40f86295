"""Published tables made again: trains the runs of a table and writes what they end with into Documentation/tables.

    python3 Tests/Benchmarks/tables.py grid --program .build/release/gan-exp --runs .build-tables

Writes NAME.csv, a row a run, and NAME.md, a row a model: the mean over the seeds with its standard error beside what was
published. Runs that are there already are not trained again.
"""

import argparse
import csv
import json
import math
import os

import runs

HERE = os.path.dirname(os.path.abspath(__file__))
SPECS = os.path.join(HERE, "..", "..", "Experiments", "tables")
PAGES = os.path.join(HERE, "..", "..", "Documentation", "tables")

LOSSES = [
    ("non-saturating", "losses", ["loss=non_saturating"], (6.8, 26.5)),
    ("minimax", "losses", ["loss=minimax"], (9.8, 29.6)),
    ("least squares", "losses", ["loss=least_squares"], (7.8, 30.7)),
    ("Wasserstein, clipped", "losses", ["loss=wasserstein", "regularization=[weight_clipping: {limit: 0.01}]"], (6.7, 21.5)),
    ("Wasserstein, gradient penalty", "losses", ["loss=wasserstein", "regularization=[gradient_penalty: {weight: 10}]"],
     (20.3, 24.5)),
    ("DRAGAN", "losses", ["regularization=[dragan: {weight: 10}]"], (7.6, 27.7)),
    ("boundary equilibrium", "losses-began", [], (13.1, 22.9)),
]

# Model, spec, overrides, what was published of each column.
TABLES = {
    "grid": dict(
        seeds=range(1, 6),
        columns=[("modes", "modes of 25", 1), ("high_quality_share", "high quality", 3)],
        models=[("GAN", "grid-quick", [], ("7.2", "")), ("PacGAN2", "grid-quick", ["training.packing=2"], ("24.6", ""))],
    ),
    "pacgan-ring": dict(
        seeds=range(1, 4),
        columns=[("modes", "modes of 8", 1), ("high_quality_share", "high quality", 3), ("mode_divergence", "reverse KL", 3)],
        models=[
            ("GAN", "pacgan-ring", [], ("6.3 ± 0.5", "0.982 ± 0.002", "0.45 ± 0.09")),
            ("PacGAN2", "pacgan-ring", ["training.packing=2"], ("7.9 ± 0.1", "0.956 ± 0.020", "0.07 ± 0.03")),
            ("PacGAN4", "pacgan-ring", ["training.packing=4"], ("7.8 ± 0.1", "0.959 ± 0.014", "0.10")),
        ],
    ),
    "pacgan-grid": dict(
        seeds=range(1, 4),
        columns=[("modes", "modes of 25", 1), ("high_quality_share", "high quality", 3), ("mode_divergence", "reverse KL", 3)],
        models=[
            ("GAN", "pacgan-grid", [], ("17.3 ± 0.8", "0.948 ± 0.007", "0.70 ± 0.07")),
            ("PacGAN2", "pacgan-grid", ["training.packing=2"], ("23.8 ± 0.7", "0.913 ± 0.008", "0.13 ± 0.04")),
            ("PacGAN4", "pacgan-grid", ["training.packing=4"], ("24.8 ± 0.2", "0.936 ± 0.006", "0.04")),
        ],
    ),
    "parzen": dict(
        seeds=range(1, 4),
        columns=[("parzen_log_likelihood", "log-likelihood in nats", 1)],
        models=[("multilayer GAN", "parzen", [], ("225 ± 2",))],
    ),
    "stacked": dict(
        seeds=range(1, 4),
        columns=[("found_classes", "modes of 1000", 1), ("class_divergence", "KL in nats", 3)],
        models=[
            ("GAN, D of a quarter", "stacked-quarter", [], ("30.6", "5.99")),
            ("PacGAN4, D of a quarter", "stacked-quarter", ["training.packing=4"], ("667", "1.81")),
        ],
    ),
    "losses-mnist": dict(
        seeds=range(1, 4),
        columns=[("frechet_distance", "Fréchet distance, digits-1", 2), ("coverage", "coverage", 3)],
        models=[(model, spec, overrides, (str(published[0]), "")) for model, spec, overrides, published in LOSSES],
    ),
    "losses-fashion-mnist": dict(
        seeds=range(1, 4),
        columns=[("frechet_distance", "Fréchet distance, clothes-1", 2), ("coverage", "coverage", 3)],
        models=[
            (model, spec, overrides + ["dataset=fashion_mnist"], (str(published[1]), ""))
            for model, spec, overrides, published in LOSSES],
    ),
}


def slug(table, model, seed):
    return f"{table}-{''.join(c if c.isalnum() else '-' for c in model.lower())}-{seed}"


def begin(program, folder, name, spec, overrides, seed):
    """A run that has begun or goes on; nothing where it has ended."""
    record = os.path.join(folder, name, "001", "run.json")
    if not os.path.exists(record):
        return runs.start(
            [program, "run", os.path.join(SPECS, spec + ".yaml"), "--runs", folder],
            overrides + [f"name={name}", f"seed={seed}"])
    with open(record) as file:
        if json.load(file)["status"] in ("complete", "diverged"):
            return None
    return runs.start([program, "resume", os.path.join(folder, name, "001")], [])


def verdict(folder, name):
    """The values that a run ended with; none of one that diverged."""
    path = os.path.join(folder, name, "001", "verdict.csv")
    if not os.path.exists(path):
        return {}
    with open(path) as file:
        return {row["metric"].split("@")[0]: (row["value"], row["real_data"]) for row in csv.DictReader(file)}


def cell(values, digits):
    """A mean with its standard error."""
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    mean = sum(known) / len(known)
    text = f"{mean:.{digits}f}"
    if len(known) > 1:
        error = math.sqrt(sum((value - mean) ** 2 for value in known) / (len(known) - 1) / len(known))
        text += f" ± {error:.{digits}f}"
    return text + ("" if len(known) == len(values) else f" ({len(values) - len(known)} diverged)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--runs", default=".build-tables")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program) if os.sep in arguments.program else arguments.program
    table = TABLES[arguments.table]
    jobs = []
    for model, spec, overrides, _ in table["models"]:
        for seed in table["seeds"]:
            name = slug(arguments.table, model, seed)
            jobs.append((
                name, lambda name=name, spec=spec, overrides=overrides, seed=seed:
                begin(program, arguments.runs, name, spec, overrides, seed)))
    runs.train(jobs)
    os.makedirs(PAGES, exist_ok=True)
    path = os.path.join(PAGES, arguments.table)
    with open(path + ".csv", "w", newline="") as lines, open(path + ".md", "w") as page:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["model", "seed"] + [column for column, _, _ in table["columns"]])
        titles = [title for _, title, _ in table["columns"]]
        page.write("| model | " + " | ".join(f"{title} | published" for title in titles) + " |\n")
        page.write("|:--|" + "--:|" * (2 * len(titles)) + "\n")
        real = {}
        for model, _, _, published in table["models"]:
            found = [verdict(arguments.runs, slug(arguments.table, model, seed)) for seed in table["seeds"]]
            for seed, values in zip(table["seeds"], found):
                writer.writerow([model, seed] + [values.get(column, ("", ""))[0] for column, _, _ in table["columns"]])
                real.update({column: values[column][1] for column, _, _ in table["columns"] if column in values})
            cells = []
            for (column, _, digits), other in zip(table["columns"], published):
                cells += [cell([float(v[column][0]) if column in v else None for v in found], digits), other or "-"]
            page.write(f"| {model} | " + " | ".join(cells) + " |\n")
        cells = [f"{float(real[column]):.{digits}f} | -" if column in real else "- | -" for column, _, digits in table["columns"]]
        page.write("| real samples | " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main()
