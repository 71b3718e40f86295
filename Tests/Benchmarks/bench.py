"""Measures gan-exp beside its peers: `make bench`.

Every program does the same work in turn, round after round, so that a machine whose speed drifts is the same for all;
a ratio is the median over the rounds of (peer / gan-exp) within a round. Writes benchmarks.md and benchmarks.csv.
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SPEC = ROOT / "Experiments" / "mlp-mnist.yaml"
# Beside the tutorial's: (work, spec, batch, PyTorch's program, our steps, its steps).
FURTHER = (
    ("a step of DCGAN, batch 128", HERE / "dcgan.yaml", 128, "peer_pytorch_dcgan.py", 20, 20),
    ("a step of WGAN-GP, batch 64", HERE / "wgan-gp.yaml", 64, "peer_pytorch_wgan_gp.py", 60, 40),
)
PEERS = {"JAX": "peer_jax.py", "PyTorch": "peer_pytorch.py", "Keras": "peer_keras.py"}
TARGETS = {
    ("a step, batch 128", "JAX"): 1.4, ("a step, batch 128", "PyTorch"): 1.7, ("a step, batch 128", "Keras"): 8,
    ("a step, batch 32", "JAX"): 1.7, ("a step, batch 32", "PyTorch"): 2.4, ("a step, batch 32", "Keras"): 18,
    ("command to the end of epoch 1", "JAX"): 2, ("peak memory of that", "PyTorch"): 3,
    ("a step of DCGAN, batch 128", "PyTorch"): 1.5, ("a step of WGAN-GP, batch 64", "PyTorch"): 2.2,
}


def finish(command, environment=None):
    """Runs a command; returns what it printed, its seconds and its peak memory in MB."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), stdout=output, stderr=errors, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        output.seek(0)
        if status:
            errors.seek(0)
            print(errors.read()[-4000:], file=sys.stderr)
            sys.exit(f"{' '.join(map(str, command))} ended with {os.waitstatus_to_exitcode(status)}")
        return output.read(), seconds, usage.ru_maxrss / 1e3


