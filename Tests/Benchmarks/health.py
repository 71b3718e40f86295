"""Hits and false alarms of the symptoms that `gan-exp` finds in its runs: forty runs that are as they should be, forty that are
spoilt on purpose, each by its learning rate, a critic that is too strong, too few data, or a loss without what holds it.

    python3 Tests/Benchmarks/health.py --program .build/release/gan-exp --runs .build-health

Runs that are there already are not trained again. Ends with a table of what the runs of each kind show.
"""

import argparse
import collections
import csv
import os

import runs

HERE = os.path.dirname(os.path.abspath(__file__))
EXPERIMENTS = os.path.join(HERE, "..", "..", "Experiments")

def rates(generator, discriminator):
    return [
        f"optimizers.generator.adam.learning_rate={generator}",
        f"optimizers.discriminator.adam.learning_rate={discriminator}",
    ]


def images(name, seeds, *overrides):
    return [(f"{name}-{seed}", os.path.join(HERE, "health.yaml"), list(overrides), seed) for seed in seeds]


def points(name, base, seeds, *overrides):
    usual = ["training.epochs=40", "evaluation.every=2", "evaluation.at_end={samples: 500, metrics: [modes]}",
             "record.metrics_every=98", "record.samples_every=100000", "record.checkpoint_every=100000"]
    return [(f"{name}-{seed}", os.path.join(EXPERIMENTS, base + ".yaml"), usual + list(overrides), seed) for seed in seeds]


RELU = [f"discriminator.{layer}.dense.activation=relu" for layer in (1, 2)]

HEALTHY = (
    images("small", range(1, 9))
    + images("hinge", range(1, 5), "loss=hinge")
    + images("least-squares", range(1, 5), "loss=least_squares")
    + images("r1", range(1, 4), "regularization=[r1: {gamma: 1}]")
    + images("gradient-penalty", range(1, 4), "loss=wasserstein", "regularization=[gradient_penalty: {weight: 10}]")
    + images("smoothed", range(1, 3), "loss={non_saturating: {label_smoothing: 0.1}}")
    + images("clothes", range(1, 5), "dataset={fashion_mnist: {subset: 12000}}")
    + points("ring", "ring-gan", range(1, 7))
    + points("pacgan", "grid-pacgan", range(1, 7), "training.epochs=80", "evaluation.every=4")
)

SPOILT = (
    images("fast", range(1, 5), *rates(2e-2, 2e-2))
    + images("fast-hinge", range(1, 3), "loss=hinge", *rates(2e-2, 2e-2))
    + images("strong-critic", range(1, 5), "loss=minimax", *rates(2e-5, 2e-3))
    + images("many-critic-steps", range(1, 4), "loss=minimax", "training.discriminator_steps=10", "training.epochs=40",
             "evaluation.every=4", "record.metrics_every=9")
    + images("few-data", range(1, 5), "dataset={mnist: {subset: 32}}", "training.batch_size=32", "training.epochs=16000",
             "evaluation.every=800", "record.metrics_every=200")
    + images("unbounded-critic", range(1, 5), "loss=wasserstein", "regularization=[weight_clipping: {limit: 100}]",
             *rates(5e-4, 2e-3))
    + images("dead-critic", range(1, 5), *RELU, *rates(5e-4, 0.3))
    + images("fast-generator", range(1, 5), *rates(1e-2, 2e-5))
    + points("fast-ring", "ring-gan", range(1, 5), *rates(0.05, 0.05))
    + points("lost-modes", "grid-gan", range(1, 5))
    + points("slow-critic-ring", "ring-gan", range(1, 4), *rates(1e-2, 1e-4))
)


def begin(program, folder, case):
    """A run that has begun; nothing where it is there already."""
    name, spec, overrides, seed = case
    if os.path.exists(os.path.join(folder, name, "001", "run.json")):
        return None
    return runs.start([program, "run", spec, "--runs", folder], overrides + [f"name={name}", f"seed={seed}"])


def shown(folder, name):
    """The symptoms that any row of a run shows."""
    with open(os.path.join(folder, name, "001", "health.csv")) as file:
        rows = list(csv.DictReader(file))
    return [column for column in rows[0] if column not in ("step", "epoch") and any(row[column] == "1" for row in rows)]


def table(folder, cases, kind):
    """Prints how many runs of each family show what."""
    families = collections.defaultdict(list)
    for name, _, _, _ in cases:
        families[name.rsplit("-", 1)[0]].append(shown(folder, name))
    for family, found in families.items():
        counts = collections.Counter(symptom for symptoms in found for symptom in symptoms)
        what = ", ".join(f"{symptom} {count}" for symptom, count in counts.most_common()) or "nothing"
        print(f"{kind:8}{family:20}{sum(map(bool, found)):3} of {len(found)}   {what}")
    return sum(bool(symptoms) for found in families.values() for symptoms in found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="gan-exp")
    parser.add_argument("--runs", default=".build-health")
    parser.add_argument("--shift", type=int, default=0, help="added to every seed: other runs of the same kinds")
    parser.add_argument("--only", default="", help="runs whose names begin so")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program) if os.sep in arguments.program else arguments.program

    def chosen(cases):
        shifted = [
            (f"{name.rsplit('-', 1)[0]}-{seed + arguments.shift}", spec, overrides, seed + arguments.shift)
            for name, spec, overrides, seed in cases]
        return [case for case in shifted if case[0].startswith(arguments.only)]

    healthy, spoilt = chosen(HEALTHY), chosen(SPOILT)
    runs.train(
        (case[0], lambda case=case: begin(program, arguments.runs, case)) for case in healthy + spoilt)
    alarms, hits = table(arguments.runs, healthy, "healthy"), table(arguments.runs, spoilt, "spoilt")
    print(f"false alarms {alarms} of {len(healthy)}, hits {hits} of {len(spoilt)}")


if __name__ == "__main__":
    main()
