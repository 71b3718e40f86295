"""How the cost of a step grows with batch, width, depth and threads: `make scaling`.

Writes scaling-table.md, scaling.csv and scaling.png. Every point is a run of `gan-exp bench` on the layers of
Experiments/mlp-mnist.yaml, or on a generator 100 -> depth x width -> 784 and its mirror.
"""

import argparse
import csv
import json
import os
import subprocess
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "Experiments" / "mlp-mnist.yaml"


def stack(width, depth):
    """A spec whose hidden layers are all alike."""
    hidden = f"  - dense: {{units: {width}, activation: relu}}\n" * depth
    return f"""extends: {SPEC}
generator:
{hidden}  - dense: {{units: 784, activation: tanh}}
  - reshape: {{shape: [28, 28, 1]}}
discriminator:
  - flatten
{hidden}  - dense: {{units: 1, activation: sigmoid}}
"""


class Scaling:
    def __init__(self, options):
        self.options = options
        self.rows = []
        self.machine = None

    def measure(self, axis, value, *arguments):
        steps = 100 if value < 1024 else 25
        text = subprocess.run(
            [self.options.program, "bench", *map(str, arguments), "--json", "--steps", str(steps)], check=True,
            stdout=subprocess.PIPE, text=True).stdout
        report = json.loads(text)
        self.machine = self.machine or report["machine"] | {"lanes": report["lanes"]}
        row = {
            "axis": axis, "value": value, "milliseconds": report["milliseconds"], "gflop": report["operations"],
            "gflop_per_second": report["gigaflops"], "share_of_bound": report["bound"] / report["milliseconds"],
        }
        self.rows.append(row)
        print(row, flush=True)

    def run(self):
        for batch in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024):
            self.measure("batch", batch, SPEC, "--set", f"training.batch_size={batch}")
        with tempfile.TemporaryDirectory() as folder:
            spec = Path(folder) / "stack.yaml"
            for width in (64, 128, 256, 512, 1024, 2048, 4096):
                spec.write_text(stack(width, 2))
                self.measure("width", width, spec)
            for depth in (1, 2, 4, 8, 16):
                spec.write_text(stack(256, depth))
                self.measure("depth", depth, spec)
        for threads in range(1, min(64, len(os.sched_getaffinity(0))) + 1):
            self.measure("threads", threads, SPEC, "--threads", threads)

    def write(self):
        folder = self.options.output
        with open(folder / "scaling.csv", "w", newline="") as file:
            rows = csv.DictWriter(file, self.rows[0].keys(), lineterminator="\n")
            rows.writeheader()
            rows.writerows({k: f"{v:.4g}" if isinstance(v, float) else v for k, v in row.items()} for row in self.rows)
        titles = {
            "batch": "batch size", "width": "units of every hidden layer (two in each network)",
            "depth": "hidden layers of 256 units in each network", "threads": "threads",
        }
        figure, axes = pyplot.subplots(2, 4, figsize=(15, 6), sharex="col", layout="constrained")
        for column, (axis, title) in enumerate(titles.items()):
            points = [row for row in self.rows if row["axis"] == axis]
            x = [row["value"] for row in points]
            for plot, key in ((axes[0, column], "milliseconds"), (axes[1, column], "gflop_per_second")):
                plot.plot(x, [row[key] for row in points], marker="o", color="#1f5f8b")
                plot.set_xscale("log", base=2)
                plot.set_xticks(x, [str(value) for value in x], rotation=45 if len(x) > 6 else 0)
                plot.grid(alpha=0.3)
            axes[0, column].set_yscale("log")
            axes[1, column].set_ylim(bottom=0)
            axes[1, column].set_xlabel(title)
        axes[0, 0].set_ylabel("ms a step")
        axes[1, 0].set_ylabel("GFLOP/s")
        figure.savefig(folder / "scaling.png", dpi=100)
        lines = ["| | ms a step | GFLOP a step | GFLOP/s | of the bound |", "|---|---|---|---|---|"]
        for row in self.rows:
            lines.append(
                f"| {row['axis']} {row['value']} | {row['milliseconds']:.3g} | {row['gflop']:.3g} | "
                f"{row['gflop_per_second']:.0f} | {row['share_of_bound'] * 100:.0f} % |")
        machine = self.machine
        (folder / "scaling-table.md").write_text(
            f"{machine['cpu']}, {machine['lanes']} lanes, {machine['cores']} threads unless said; "
            "`make scaling`.\n\n" + "\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--output", type=Path, default=ROOT / "Documentation")
    scaling = Scaling(parser.parse_args())
    scaling.options.output.mkdir(parents=True, exist_ok=True)
    scaling.run()
    scaling.write()


if __name__ == "__main__":
    main()