class Bench:
    def __init__(self, options):
        self.options = options
        self.results = {}  # (work, program) -> one value a round
        self.versions = {}
        self.machine = None
        self.bounds = []

    def record(self, work, program, value):
        self.results.setdefault((work, program), []).append(value)
        print(f"{work:40} {program:8} {value:10.2f}", flush=True)

    def own_step(self, batch, work, steps, options=(), spec=SPEC):
        text, _, _ = finish(
            [self.options.program, "bench", spec, "--json", "--steps", str(steps), "--set",
             f"training.batch_size={batch}", "--threads", self.options.threads, *options])
        report = json.loads(text)
        self.record(work, "gan-exp", report["milliseconds"])
        if not options and spec == SPEC:
            self.machine = report["machine"] | {"threads": report["threads"], "lanes": report["lanes"]}
            self.bounds.append((batch, report["bound"] / report["milliseconds"]))

    def peer(self, peer, *arguments, program=None):
        return [sys.executable, HERE / (program or PEERS[peer]), "--threads", self.options.threads, *arguments]

    def peer_step(self, peer, batch, work, steps, environment=None, program=None):
        text, _, _ = finish(self.peer(peer, "--batch", batch, "--steps", steps, program=program), environment)
        report = json.loads(text.splitlines()[-1])
        self.versions |= report["versions"]
        self.record(work, peer, report["milliseconds"])

    @staticmethod
    def programs(round):
        """All programs, another one first in each round."""
        names = ["gan-exp", *PEERS]
        first = round % len(names)
        return names[first:] + names[:first]

    def steps(self, batch, round):
        work = f"a step, batch {batch}"
        for program in self.programs(round):
            if program == "gan-exp":
                self.own_step(batch, work, 200)
            else:
                self.peer_step(program, batch, work, 25 if program == "Keras" else 100)

    def epoch(self, round):
        times, memory = "command to the end of epoch 1", "peak memory of that"
        for program in self.programs(round):
            with tempfile.TemporaryDirectory() as runs:
                own = [
                    self.options.program, "run", SPEC, "--set", "training.epochs=1", "--set", "evaluation=", "--runs", runs, "--quiet",
                    "--threads", self.options.threads]
                _, seconds, peak = finish(own if program == "gan-exp" else self.peer(program, "--epoch"))
            self.record(times, program, seconds)
            self.record(memory, program, peak)

    def pinned(self):
        """Both without AVX-512, where there is any."""
        work = "a step, batch 128, 8 lanes"
        self.own_step(128, work, 200, options=("--lanes", "8"))
        self.peer_step(
            "PyTorch", 128, work, 100,
            {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2", "MKL_ENABLE_INSTRUCTIONS": "AVX2"})

    def further(self, round):
        for work, spec, batch, program, own, other in FURTHER:
            turns = [
                lambda: self.own_step(batch, work, own, spec=spec),
                lambda: self.peer_step("PyTorch", batch, work, other, program=program)]
            for turn in turns if round % 2 == 0 else reversed(turns):
                turn()

    def ratio(self, work, peer):
        own = self.results[work, "gan-exp"]
        return statistics.median(other / mine for other, mine in zip(self.results[work, peer], own))

    def write(self, rounds):
        works = list(dict.fromkeys(work for work, _ in self.results))
        folder = self.options.output
        with open(folder / "benchmarks.csv", "w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["work", "program", "round", "value"])
            for (work, program), values in self.results.items():
                rows.writerows([work, program, number, f"{value:.4g}"] for number, value in enumerate(values, 1))
        lines = [
            "| work | gan-exp | " + " | ".join(PEERS) + " |", "|---" * (len(PEERS) + 2) + "|"]
        for work in works:
            unit = "s" if "command" in work else "MB" if "memory" in work else "ms"
            def shown(program):
                value = statistics.median(self.results[work, program])
                return (f"{value:.0f}" if value >= 100 else f"{value:.3g}") + f" {unit}"

            cells = [shown("gan-exp")]
            for peer in PEERS:
                if (work, peer) not in self.results:
                    cells.append("")
                    continue
                goal = TARGETS.get((work, peer))
                cells.append(
                    f"{shown(peer)}, **{self.ratio(work, peer):.2f}x**" + (f" (aim {goal:g}x)" if goal else ""))
            lines.append(f"| {work} | " + " | ".join(cells) + " |")
        shares = {
            batch: statistics.median(share for size, share in self.bounds if size == batch)
            for batch in dict.fromkeys(size for size, _ in self.bounds)}
        machine = self.machine
        versions = ", ".join(f"{name} {version}" for name, version in sorted(self.versions.items()))
        text = f"""# gan-exp beside its peers

Medians of {rounds} alternating rounds of `make bench`; the ratio is that of the other program's value to
gan-exp's within a round, and behind it what this project aims at. The work is `Experiments/mlp-mnist.yaml`: two updates of the discriminator and one of the
generator a step, Adam; then `Tests/Benchmarks/dcgan.yaml` and `wgan-gp.yaml`. The peers' programs are in `Tests/Benchmarks`: PyTorch eager with its fused Adam, JAX one jitted
function a step, Keras the tutorial's program as it is taught. Each program has the same processors; another one comes first
in each round.

{chr(10).join(lines)}

Machine: {machine['cpu']}, {machine['threads']} threads, {machine['lanes']} lanes. Python \
{platform.python_version()}, {versions}.
Share of the bound (a step's products at the measured peak of multiply-adds, its optimizer traffic at the measured
bandwidth of memory): {", ".join(f"batch {batch} {share * 100:.0f} %" for batch, share in shares.items())}.
"""
        (folder / "benchmarks.md").write_text(text)
        if rounds == self.options.rounds:
            print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=ROOT / "Documentation")
    parser.add_argument("--threads", type=int, default=min(64, len(os.sched_getaffinity(0))))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    bench = Bench(options)
    for round in range(options.rounds):
        for batch in (128, 32):
            bench.steps(batch, round)
        bench.epoch(round)
        bench.pinned()
        bench.further(round)
        bench.write(round + 1)


if __name__ == "__main__":
    main()
