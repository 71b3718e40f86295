"""Two ranks of mpirun beside one process of two threads: `make ranks`.

Both train the same spec in two shards, in turn, round after round; a figure is the median over the rounds of (one process /
ranks) of the steps a second of the second epoch. Prints a table.
"""

import argparse
import csv
import os
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
# Work, spec, changes; the second epoch is timed.
WORKS = [
    ("mlp-mnist, batch 128", "Experiments/mlp-mnist.yaml", ["training.batch_size=128", "training.epochs=2"]),
    ("mlp-mnist, batch 256", "Experiments/mlp-mnist.yaml", ["training.batch_size=256", "training.epochs=2"]),
    ("mlp-mnist, batch 1024", "Experiments/mlp-mnist.yaml", ["training.batch_size=1024", "training.epochs=2"]),
    ("DCGAN, batch 128", "Tests/Benchmarks/dcgan.yaml", ["dataset={mnist: {split: test}}", "training.epochs=2"]),
]
# Any user and any number of processors will do; sockets of this machine alone.
SETTINGS = {
    "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_btl": "self,vader"}


def rate(command, spec, changes):
    """Steps a second of the second epoch."""
    with tempfile.TemporaryDirectory() as place:
        words = command + ["run", os.path.join(ROOT, spec), "--quiet", "--runs", place, "--set", "training.shards=2"]
        for change in changes + ["evaluation=", "record.checkpoint_every=100", "record.samples_every=100"]:
            words += ["--set", change]
        run = subprocess.run(
            words, check=True, capture_output=True, text=True, env={**os.environ, **SETTINGS}).stdout.strip()
        with open(os.path.join(run, "timing.csv")) as file:
            return float(list(csv.DictReader(file))[-1]["steps_per_second"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    program = os.path.abspath(options.program) if os.sep in options.program else options.program
    print("| work, in two shards | one process, two threads | two ranks of a thread | ranks / process |\n|---|---|---|---|")
    for work, spec, changes in WORKS:
        pairs = []
        for number in range(options.rounds):
            manners = [[program], ["mpirun", "-n", "2", program]]
            order = manners if number % 2 == 0 else manners[::-1]
            found = {len(manner): rate(manner, spec, changes) for manner in order}
            pairs.append((found[1], found[4]))
        alone, together = (statistics.median(pair[index] for pair in pairs) for index in (0, 1))
        ratio = statistics.median(ranks / process for process, ranks in pairs)
        print(f"| {work} | {1000 / alone:.1f} ms | {1000 / together:.1f} ms | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
