"""The word lists of the extractor: data files beside the code, read once."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any


@functools.cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The lexicon `name` (a TOML file of `corpus/extracting/lexicon/`)."""
    return tomllib.loads(resources.files("corpus.extracting").joinpath(f"lexicon/{name}.toml").read_text("utf-8"))


def phrases(listed: str) -> list[str]:
    """The phrases of a list that semicolons separate, over as many lines as it takes."""
    return [" ".join(phrase.split()) for phrase in listed.split(";") if phrase.strip()]


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a space stands for any white space."""
    return "|".join(map(_pattern, _ordered(words)))


def any_case(words: Iterable[str]) -> str:
    """As `alternatives`, in any case, for patterns without the flag for that.

    The first letter is a class of two letters, by which a pattern tells at once which words it need not try.
    """
    return "|".join(
        (f"[{word[0].lower()}{word[0].upper()}]" if word[0].isalpha() else re.escape(word[0]))
        + (f"(?i:{_pattern(word[1:])})" if word[1:] else "")
        for word in _ordered(words)
    )


def _ordered(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _pattern(word: str) -> str:
    return re.escape(word).replace("\\ ", r"\s")
