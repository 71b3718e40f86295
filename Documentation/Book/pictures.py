"""The pictures of README.md and of the pages that show them, made anew: `make pictures`.

Each is made of a spec of this repository: a file of Experiments, or one that a page shows. Runs that are there already are not
trained again. Those of the gallery are made by `make gallery`, Documentation/scaling.png by `make scaling`, which measures.
"""

import argparse
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = os.path.dirname(HERE)
ROOT = os.path.dirname(PAGES)


def shown(page, name):
    """The spec of a name that a page shows."""
    with open(os.path.join(PAGES, page)) as file:
        block = re.search(rf"```yaml\n(# {re.escape(name)}\n.*?)```\n", file.read(), re.DOTALL)
    return block[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--runs", default=".build-pictures")
    options = parser.parse_args()
    program = os.path.abspath(options.program) if os.sep in options.program else options.program
    os.makedirs(options.runs, exist_ok=True)

    def gan(*words):
        subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL)

    def trained(spec, name):
        """The folder of a run of a spec that is complete."""
        folder = os.path.join(options.runs, name, "001")
        if os.path.exists(os.path.join(folder, "run.json")):
            gan("resume", folder, "--quiet")
        else:
            gan("run", spec, "--runs", options.runs, "--quiet")
        return folder

    def sheet(folder, place):
        """Copies the last sheet of a run."""
        sheets = os.path.join(folder, "samples")
        shutil.copyfile(os.path.join(sheets, sorted(os.listdir(sheets))[-1]), os.path.join(PAGES, place))

    for folder in ("tutorial", "samples"):
        os.makedirs(os.path.join(PAGES, folder), exist_ok=True)
    sheet(trained(os.path.join(ROOT, "Experiments", "mlp-mnist.yaml"), "mlp-mnist"), "mlp-mnist.png")
    article = os.path.join(options.runs, "article.yaml")
    with open(article, "w") as file:
        file.write(shown("tutorial.md", "article.yaml"))
    sheet(trained(article, "article"), "tutorial/sheet.png")
    # A GAN that leaves some of its modes out, and what its discriminator says of them.
    grid = trained(os.path.join(ROOT, "Experiments", "grid-gan.yaml"), "grid-gan")
    for backdrop in ("density", "score"):
        gan("sample", grid, "--backdrop", backdrop, "-o", os.path.join(PAGES, "samples", f"grid-{backdrop}.png"))


if __name__ == "__main__":
    main()
