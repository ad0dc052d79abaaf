"""Is everything that is gone in the register of what was taken down?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from corpus.comparing.datasets import table_files
from corpus.comparing.tables import gone, values_of
from corpus.errors import DamagedTableError, MissingDatasetError
from corpus.findings import Finding
from corpus.names import MANIFEST
from corpus.seeds.declarations import Removal
from corpus.seeds.reading import read_collection

_REGISTER = "removed.toml"
_MOST = 1_000  # findings; nobody reads more
# The table of each kind, its key, and what of a row the digest in the register is made of.
_KINDS = {"articles": ("article", "article_id", "text_sha256"), "claims": ("claim", "claim_id", "text")}


def unregistered(old: Path, new: Path, removals: Sequence[Removal], folder: str = "seeds") -> list[Finding]:
    """Articles and curated claims of the dataset `old` that `new` has no more, and the register not, or otherwise.

    At most 1,000 of them. Raises `MissingDatasetError`, `DamagedTableError`.
    """
    return list(islice(_unregistered(old, new, {entry.id: entry for entry in removals}, folder), _MOST))


def _unregistered(old: Path, new: Path, known: Mapping[str, Removal], folder: str) -> Iterator[Finding]:
    before, after = table_files(old), table_files(new)
    for table, (kind, key, content) in _KINDS.items():
        for record, value in gone(table, before.get(table, ()), after.get(table, ()), key, content):
            digest = _digest(content, value)
            entry = known.get(record)
            if entry is None or entry.kind != kind:
                what = f"no such entry; it was {kind} {record} of the last release"
            elif digest is not None and entry.sha256 != digest:
                what = f"an entry with sha256 {entry.sha256}"
            else:
                continue
            expected = f'an entry with id = "{record}", kind = "{kind}" and sha256 = "{digest}"'
            yield Finding(f"{folder}/{_REGISTER}", None, "removal-unregistered", str(record), expected, what)


def unconfirmed(seeds: Path) -> list[Finding]:
    """Articles and curated claims of the dataset `dist` beside the seeds that neither the seeds nor the register have.

    Nothing is found where seeds cannot be read: what is not read is not gone. Ids of records, which are their numbers,
    are left out: only a build tells them.
    """
    dist = seeds.resolve().parent / "dist"
    if not (dist / MANIFEST).is_file():
        return []
    collection, _ = read_collection(seeds)
    if not collection.marks_are_whole or _REGISTER in collection.unread:
        return []
    dumps = {seed.seed_id for seed in collection.seeds if seed.declaration.layout == "records"}
    known = {entry.id for entry in collection.removals}
    known |= {article.id for seed in collection.seeds for article in seed.declaration.article}
    known |= {mark.id for seed in collection.seeds for _, mark in seed.marks}
    missing = (record for record in _ids_in(dist, dumps) if record not in known)
    expected, found = "an id of the seeds, or an entry here", f"an id of {dist.name} that is gone"
    file = f"{collection.folder}/{_REGISTER}"
    return [Finding(file, None, "removal-unconfirmed", id_, expected, found) for id_ in islice(missing, _MOST)]


def _ids_in(dist: Path, dumps: set[str]) -> Iterator[str]:
    """The ids of articles and curated claims of a dataset, none where it cannot be read: that is told elsewhere."""
    try:
        files = table_files(dist)
        for article, seed in values_of(files.get("articles", ()), "article_id", "seed_id"):
            if seed not in dumps:
                yield str(article)
        yield from (str(claim) for (claim,) in values_of(files.get("claims", ()), "claim_id"))
    except (MissingDatasetError, DamagedTableError):
        return


def _digest(content: str, value: object) -> str | None:
    """The digest of what went; None where the dataset has no texts."""
    if value is None or content == "text_sha256":
        return None if value is None else str(value)
    return hashlib.sha256(str(value).encode()).hexdigest()
