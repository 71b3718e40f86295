"""Opens what gan-exp exports with the programs it is meant for, and compares what they make of it.

    python Tests/Interop/exports.py --program gan-exp --work .build-interop/work [--brief]

Every experiment is trained for a few steps, exported in every form, and run by safetensors, NumPy, PyTorch, Keras, onnxruntime and
TensorBoard, as far as they are installed; whoever is not is named. Outputs must agree to 1e-5 with what gan-exp makes of the same
inputs, relative to the largest of them where that is above 1.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 1e-5
# What a short look takes: images and points, classes, codes, spectral norms, residual blocks, a classifier, and every layer.
BRIEF = ["mlp-mnist", "cgan-mnist", "hinge-sngan-mnist", "infogan-mnist", "r3gan-mnist", "ring-gan", "classifier-mnist"]

failures = []
worst = {}


def said(line):
    print(line, flush=True)


def fail(text):
    failures.append(text)
    said(f"FAILED {text}")


def has(module):
    return importlib.util.find_spec(module) is not None


def compare(reader, subject, made, expected):
    if made.shape != expected.shape:
        return fail(f"{reader}: {subject} is {made.shape}, not {expected.shape}")
    difference = float(np.abs(made.astype(np.float64) - expected).max() / max(1, np.abs(expected).max()))
    worst[reader] = max(worst.get(reader, 0), difference)
    if not difference <= TOLERANCE:
        fail(f"{reader}: {subject} differs by {difference:.1e}")


class Program:
    def __init__(self, path, work):
        self.path, self.runs = str(Path(path).resolve()), str(work / "runs")

    def __call__(self, *words, fails=False):
        result = subprocess.run([self.path, *words], capture_output=True, text=True, cwd=ROOT)
        if (result.returncode != 0) != fails:
            raise RuntimeError(f"gan-exp {' '.join(words)}: {result.returncode} {result.stderr[-2000:]}")
        return result.stdout

    def run(self, spec):
        # Four steps move every parameter; a dataset that comes with the program stands for those that do not.
        settings = ["training.epochs=null", "training.steps=4"]
        if "classifier" not in spec.name:
            settings.append("evaluation=null")
        if "fashion" in spec.name:
            settings.append("dataset=mnist")
        words = [word for setting in settings for word in ("--set", setting)]
        return self("run", str(spec), "--runs", self.runs, "--threads", "1", "--quiet", *words).strip()


def script(folder):
    """The generated program of a folder as a module."""
    spec = importlib.util.spec_from_file_location(f"networks_{abs(hash(str(folder)))}", folder / "networks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arrays(path):
    return dict(np.load(path))


def check_run(program, run, work, kinds, subject):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    examples = work / "examples"
    program("export", "npz", run, "-o", str(work / "own.npz"), "--examples", str(examples))
    names = [path.stem for path in sorted(examples.glob("*.npz"))]
    data = {name: arrays(examples / f"{name}.npz") for name in names}
    sampled = work / "samples.npz"
    maker = next((name for name in names if "latent" in data[name]), None)
    if maker:
        # What the program's own command makes is an example more.
        program("sample", run, "-n", "20", "-o", str(sampled))
    own = arrays(work / "own.npz")

    def cases(name, inputs, output):
        yield "examples", data[name]
        if name == maker:
            yield "samples", arrays(sampled)

    def each(reader, run_network):
        for name in names:
            example = data[name]
            known = ("latent", "samples") if "latent" in example else ("samples",)
            inputs = known[0]
            output = next(key for key in example if key not in (inputs, "labels"))
            for kind, case in cases(name, inputs, output):
                labels = case.get("labels") if "labels" in example else None
                compare(reader, f"{subject} {name} ({kind})", run_network(name, case[inputs], labels), case[output])

    if "safetensors" in kinds:
        from safetensors.numpy import load_file

        program("export", "safetensors", run, "-o", str(work / "own.safetensors"))
        loaded = load_file(work / "own.safetensors")
        if loaded.keys() != own.keys() or any((loaded[key] != own[key]).any() for key in own):
            fail(f"safetensors: {subject} has other parameters than the .npz")
        worst.setdefault("safetensors", 0.0)
    for kind in ("torch", "keras"):
        if kind in kinds:
            program("export", kind, run, "-o", str(work / kind))
            module = script(work / kind)
            networks = module.load()
            each(kind, lambda name, inputs, labels: module.run(name, networks, inputs, labels))
            if kind == "torch" and not subject.startswith("layers"):
                # The program by itself, as the documentation says.
                subprocess.run(
                    [sys.executable, work / kind / "networks.py", names[0], "--inputs", examples / f"{names[0]}.npz", "-o",
                     work / "made.npz"], check=True)
    if "onnx" in kinds:
        import onnx
        import onnxruntime

        sessions = {}
        for name in names:
            path = work / f"{name}.onnx"
            program("export", "onnx", run, "--network", name, "-o", str(path))
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            first = model.graph.input[0].type.tensor_type.shape.dim[0]
            if first.dim_param != "batch":
                fail(f"onnx: {subject} {name} has no symbolic batch")
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.log_severity_level = 3
            sessions[name] = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

        def run_onnx(name, inputs, labels):
            given = {sessions[name].get_inputs()[0].name: inputs}
            if labels is not None:
                given["labels"] = labels
            return sessions[name].run(None, given)[0]

        each("onnxruntime", run_onnx)
    said(f"{subject}: {', '.join(names)}")


def check_tensorboard(program, work):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import plugin_data_pb2

    spec = ROOT / "Experiments" / "ring-gan.yaml"
    wanted = [
        "--set", "training.epochs=60", "--set", "dataset={gaussian_ring: {samples: 2048}}", "--set", "record.tensorboard=true",
        "--set", "record.metrics_every=20", "--set", "record.checkpoints_kept=2", "--set", "record.checkpoint_every=10",
        "--set", "record.samples_every=20", "--set", "evaluation.every=20",
    ]
    base = ["run", str(spec), "--runs", program.runs, "--threads", "1", "--quiet", *wanted]
    whole = Path(program(*base).strip())
    # The same, stopped by a signal and gone on with: the same bytes.
    process = subprocess.Popen([program.path, *base], cwd=ROOT, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
    folder = whole.parent / f"{int(whole.name) + 1:03d}"
    while process.poll() is None:
        if (ROOT / folder / "metrics.csv").exists() and (ROOT / folder / "metrics.csv").read_text().count("\n") > 5:
            process.kill()
            break
    process.wait()
    if json.loads((ROOT / folder / "run.json").read_text())["status"] != "running":
        fail("tensorboard: the run was not killed while it was at work")
    events = "events.out.tfevents.0.gan-exp"
    torn = ROOT / folder / events
    if torn.exists():
        with torn.open("ab") as file:
            file.write(b"\x20\0\0\0\0\0\0\0torn")
    program("resume", str(folder), "--quiet", "--threads", "1")
    first, second = ((ROOT / run / events).read_bytes() for run in (whole, folder))
    if first != second:
        fail("tensorboard: a run that was killed has another events file")
    program("export", "tensorboard", str(whole), "-o", str(work / "board"))
    if (work / "board" / events).read_bytes() != first:
        fail("tensorboard: the export differs from what the run wrote")
    board = EventAccumulator(str(ROOT / whole), size_guidance={"images": 0, "scalars": 0, "histograms": 0})
    board.Reload()
    for table in ("metrics", "evaluation"):
        lines = [line.split(",") for line in (ROOT / whole / f"{table}.csv").read_text().split()]
        for place, column in enumerate(lines[0]):
            if column in ("step", "epoch"):
                continue
            read = [(event.step, event.value) for event in board.Scalars(f"{table}/{column}")]
            written = [(int(line[0]), float(np.float32(line[place]))) for line in lines[1:]]
            if len(read) != len(written) or any(
                a != c or not (b == d or (b != b and d != d)) for (a, b), (c, d) in zip(read, written)):
                fail(f"tensorboard: {table}/{column} is {read[:3]}, not {written[:3]}")
    sheets = sorted((ROOT / whole / "samples").glob("*.png"))
    read = [(event.step, event.encoded_image_string) for event in board.Images("samples")]
    if [data for _, data in read] != [sheet.read_bytes() for sheet in sheets]:
        fail("tensorboard: the sheets are others")
    own = arrays_of_checkpoint(program, whole, work)
    for name, values in own.items():
        histogram = board.Histograms(f"parameters/{name}")[-1].histogram_value
        if histogram.num != values.size or not np.isclose(histogram.sum, values.sum(dtype=np.float64)):
            fail(f"tensorboard: the histogram of {name} is of other values")
        counts, _ = np.histogram(values.astype(np.float64), bins=30)
        if values.size > 1 and values.min() < values.max() and np.abs(counts - np.array(histogram.bucket)).sum() > 4:
            fail(f"tensorboard: the histogram of {name} has other counts")
    if len(board.Histograms(f"parameters/{next(iter(own))}")) != 6:
        fail("tensorboard: histograms of checkpoints that are gone are lost")
    plugin = board.summary_metadata["_hparams_/session_start_info"].plugin_data
    start = plugin_data_pb2.HParamsPluginData.FromString(plugin.content).session_start_info
    if start.hparams["training.batch_size"].number_value != 256:
        fail("tensorboard: no hyperparameters")
    said(f"tensorboard: {len(first)} bytes, {len(board.Tags()['scalars'])} series, {len(read)} sheets, "
         f"{len(board.Tags()['histograms'])} parameters, {len(start.hparams)} hyperparameters")
    worst["tensorboard"] = 0.0


def check_hub(program, work):
    """A folder for the hub of Hugging Face: the card is read by its own library, the parameters by PyTorch."""
    from huggingface_hub import ModelCard

    spec = ROOT / "Experiments" / "ring-gan.yaml"
    run = program("run", str(spec), "--runs", program.runs, "--threads", "1", "--quiet", "--set", "training.epochs=2").strip()
    folder = work / "hub"
    program("export", "hf", run, "-o", str(folder))
    card = ModelCard.load(folder / "README.md")
    results = {result.metric_type: result.metric_value for result in card.data.eval_results}
    rows = [line.split(",") for line in (ROOT / run / "verdict.csv").read_text().split()[1:]]
    if results != {row[1]: float(row[2]) for row in rows} or not rows:
        fail(f"hf: the card has the metrics {results}")
    if card.data.datasets != ["gaussian_ring"] or "gan" not in card.data.tags or card.data.library_name != "pytorch":
        fail(f"hf: the card has the header {card.data}")
    config = json.loads((folder / "config.json").read_text())
    program("sample", run, "-n", "20", "-o", str(work / "hub.npz"))
    module, case = script(folder), arrays(work / "hub.npz")
    made = module.run(config["architectures"][0], module.load(), case["latent"])
    compare("hf", "ring-gan", made, case["samples"])
    said(f"hf: {', '.join(sorted(path.name for path in folder.iterdir()))}")


def check_mlflow(program, work):
    """A server of its own takes a run, and MLflow's client reads it back."""
    import socket
    import time
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
         "--backend-store-uri", f"sqlite:///{work}/mlflow.db", "--artifacts-destination", str(work / "artifacts")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/health").read()
                break
            except OSError:
                time.sleep(0.2)
        from mlflow.tracking import MlflowClient

        spec = ROOT / "Experiments" / "ring-gan.yaml"
        run = program(
            "run", str(spec), "--runs", program.runs, "--threads", "1", "--quiet", "--set", "training.epochs=2").strip()
        page = program("export", "mlflow", run, "-o", address + "/").strip()
        client = MlflowClient(address)
        read = client.get_run(page.rsplit("/", 1)[1])
        if read.info.status != "FINISHED" or read.data.params["training.batch_size"] != "256":
            fail(f"mlflow: {read.info.status}, {read.data.params.get('training.batch_size')}")
        if read.data.params["generator.0.dense.units"] != "128":
            fail("mlflow: the layers' settings are others")
        lines = [line.split(",") for line in (ROOT / run / "metrics.csv").read_text().split()]
        for place, column in enumerate(lines[0]):
            if column not in ("step", "epoch"):
                history = [(m.step, m.value) for m in client.get_metric_history(read.info.run_id, f"metrics/{column}")]
                if history != [(int(line[0]), float(line[place])) for line in lines[1:]]:
                    fail(f"mlflow: metrics/{column} is {history[:3]}")
        # Columns that are measured by features have an @ in their names, which no series there has.
        measured = program(
            "run", str(ROOT / "Experiments" / "mlp-mnist.yaml"), "--runs", program.runs, "--threads", "1", "--quiet",
            "--set", "dataset={mnist: {subset: 512}}", "--set", "training.epochs=1", "--set", "evaluation.samples=64",
            "--set", "evaluation.at_end.samples=64").strip()
        page = program("export", "mlflow", measured, "-o", address).strip()
        other = client.get_run(page.rsplit("/", 1)[1])
        rows = [line.split(",") for line in (ROOT / measured / "evaluation.csv").read_text().split()]
        wanted = {f"evaluation/{name.replace('@', '/')}": float(rows[-1][place])
                  for place, name in enumerate(rows[0]) if name not in ("step", "epoch")}
        if not any("digits-1" in name for name in wanted):
            fail("mlflow: nothing was measured by features")
        if other.info.status != "FINISHED" or any(other.data.metrics.get(name) != value for name, value in wanted.items()):
            fail(f"mlflow: {other.info.status}, {other.data.metrics} in place of {wanted}")
        files = {item.path for item in client.list_artifacts(read.info.run_id)}
        if not {"spec.yaml", "resolved.yaml", "run.json", "metrics.csv", "samples"} <= files:
            fail(f"mlflow: the files are {files}")
        stored = Path(client.download_artifacts(read.info.run_id, "metrics.csv", str(work))).read_bytes()
        if stored != (ROOT / run / "metrics.csv").read_bytes():
            fail("mlflow: metrics.csv is another")
        program("export", "mlflow", run, "-o", f"http://127.0.0.1:{port + 1}", fails=True)
        said(f"mlflow: {len(read.data.params)} settings, {len(read.data.metrics)} series, {len(files)} files and folders")
        worst["mlflow"] = 0.0
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def arrays_of_checkpoint(program, run, work):
    """The parameters that are trained, not their averages."""
    from safetensors import safe_open

    path = sorted((ROOT / run / "checkpoints").glob("step-*.safetensors"))[-1]
    with safe_open(path, "np") as file:
        names = [name for name in file.keys() if "/" not in name and name.split(".")[0] in ("generator", "discriminator")]
        return {name: file.get_tensor(name) for name in names if not name.endswith((".u", ".moving_mean", ".moving_variance"))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--brief", action="store_true")
    options = parser.parse_args()
    work = Path(options.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    program = Program(options.program, work)
    needs = {"safetensors": ["safetensors"], "torch": ["torch", "safetensors"], "keras": ["keras", "torch"],
             "onnx": ["onnx", "onnxruntime"], "tensorboard": ["tensorboard"], "hf": ["huggingface_hub", "torch"], "mlflow": ["mlflow"]}
    kinds = {kind for kind, modules in needs.items() if all(map(has, modules))}
    for kind in sorted(needs.keys() - kinds):
        said(f"not installed, not checked: {kind}")
    specs = sorted((ROOT / "Experiments").glob("*.yaml")) + sorted((ROOT / "Experiments" / "Vocabulary").glob("*.yaml"))
    specs = [spec for spec in specs if not options.brief or spec.stem in BRIEF] + [ROOT / "Tests" / "Interop" / "layers.yaml"]
    for spec in specs:
        try:
            check_run(program, program.run(spec), work / spec.stem, kinds, spec.stem)
        except Exception as error:
            fail(f"{spec.stem}: {type(error).__name__}: {str(error)[-1500:]}")
    for kind, check in [("tensorboard", check_tensorboard), ("hf", check_hub), ("mlflow", check_mlflow)]:
        if kind in kinds:
            try:
                check(program, work)
            except Exception as error:
                fail(f"{kind}: {type(error).__name__}: {str(error)[-1500:]}")
    for reader, difference in sorted(worst.items()):
        said(f"{reader}: largest difference {difference:.1e}")
    print(json.dumps(failures, indent=1) if failures else "all exports are read as they were meant")
    sys.exit(1 if failures else 0)


main()
