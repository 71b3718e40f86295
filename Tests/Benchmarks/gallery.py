"""The gallery made anew: `make gallery`.

Trains each experiment of Documentation/gallery.md from its spec, two at a time, copies the last sheet to Documentation/gallery
and writes under each picture what the run ended with, and at the end of the page what a step takes. Runs that are there
already are not trained again. With --no-times the table stays as it is.
"""

import argparse
import json
import os
import re
import shutil
import subprocess

import runs

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PAGE = os.path.join(ROOT, "Documentation", "gallery.md")
PICTURES = os.path.join(ROOT, "Documentation", "gallery")


def spec(name):
    return os.path.join(ROOT, "Experiments", name + ".yaml")


def record(folder):
    with open(os.path.join(folder, "run.json")) as file:
        return json.load(file)


def begin(program, place, name):
    """A run that has begun or goes on; nothing where it has ended."""
    folder = os.path.join(place, name, "001")
    if not os.path.exists(os.path.join(folder, "run.json")):
        return runs.start([program, "run", spec(name), "--runs", place], [])
    if record(folder)["status"] in ("complete", "diverged"):
        return None
    return runs.start([program, "resume", folder], [])


def verdict(found):
    """What a run ended with, as indented lines."""
    if found["status"] != "complete":
        return f"    {found['status']}: {found.get('reason', '')}\n"
    return "".join(f"    {line['subject']}: {line['sentence']}\n" for line in found.get("verdicts", []))


def thousands(number):
    return f"{number:,}".replace(",", " ")


def row(program, name, found):
    """A row of the table: what the experiment is, and what a step of it takes here."""
    checked = json.loads(subprocess.run(
        [program, "check", spec(name), "--json"], check=True, capture_output=True, text=True).stdout)
    step = json.loads(subprocess.run(
        [program, "bench", spec(name), "--json"], check=True, capture_output=True, text=True).stdout)
    parameters = ", ".join(thousands(network["parameters"]) for network in checked["networks"])
    return (
        f"| `{name}` | {parameters} | {found['epochs']} | {thousands(found['steps'])} "
        f"| {step['milliseconds']:.3g} | {step['milliseconds'] * found['steps'] / 60_000:.1f} |\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--runs", default=".build-gallery")
    parser.add_argument("--no-times", action="store_true")
    options = parser.parse_args()
    program = os.path.abspath(options.program) if os.sep in options.program else options.program
    with open(PAGE) as file:
        page = file.read()
    names = re.findall(r"\(gallery/(.*)\.png\)", page)
    runs.train([(name, lambda name=name: begin(program, options.runs, name)) for name in names])
    table = ""
    for name in names:
        folder = os.path.join(options.runs, name, "001")
        found = record(folder)
        sheets = sorted(os.listdir(os.path.join(folder, "samples")))
        shutil.copyfile(os.path.join(folder, "samples", sheets[-1]), os.path.join(PICTURES, name + ".png"))
        # What stands under the picture in the form of code is the last run's.
        page = re.sub(
            rf"(\(gallery/{name}\.png\)\n\n)(?:(?:    .*\n)+\n)?", lambda match: match[1] + verdict(found) + "\n", page)
        if not options.no_times:
            table += row(program, name, found)
    if table:
        page = re.sub(r"(\|---\|---\|---\|---\|---\|---\|\n)(?:\| `.*\n)*", lambda match: match[1] + table, page)
    with open(PAGE, "w") as file:
        file.write(page)


if __name__ == "__main__":
    main()
