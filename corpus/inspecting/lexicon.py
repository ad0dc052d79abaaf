"""The word lists of the inspections: data files beside the code, read once."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The lexicon `name` (a TOML file of `corpus/inspecting/lexicon/`)."""
    return tomllib.loads(resources.files("corpus.inspecting").joinpath(f"lexicon/{name}.toml").read_text("utf-8"))
