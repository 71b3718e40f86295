"""Writes the files beside it: arrays, pictures and archives whose content the tests know by a formula.

Last done with Python 3.11, NumPy 2.4, Pillow 13 and safetensors 0.8: python Tests/Fixtures/fixtures.py
"""

import io
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import safetensors
from PIL import Image
from safetensors.numpy import save_file

HERE = Path(__file__).parent


def npy(name, array, version=None):
    with open(HERE / name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


def arrays():
    """Value i of every array is 3 i - 5, or 3 i where it has no sign; the shape is [4, 3, 2]."""
    numbers = 3 * np.arange(24) - 5
    for type in ["|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "<f4", ">f4", "<f8", ">f8"]:
        npy(f"{type.strip('|').replace('<', 'little-').replace('>', 'big-')}.npy", numbers.astype(type).reshape(4, 3, 2))
    for type in ["|u1", "<u2", ">u4", "<u8"]:
        name = f"{type.strip('|').replace('<', 'little-').replace('>', 'big-')}.npy"
        npy(name, (numbers + 5).astype(type).reshape(4, 3, 2))
    npy("column-major.npy", np.asfortranarray(numbers.astype("<f4").reshape(4, 3, 2)))
    npy("column-major-u1.npy", np.asfortranarray((numbers + 5).astype("u1").reshape(4, 3, 2)))
    npy("version-2.npy", numbers.astype("<f4").reshape(4, 3, 2), version=(2, 0))
    npy("version-3.npy", numbers.astype("<f4").reshape(4, 3, 2), version=(3, 0))
    npy("labels.npy", np.array([2, 0, 1, 2]))
    npy("structured.npy", np.zeros(3, dtype=[("a", "f4")]))
    npy("complex.npy", np.zeros(3, dtype="c8"))


def tensors():
    """Value i of every tensor is (3 i - 5) / 4, or 3 i where it has no fractions; the shape is [2, 3]."""
    numbers = 3 * np.arange(6).reshape(2, 3)
    quarters = (numbers - 5) / 4
    floats = {type: quarters.astype(type) for type in ["f8", "f4", "f2"]}
    # What a smaller type cannot hold as it is, or only as a subnormal number.
    floats["third"] = np.array([1 / 3, 1e300, -1e-300, 2.0**-149])
    floats["half"] = np.array([65504, -np.inf, 2.0**-24, -0.0], dtype="f2")
    floats["scalar"] = np.array(7, dtype="f4")
    floats["empty"] = np.zeros([3, 0], dtype="f4")
    save_file(floats, HERE / "floats.safetensors", metadata={"format": "pt", "é\n": "\"quoted\""})
    types = ["i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?"]
    save_file({type.replace("?", "bool"): numbers.astype(type) for type in types}, HERE / "integers.safetensors")
    # bfloat16 is the upper half of binary32; NumPy has none of these types.
    upper = lambda values: (np.asarray(values, dtype="<f4").view("<u4") >> 16).astype("<u2")
    content = {
        "quarters": ("bfloat16", [2, 3], upper(quarters)),
        "bounds": ("bfloat16", [3], upper([-np.inf, 2.0**-133, 2.0**127])),
        "eighths": ("float8_e4m3fn", [5], np.zeros(5, dtype="u1")),
        "sixteenths": ("float4_e2m1fn_x2", [2, 2], np.zeros(4, dtype="u1")),
    }
    tensors = {
        name: safetensors.TensorSpec(dtype=type, shape=shape, data_ptr=array.ctypes.data, data_len=array.nbytes)
        for name, (type, shape, array) in content.items()
    }
    (HERE / "brain.safetensors").write_bytes(safetensors.serialize(tensors))


def picture(height, width):
    """Red rises to the right, green downwards, blue is 60."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 255 // (width - 1), y * 255 // (height - 1), np.full_like(x, 60)], axis=2).astype(np.uint8)


def pictures():
    color = Image.fromarray(picture(12, 20))
    color.save(HERE / "color.png")
    color.save(HERE / "color.jpg", quality=95, subsampling=0)
    color.save(HERE / "progressive.jpg", quality=95, subsampling=0, progressive=True)
    color.convert("L").save(HERE / "gray.png")
    color.convert("L").save(HERE / "gray.jpg", quality=95)
    color.quantize(256).save(HERE / "palette.png")
    color.convert("CMYK").save(HERE / "cmyk.jpg")
    half = picture(12, 20)
    Image.fromarray(np.dstack([half, np.where(np.arange(20) < 10, 255, 0) * np.ones((12, 1))]).astype(np.uint8)).save(
        HERE / "transparent.png")
    Image.fromarray(((np.arange(12 * 20) * 257 % 65536).astype(np.uint16)).reshape(12, 20)).save(HERE / "sixteen-bits.png")


def archives():
    files = {"folder/a.bin": bytes(range(256)) * 3, "folder/other.bin": b"", "folder/c.bin": b"hello" * 500}
    with tarfile.open(HERE / "archive.tar.gz", "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    with zipfile.ZipFile(HERE / "archive.zip", "w") as archive:
        for name, content in files.items():
            method = zipfile.ZIP_STORED if name.endswith("a.bin") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    # What the first formats of tar and ZIP have no room for: long paths, other scripts, files beyond 4 GiB.
    with tarfile.open(HERE / "pax.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        for name in ["long" * 40 + "/a.bin", "größe/b.bin", "c.bin"]:
            entry = tarfile.TarInfo(name)
            entry.size = 5
            archive.addfile(entry, io.BytesIO(b"hello"))
        for type in [tarfile.LNKTYPE, tarfile.SYMTYPE]:
            entry = tarfile.TarInfo("link.bin")
            entry.type, entry.linkname = type, "c.bin"
            archive.addfile(entry)
    with zipfile.ZipFile(HERE / "zip64.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(zipfile.ZipInfo("größe/a.bin"), "w", force_zip64=True) as file:
            file.write(b"hellohello")


arrays()
pictures()
archives()
tensors()
