"""What `check` promises of memory against what a run takes: peak resident memory of runs with checkpoints, from 10 MB to 4 GB,
of runs that take most while samples are measured, and of runs that take most while their data load, for every format and
scaling that is read in its own way.

    python3 Tests/Benchmarks/memory.py --program .build/release/gan-exp

Ends with 1 where a run takes more than a tenth above or below what was promised.
"""

import argparse
import gzip
import math
import os
import re
import struct
import subprocess
import sys
import tempfile

RING = "dataset: {gaussian_ring: {samples: 20000}}\nlatent: {dim: 4}\n"
CRITIC = "discriminator: [dense: {units: 16, activation: relu}, dense: {units: 1, activation: sigmoid}]\n"


def stack(units, layers):
    hidden = ", ".join(f"dense: {{units: {units}, activation: relu}}" for _ in range(layers))
    return RING + f"generator: [{hidden}, dense: {{units: 2}}]\n" + CRITIC


DIGITS = """dataset: mnist
generator:
  - dense: {units: 12544, use_bias: false}
  - batch_norm
  - leaky_relu
  - reshape: {shape: [7, 7, 256]}
  - conv2d_transpose: {filters: 128, kernel_size: 5, padding: same}
  - batch_norm
  - leaky_relu
  - conv2d_transpose: {filters: 64, kernel_size: 5, strides: 2, padding: same}
  - batch_norm
  - leaky_relu
  - conv2d_transpose: {filters: 1, kernel_size: 5, strides: 2, padding: same, activation: tanh}
discriminator:
  - conv2d: {filters: 64, kernel_size: 5, strides: 2, padding: same, activation: leaky_relu}
  - conv2d: {filters: 128, kernel_size: 5, strides: 2, padding: same, activation: leaky_relu}
  - flatten
  - dense: {units: 1, activation: sigmoid}
"""

# Name, spec, samples in a batch: little of anything, state, values, images, both, much state.
TRAINING = [
    ("small", stack(64, 2), 64),
    ("state of 100 MiB", stack(2048, 3), 16),
    ("values of 200 MiB", stack(500, 4), 20000),
    ("convolutions", DIGITS, 256),
    ("state and values of 1 GiB", stack(5000, 3), 8000),
    ("state of 3.5 GiB", stack(12500, 3), 16),
]

SMALL = (
    "dataset: mnist\nlatent: {dim: 16}\ngenerator: [dense: {units: 784, activation: tanh}, reshape: {shape: [28, 28, 1]}]\n"
    "discriminator: [flatten, dense: {units: 1, activation: sigmoid}]\n")

# Name, spec, samples in a batch: samples measured by a network's features, by their pixels, by their values, few and many.
EVALUATING = [
    ("features", SMALL + "evaluation: {}\n", 64),
    ("few features", SMALL + "evaluation: {samples: 500, metrics: [mind], at_end: {samples: 500, metrics: [coverage]}}\n", 64),
    ("pixels", SMALL + "evaluation: {features: pixels}\n", 64),
    ("pixels of 20 000", SMALL + "evaluation: {features: pixels, at_end: {samples: 20000, metrics: [coverage, copy_rate]}}\n", 64),
    ("points", stack(64, 2) + "evaluation: {}\n", 64),
    ("points of 200 000", stack(64, 2) + "evaluation: {at_end: {samples: 200000, metrics: [modes, mind]}}\n", 64),
]


ROWS = 20000
COLUMNS = 784

# Name, dataset, element of a file's numbers, file's ending, shape of a sample.
LOADING = [
    ("csv", "csv: {path: FILE}", "text", ".csv", [784]),
    ("csv.gz", "csv: {path: FILE}", "text", ".csv.gz", [784]),
    ("csv, minmax", "csv: {path: FILE, scaling: minmax}", "text", ".csv", [784]),
    ("npy f4", "npy: {path: FILE}", "<f4", ".npy", [784]),
    ("npy f4, standard", "npy: {path: FILE, scaling: standard}", "<f4", ".npy", [784]),
    ("npy f4, subset", "npy: {path: FILE, subset: 1000}", "<f4", ".npy", [784]),
    ("npy f4, column-major", "npy: {path: FILE}", "<f4 by columns", ".npy", [784]),
    ("npy f8", "npy: {path: FILE}", "<f8", ".npy", [784]),
    ("npy u1", "npy: {path: FILE}", "|u1", ".npy", [28, 28, 1]),
    ("npy u1, column-major", "npy: {path: FILE}", "|u1 by columns", ".npy", [28, 28, 1]),
    ("idx", "idx: {images: FILE}", "idx", "", [28, 28, 1]),
    ("idx.gz", "idx: {images: FILE}", "idx", ".gz", [28, 28, 1]),
    ("mnist", "mnist", None, None, [28, 28, 1]),
    ("mnist, flipped", "mnist: {horizontal_flip: true}", None, None, [28, 28, 1]),
    ("mnist, two classes", "mnist: {classes: [0, 1]}", None, None, [28, 28, 1]),
    ("stacked_mnist", "stacked_mnist", None, None, [28, 28, 3]),
]


