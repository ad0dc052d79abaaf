"""What is written down at an address beside the versions: what was decided about each, and which is the latest."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.errors import UnreadableReleaseError
from corpus.releasing.parcels import Parcel, is_sha256
from corpus.releasing.stores import Store, read
from corpus.releasing.versions import LATEST, is_dataset_name, is_version, record_file

_MOST = 2**16

Texts = Literal["full", "none"]


@dataclass(frozen=True, slots=True)
class Record:
    """What was decided about a version.

    `manifest_sha256` settles the content. `text`: whether wording of third parties is in it. `published`: the day in
    ISO 8601. `reason`: why, in the words of who published; None where nobody had to say.
    """

    name: str
    version: str
    digest: str
    manifest_sha256: str
    text: Texts
    published: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """The released version that readers take who ask for none."""

    name: str
    version: str
    digest: str
    manifest_sha256: str
    text: Texts


def record_of(parcel: Parcel, *, text: bool, day: datetime.date, reason: str | None) -> Record:
    """The record of a publication."""
    held: Texts = "full" if text else "none"
    return Record(parcel.name, parcel.version, parcel.digest, parcel.manifest_sha256, held, day.isoformat(), reason)


def latest_of(record: Record) -> Latest:
    """What `latest.json` says where that version is the latest."""
    return Latest(record.name, record.version, record.digest, record.manifest_sha256, record.text)


def written(value: Record | Latest) -> bytes:
    """The bytes of a record, the same every time."""
    return (json.dumps(asdict(value), indent=2, ensure_ascii=False) + "\n").encode()


def read_latest(store: Store) -> Latest | None:
    """What `latest.json` says; None where there is none. Raises `UnreadableReleaseError`."""
    values = _values(store, LATEST, optional=frozenset())
    return Latest(**values) if values is not None else None


def read_record(store: Store, version: str) -> Record | None:
    """What was decided about a version; None where nothing was. Raises `UnreadableReleaseError`."""
    name = record_file(version)
    values = _values(store, name, optional=frozenset({"published", "reason"}))
    if values is None:
        return None
    if values["version"] != version:
        raise UnreadableReleaseError(store.address, name, "it speaks of another version")
    return Record(**{"published": "", **values})


def _values(store: Store, name: str, optional: frozenset[str]) -> dict[str, Any] | None:
    content = read(store, name, _MOST)
    if content is None:
        return None
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableReleaseError(store.address, name, "it is no JSON") from error
    if not isinstance(values, dict):
        raise UnreadableReleaseError(store.address, name, "it is no object")
    wrong = [key for key, right in _RIGHT.items() if not right(values.get(key))]
    wrong += [key for key in optional if not isinstance(values.get(key), str | None)]
    if wrong:
        raise UnreadableReleaseError(store.address, name, f"{wrong[0]} is not as it is written")
    return {key: values.get(key) for key in (*_RIGHT, *sorted(optional))}


_RIGHT: dict[str, Callable[[object], bool]] = {
    "name": is_dataset_name,
    "version": is_version,
    "digest": is_sha256,
    "manifest_sha256": is_sha256,
    "text": lambda value: value in ("full", "none"),
}
