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


@functools.lru_cache(maxsize=64)
def stopwords_of(primary: str) -> frozenset[str]:
    """The stopwords of a language (`en`); none where the lexicon has none."""
    return frozenset(read_lexicon("boilerplate").get(primary, {}).get("stopwords", "").split())
