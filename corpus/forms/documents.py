"""The values that every form hands on: documents, faults, and which field holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

FACTS = ("id", "title", "authors", "outlet", "published", "language", "locator")
"""What the fields of a record beside its text may state."""

_MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a file.

    `record`: number of the record from 1, or 0 where the file as a whole is the document. `field`: the field that
    held the text, None where the file has no fields. `text`: as decoded, nothing normalised. `facts`: what the
    record's other fields state, as stripped strings, by the names of `FACTS`; empty ones are left out.
    """

    record: int
    field: str | None
    text: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file or a record cannot be taken, or what a reader of it should know.

    `code`: the code of a rule. `record`: as in `Document`, None where the file is meant. `expected`, `found`: short
    words, not yet escaped for a terminal. `line`: from 1, or None.
    """

    code: str
    record: int | None
    expected: str
    found: str
    line: int | None = None


NOTES = frozenset({"encoding-unsure", "text-field-guessed", "fact-field-missing", "sheet-unread"})
"""Codes that do not keep a text out: the document that they speak of comes all the same."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field of a record holds what; a dotted path leads into nested objects. None: proposed by name."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    authors: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    locator: str | None = None

    def named(self) -> dict[str, str]:
        """The fields that are given, by what they hold."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: path for name, path in pairs if path is not None}


def short(words: object) -> str:
    """`words` as a string of at most 120 code points, for `Fault.found`: what was found may be of any length."""
    text = str(words)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."
