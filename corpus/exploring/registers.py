"""What all pages of an explorer share: what the dataset is, and its registers by id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.exploring.library import Library, Row
from corpus.tables.files import read_manifest
from corpus.terminal import shortened

_QUOTED = re.compile(r"^> \*\*(Content warning|Rights)\.\*\* (.*?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
# Names that the page itself gives to its parts.
_TAKEN = frozenset(
    "start articles claims figures pictures sources compare panel main data index top head results".split()
)
_MOST_OF_A_CARD = 2**22
_SENTENCE = re.compile(r"[^.!?…]*[.!?…](?=\s|$)")
_LONGEST_CAUTION = 240
_WARNING = (
    "The wording of the texts is their outlets'; it is neither endorsed nor condemned here. What the texts claim was "
    "not checked here."
)
_RIGHTS = "The texts remain their publishers' and authors'. Republishing them needs a ground in law or a permission."


@dataclass(frozen=True, slots=True)
class About:
    """What the dataset is, in the words of whoever declared it."""

    title: str
    version: str
    released: str
    digest: str
    content_warning: str
    rights_notice: str

    @property
    def caution(self) -> str:
        """The first sentence of the content warning, for the head of every page."""
        first = _SENTENCE.match(self.content_warning)
        return shortened(first[0] if first else self.content_warning, _LONGEST_CAUTION)


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers by id. `statements`: what is said of a source, by source; `terms`: what a term of a list means."""

    about: About
    sources: Mapping[str, Row]
    actors: Mapping[str, Row]
    quantities: Mapping[str, Row]
    seeds: Mapping[str, Row]
    statements: Mapping[str, list[Row]]
    terms: Mapping[tuple[str, str], str]

    def source_name(self, source_id: str | None) -> str:
        """The name of an outlet, or that it is not known."""
        return str(self.sources.get(source_id or "", {}).get("name") or source_id or "outlet not known")

    def actor_name(self, actor_id: str | None) -> str | None:
        """The register's name of an actor; None where the claim has none."""
        return str(self.actors.get(actor_id, {}).get("name") or actor_id) if actor_id else None


def about_dataset(folder: Path) -> About:
    """What manifest and card say of the dataset; for what they do not say, sentences that are true of any corpus."""
    return about_said(read_manifest(folder), _card(folder / "README.md"), folder.resolve().name)


def about_said(manifest: Mapping[str, Any], card: str, name: str) -> About:
    """The same from a manifest's values and a card's text. `name`: for a dataset that has none."""
    said, version = dict(_QUOTED.findall(card)), str(manifest.get("version") or "unversioned")
    heading = re.search(rf"^# (.{{1,200}}?) {re.escape(version)}(?:, .*)?$", card, re.MULTILINE)
    rights = re.sub(r"\s*See \[[^\]]*\]\([^)]*\)\.\s*$", "", said.get("Rights", _RIGHTS))
    return About(
        title=heading[1] if heading else str(manifest.get("name") or name),
        version=version,
        released=str(manifest.get("released") or ""),
        digest=str(manifest.get("digest") or ""),
        content_warning=said.get("Content warning", _WARNING),
        rights_notice=rights,
    )


def read_registers(library: Library, about: About) -> Registers:
    """All registers of a dataset: they are small beside the texts."""
    statements: dict[str, list[Row]] = {}
    for row in library.rows("SELECT * FROM perspectives ORDER BY source_id, statement_id"):
        statements.setdefault(row["source_id"], []).append(row)
    terms = {(row["list"], row["term"]): row["means"] for row in library.rows("SELECT * FROM vocabulary")}
    return Registers(
        about,
        _by_id(library, "sources", "source_id"),
        _by_id(library, "actors", "actor_id"),
        _by_id(library, "quantities", "quantity_id"),
        _by_id(library, "seeds", "seed_id"),
        statements,
        terms,
    )


def unnamed(claimant_start: int | None) -> str:
    """What to say of a speaker of whom neither words nor a register's name are at hand.

    `claimant_start`: where the text names the speaker; it is known of a dataset without texts, too.
    """
    return "speaker not named" if claimant_start is None else "speaker whom only the text names"


def anchor_of(identifier: str) -> str:
    """An id as it may stand in an address and in the name of a file: itself, or a digest of it.

    Ids of a dataset made elsewhere may hold anything; none may leave its folder or meet a name of the page.
    """
    if _ANCHOR.fullmatch(identifier) and identifier.lower() not in _TAKEN and ".." not in identifier:
        return identifier
    return "id-" + hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()[:16]


def _by_id(library: Library, table: str, key: str) -> dict[str, Any]:
    return {row[key]: row for row in library.rows(f"SELECT * FROM {table} ORDER BY {key}")}  # noqa: S608 - own names


def _card(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_OF_A_CARD).decode("utf-8", "replace")
    except OSError:
        return ""