def write_numbers(file, element):
    """Writes pixels, or the numbers in [-1, 1] that they stand for, row by row: the measured process begins as a copy of this
    one, whose memory would count."""
    if element == "idx":
        file.write(struct.pack(">4B3I", 0, 0, 8, 3, ROWS, 28, 28))
    elif element != "text":
        kind, _, order = element.partition(" ")
        shape = (ROWS, 28, 28) if kind == "|u1" else (ROWS, COLUMNS)
        header = f"{{'descr': '{kind}', 'fortran_order': {bool(order)}, 'shape': {shape}, }}"
        header += " " * (117 - len(header)) + "\n"
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
    for row in range(ROWS):
        pixels = bytes((row + column * 37) % 251 for column in range(COLUMNS))
        if element == "text":
            file.write((",".join(map(str, pixels)) + "\n").encode())
        elif element[:3] in ("<f4", "<f8"):
            file.write(struct.pack(f"<{COLUMNS}{'f' if element[2] == '4' else 'd'}", *(p / 127.5 - 1 for p in pixels)))
        else:
            file.write(pixels)


def loading(dataset, element, ending, shape, folder):
    """A spec whose networks are small beside its data."""
    if element:
        path = os.path.join(folder, "data" + ending)
        with (gzip.open if ending.endswith(".gz") else open)(path, "wb") as file:
            write_numbers(file, element)
        dataset = dataset.replace("FILE", path)
    size = math.prod(shape)
    return (
        f"dataset: {{{dataset}}}\n" if ":" in dataset else f"dataset: {dataset}\n"
    ) + (
        f"latent: {{dim: 4}}\ngenerator: [dense: {{units: {size}}}, reshape: {{shape: {shape}}}]\n"
        "discriminator: [flatten, dense: {units: 1, activation: sigmoid}]\n"
    )


def measure(program, spec, batch, threads, folder):
    path = os.path.join(folder, "memory.yaml")
    with open(path, "w") as file:
        file.write(spec + f"training: {{batch_size: {batch}, epochs: 1, steps: 2}}\n")
    command = [program, "check", path, "--threads", threads]
    checked = subprocess.run(command, capture_output=True, text=True)
    if checked.returncode != 0:
        sys.exit(checked.stdout + checked.stderr)
    amount, unit = re.search(r"^memory +([\d.]+) (\w+)", checked.stdout, re.MULTILINE).groups()
    promised = float(amount) * {"MiB": 1, "GiB": 1024}[unit]
    run = subprocess.Popen(
        [program, "run", path, "--runs", folder, "--quiet", "--threads", threads], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    if status != 0:
        sys.exit(f"{path}: the run ended with {os.waitstatus_to_exitcode(status)}")
    return promised, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--only", choices=["training", "evaluating", "loading"])
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program) if os.sep in arguments.program else arguments.program
    cases = []
    for kind, specs in ("training", TRAINING), ("evaluating", EVALUATING):
        if arguments.only in (None, kind):
            cases += [(name, batch, lambda folder, spec=spec: spec) for name, spec, batch in specs]
    if arguments.only in (None, "loading"):
        cases += [(name, 64, lambda folder, data=data: loading(*data, folder)) for name, *data in LOADING]
    worst = 0
    print(f"{'spec':28}{'promised MiB':>14}{'measured MiB':>14}{'ratio':>8}")
    for name, batch, spec in cases:
        with tempfile.TemporaryDirectory() as folder:
            promised, measured = measure(program, spec(folder), batch, arguments.threads, folder)
        worst = max(worst, abs(measured / promised - 1))
        print(f"{name:28}{promised:14.0f}{measured:14.0f}{measured / promised:8.2f}", flush=True)
    return 0 if worst <= 0.1 else 1


if __name__ == "__main__":
    sys.exit(main())
