"""Reads specs by YAML 1.2's core schema: `2e-4` is a number, `no` is a word."""

import re

import yaml


class CoreLoader(yaml.SafeLoader):
    """PyYAML's safe loader with the resolution of YAML 1.2's core schema."""

    yaml_implicit_resolvers = {}


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def load(path):
    """The spec in a file as nested mappings and lists."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=CoreLoader)


def named(entry):
    """A name, or a name with its fields, as the pair of both."""
    if isinstance(entry, str):
        return entry, {}
    ((name, fields),) = entry.items()
    return name, dict(fields or {})
