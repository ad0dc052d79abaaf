"""What a look at a text finds: suspicions, each with the code of a rule, a place and short words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.spans import Span


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something in a text that a person should look at.

    `code`: the code of a rule. `span`: code points of the text, None for the whole. `expected`, `found`: short words,
    raw as the text has them: whoever prints them escapes them.
    """

    code: str
    span: Span | None
    expected: str
    found: str


def primary_language(language: str | None) -> str:
    """The primary subtag of a language tag (`en` of `en-GB` or `en_GB`), lower case; empty where none is declared."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()


def character_names(run: str) -> str:
    """The first character of a run as `U+202E RIGHT-TO-LEFT OVERRIDE`, and how many follow it."""
    name = unicodedata.name(run[0], _KINDS.get(unicodedata.category(run[0]), "without a name"))
    more = f" and {len(run) - 1} more in a row" if len(run) > 1 else ""
    return f"U+{ord(run[0]):04X} {name}{more}"


def lines_with_starts(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a text without its line feed, and the code point where it starts."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


_KINDS = {"Cc": "control character", "Co": "private use", "Cs": "surrogate", "Cn": "unassigned"}
