"""A built dataset as it is to be sent: its files with digests, in the order in which they go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import PublicationRefusedError
from corpus.findings import Finding
from corpus.names import CHECKSUMS, MANIFEST
from corpus.releasing.versions import is_dataset_name, is_file_name, is_version
from corpus.tables.files import sha256_of
from corpus.tables.verifying import verify

_HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A dataset folder that was found whole.

    `files`: the SHA-256 of every file but the manifest, by name, data first, then pages, checksums last.
    `manifest`: its bytes, which are the last that is sent, and `values` what they say.
    """

    folder: Path
    name: str
    version: str
    digest: str
    files: Mapping[str, str]
    manifest: bytes
    values: Mapping[str, Any]

    @property
    def manifest_sha256(self) -> str:
        """SHA-256 of the manifest: with it, all content of the version is settled."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def all_files(self) -> dict[str, str]:
        """The SHA-256 of every file, the manifest's included, by name."""
        return {**self.files, MANIFEST: self.manifest_sha256}


def read_parcel(folder: Path) -> Parcel:
    """Check a built dataset, every byte of it. Raises `PublicationRefusedError` with what is wrong,
    `MissingDatasetError` where there is none.
    """
    findings = verify(folder)
    if findings:
        raise PublicationRefusedError(findings)
    manifest = (folder / MANIFEST).read_bytes()
    values = json.loads(manifest)
    faults = list(manifest_faults(values))
    if faults:
        raise PublicationRefusedError([Finding(MANIFEST, None, "name-unsafe", None, *fault) for fault in faults])
    listed = {name: values["files"][name] for name in sorted(values["files"], key=_place_in_order)}
    files = {**listed, CHECKSUMS: sha256_of(folder / CHECKSUMS)}
    return Parcel(folder, values["name"], values["version"], values["digest"], files, manifest, values)


def manifest_faults(values: object) -> Iterator[tuple[str, str]]:
    """What of a manifest is not safe to act upon: what was expected, and what was found; the first ten file names."""
    if not isinstance(values, dict):
        yield "an object", type(values).__name__
        return
    if not is_dataset_name(values.get("name")):
        yield "a name in small letters, digits and hyphens", _shown(values.get("name"))
    if not is_version(values.get("version")):
        yield "a version such as 0.2.0", _shown(values.get("version"))
    if not is_sha256(values.get("digest")):
        yield "a content digest", _shown(values.get("digest"))
    files = values.get("files")
    if not isinstance(files, dict) or not files:
        yield "files with their checksums", _shown(files)
        return
    wrong = [n for n, sha in files.items() if not is_file_name(n) or not is_sha256(sha) or n in (MANIFEST, CHECKSUMS)]
    yield from (("a plain name and a sha256", _shown(name)) for name in wrong[:10])


def is_sha256(value: object) -> bool:
    """Whether it is a SHA-256 in hexadecimal, small letters."""
    return isinstance(value, str) and len(value) == 64 and set(value) <= _HEXADECIMAL


def _place_in_order(name: str) -> tuple[bool, str]:
    return not name.startswith("data/"), name


def _shown(value: object) -> str:
    return repr(value)[:200]
