"""Writes the golden fixtures: the metrics of the first steps of each spec of this folder.

    python golden.py                  writes NAME.csv for every NAME.yaml, and the table in README.md
    python golden.py NAME...          writes NAME.csv and prints its row of the table
    python golden.py --self-check     checks the oracle against known answers and PyTorch's own formulas

It knows nothing of the Swift program: weights, noise, batches and dropout masks come from Documentation/randomness.md's definition
of the randomness, gradients from torch.autograd, updates from their formulas. A fixture holds the float64 run, whose
initial values, noise and data are exact in float32; the float32 run tells how far rounding alone moves it.
"""

import argparse
import math
from pathlib import Path

import torch

import specs
from self_check import check
from training import Training

FOLDER = Path(__file__).parent
HEADING = "## Float32 against float64\n"
TABLE = (
    "| spec | largest deviation | its column, step | least margin |\n"
    "|---|---|---|---|\n"
)


def deviation(expected, found):
    """How far two values are apart, in units of which the test grants 1e-5."""
    return abs(found - expected) / (abs(expected) + 0.01)


def write(name):
    """Writes a spec's fixture and returns its row of the table."""
    spec = specs.load(FOLDER / f"{name}.yaml")
    assert spec["name"] == name, f"{name}.yaml names itself {spec['name']}"
    training = Training(spec, torch.float64)
    rows = list(training.rows())
    columns = training.columns
    lines = [",".join(columns)] + [",".join(f"{row[column]:.9g}" for column in columns) for row in rows]
    (FOLDER / f"{name}.csv").write_text("\n".join(lines) + "\n")
    largest, column, step = max(
        (deviation(row[column], other[column]), column, row["step"])
        for disturbance in (None, *(torch.Generator().manual_seed(seed) for seed in (1, 2, 3)))
        for row, other in zip(rows, Training(spec, torch.float32, disturbance).rows(), strict=True)
        for column in columns)
    margin = f"{training.smallest_margin:.1e}" if math.isfinite(training.smallest_margin) else "-"
    return f"| {name} | {largest:.1e} | {column}, {step} | {margin} |\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--self-check", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)  # Networks are small, and threads that wait for one another cost more than they bring.
    check()
    print("self-check passed", flush=True)
    if arguments.self_check:
        return
    names = arguments.names or sorted(path.stem for path in FOLDER.glob("*.yaml"))
    table = ""
    for name in names:
        table += write(name)
        print(table.splitlines()[-1], flush=True)
    if not arguments.names:
        readme = FOLDER / "README.md"
        introduction = readme.read_text().split(HEADING)[0]
        readme.write_text(f"{introduction}{HEADING}\n{TABLE}{table}")


if __name__ == "__main__":
    main()
