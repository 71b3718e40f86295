"""What `check` promises of memory against what a run takes: peak resident memory of runs with checkpoints, from 10 MB to 4 GB.

    python3 Tests/Benchmarks/memory.py --program .build/release/gan-exp

Ends with 1 where a run takes more than a tenth above or below what was promised.
"""

import argparse
import os
import re
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
SPECS = [
    ("small", stack(64, 2), 64),
    ("state of 100 MiB", stack(2048, 3), 16),
    ("values of 200 MiB", stack(500, 4), 20000),
    ("convolutions", DIGITS, 256),
    ("state and values of 1 GiB", stack(5000, 3), 8000),
    ("state of 3.5 GiB", stack(12500, 3), 16),
]


def measure(program, name, spec, batch, threads):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "memory.yaml")
        with open(path, "w") as file:
            file.write(spec + f"training: {{batch_size: {batch}, epochs: 1, steps: 2}}\n")
        checked = subprocess.run(
            [program, "check", path, "--threads", threads], capture_output=True, text=True, check=True)
        amount, unit = re.search(r"^memory +([\d.]+) (\w+)", checked.stdout, re.MULTILINE).groups()
        promised = float(amount) * {"MiB": 1, "GiB": 1024}[unit]
        run = subprocess.Popen(
            [program, "run", path, "--runs", folder, "--quiet", "--threads", threads], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(run.pid, 0)
        if status != 0:
            sys.exit(f"{name}: the run ended with {os.waitstatus_to_exitcode(status)}")
        return promised, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--threads", default="2")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program) if os.sep in arguments.program else arguments.program
    worst = 0
    print(f"{'spec':28}{'promised MiB':>14}{'measured MiB':>14}{'ratio':>8}")
    for name, spec, batch in SPECS:
        promised, measured = measure(program, name, spec, batch, arguments.threads)
        worst = max(worst, abs(measured / promised - 1))
        print(f"{name:28}{promised:14.0f}{measured:14.0f}{measured / promised:8.2f}", flush=True)
    return 0 if worst <= 0.1 else 1


if __name__ == "__main__":
    sys.exit(main())
