"""Inception-v3 of Fréchet inception distances: torch-fidelity's network with random values, and what it makes of pictures.

    python3 Tests/Benchmarks/inception.py FOLDER

Writes into FOLDER, for the test InceptionTests: inception.pth as the public file is, inception.safetensors by the script of
Documentation/evaluation.md, folders of pictures, and beside each NAME.f32 the features of torch-fidelity, float32, row-major.
"""

import importlib.util
import re
import runpy
import sys
import types
from pathlib import Path

import numpy as np
import torch
from PIL import Image

PAGE = Path(__file__).parents[2] / "Documentation" / "evaluation.md"
# Shapes as InceptionTests has them: [rows, columns, channels].
FOLDERS = {"gray": (28, 28, 1), "color": (40, 56, 3), "large": (310, 350, 3)}
PICTURES = 12


def network(path):
    """torch-fidelity's network, without its package, which loads torchvision."""
    package = types.ModuleType("torch_fidelity")
    package.__path__ = importlib.util.find_spec("torch_fidelity").submodule_search_locations
    sys.modules["torch_fidelity"] = package
    from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3

    class RandomInception(FeatureExtractorInceptionV3):
        def load_state_dict(self, _):
            return super().load_state_dict(random_values(self.state_dict()))

    torch.save({}, path)
    made = RandomInception("random", ["2048"], feature_extractor_weights_path=path)
    torch.save(made.state_dict(), path)
    return made


def random_values(shapes):
    """Kernels by He et al., 2015, by which values keep their size with depth, and statistics unlike those of a new network."""
    draws = torch.Generator().manual_seed(1)
    values = {}
    for name, value in shapes.items():
        size = tuple(value.shape)
        if name.endswith("num_batches_tracked"):
            values[name] = torch.tensor(1)
        elif name.endswith(("bn.weight", "running_var")):
            values[name] = torch.rand(size, generator=draws) + 0.5
        elif len(size) > 1:
            values[name] = torch.randn(size, generator=draws) * (2 / np.prod(size[1:])) ** 0.5
        else:
            values[name] = torch.randn(size, generator=draws) * 0.1
    return values


def pictures(folder, shape, draws):
    """Blocks of colours and noise, as PNG files; and what they are as [N, 3, rows, columns]."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, columns, channels = shape
    made = []
    for number in range(PICTURES):
        blocks = draws.integers(0, 256, (5, 4, channels))
        image = blocks[np.arange(rows) * 5 // rows][:, np.arange(columns) * 4 // columns]
        image = np.clip(image + draws.integers(-60, 61, shape) * (number % 3), 0, 255).astype(np.uint8)
        Image.fromarray(image[..., 0] if channels == 1 else image).save(folder / f"{number:02}.png")
        made.append(np.broadcast_to(image, (rows, columns, 3)))
    return torch.from_numpy(np.stack(made)).permute(0, 3, 1, 2).contiguous()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    peer = network(folder / "inception.pth")
    script = next(block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S) if "KERNEL" in block)
    (folder / "inception.py").write_text(script)
    sys.argv = ["inception.py", str(folder / "inception.pth"), str(folder / "inception.safetensors")]
    runpy.run_path(str(folder / "inception.py"))
    draws = np.random.default_rng(1)
    for name, shape in FOLDERS.items():
        images = pictures(folder / name, shape, draws)
        features = peer(images)[0].numpy()
        features.astype("<f4").tofile(folder / f"{name}.f32")
        print(f"{name}: features {features.min():.3g} to {features.max():.3g}, between pictures "
              f"{features.std(axis=0).mean():.3g}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
