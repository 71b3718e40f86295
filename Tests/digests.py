#!/usr/bin/env python3
"""The bits of every spec: SHA-256 of what a shortened run of each file of Experiments and Tests/Golden leaves.

    python3 Tests/digests.py PROGRAM > before.txt      # before a change
    python3 Tests/digests.py PROGRAM --against before.txt
    python3 Tests/digests.py PROGRAM --against before.txt --option=--lanes=8 --option=--threads=3

A line for each file: the digest, the spec, the file. Of a checkpoint the digest is that of its tensors (names, types, shapes,
bytes): its metadata say who wrote it. metrics.csv is digested whole and, for a change that is meant to touch single columns,
column by column. With --against the differing lines are listed, and those of runs that failed or left less than before; the
exit status is 1 if there are any.
"""

import argparse
import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def sha(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def tensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    parts = []
    for name, tensor in sorted(header.items()):
        # The sums of an unfinished row of metrics.csv are no state of the networks.
        if name != "metrics.sums":
            begin, end = (8 + length + offset for offset in tensor["data_offsets"])
            parts += [f"{name} {tensor['dtype']} {tensor['shape']}".encode(), data[begin:end]]
    return sha(*parts)


def columns(path):
    lines = [line.split(",") for line in path.read_text().splitlines()]
    for index, name in enumerate(lines[0]):
        yield name, sha("\n".join(line[index] for line in lines).encode())


def digests(program, spec, steps, options):
    # None of these files depends on an evaluation, which would take longer than so few steps; a GAN has one where none is said.
    if not any(line.startswith("network:") for line in spec.read_text().splitlines()):
        options = ["--set", "evaluation=null", *options]
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            [program, "run", str(spec), "--runs", scratch, "--quiet", "--set", f"training.steps={steps}",
             "--set", "record.metrics_every=5", *options],
            capture_output=True, text=True)
        if done.returncode != 0:
            yield f"status {done.returncode}", done.stderr.strip().splitlines()[0] if done.stderr.strip() else ""
            return
        run = pathlib.Path(done.stdout.strip().splitlines()[-1])
        yield sha((run / "metrics.csv").read_bytes()), "metrics.csv"
        for name, digest in columns(run / "metrics.csv"):
            yield digest, f"metrics.csv:{name}"
        for sheet in sorted((run / "samples").iterdir()):
            yield sha(sheet.read_bytes()), f"samples/{sheet.name}"
        newest = sorted((run / "checkpoints").iterdir())[-1]
        yield tensors(newest), f"checkpoints/{newest.name}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--against", type=pathlib.Path)
    arguments.add_argument("--steps", type=int, default=40, help="of the files of Experiments; golden specs keep their own 20")
    arguments.add_argument("--option", action="append", default=[], help="of run, such as --option=--lanes=8")
    options = arguments.parse_args()
    before = None
    if options.against:
        before = {tuple(line.split(" ", 2)[1:]): line.split(" ", 2)[0] for line in options.against.read_text().splitlines()}
    differing = 0
    found, failed = set(), set()
    for folder, steps in (("Experiments", options.steps), ("Experiments/Vocabulary", options.steps), ("Tests/Golden", 20)):
        for spec in sorted((ROOT / folder).glob("*.yaml")):
            name = str(spec.relative_to(ROOT))
            for digest, file in digests(options.program, spec, steps, options.option):
                line = (name, file.replace(" ", "_"))
                found.add(line)
                if before is None:
                    print(digest.replace(" ", "_"), *line, flush=True)
                elif digest.startswith("status "):
                    # Even where it failed before: nothing is known of its bits.
                    differing += 1
                    failed.add(name)
                    print("not run:", name, digest, file, flush=True)
                elif before.get(line) != digest.replace(" ", "_"):
                    differing += 1
                    print("differs" if line in before else "is new", *line, flush=True)
    if before is not None:
        for line in before:
            if line not in found and line[0] not in failed:
                differing += 1
                print("not run:", *line, flush=True)
        print(f"{differing} lines differ or are missing" if differing else "the same bits")
    sys.exit(1 if differing else 0)


main()
