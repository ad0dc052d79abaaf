"""Manifests at an address, and whether the files that they list are there as listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import UnreadableReleaseError
from corpus.findings import Finding, in_order
from corpus.names import MANIFEST
from corpus.releasing.parcels import manifest_faults
from corpus.releasing.stores import Progress, Store, read, sha256_at
from corpus.releasing.versions import released_file

_MOST = 2**26  # bytes of a manifest: some hundred thousand files


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a released version. `files`: the SHA-256 of each file that it lists."""

    sha256: str
    values: Mapping[str, Any]
    files: dict[str, str]


def read_manifest(store: Store, folder: str) -> Manifest | None:
    """The manifest in a folder of the place; None where there is none. Raises `UnreadableReleaseError`."""
    name = released_file(folder, MANIFEST) if folder else MANIFEST
    content = read(store, name, _MOST)
    if content is None:
        return None
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableReleaseError(store.address, name, "it is no JSON") from error
    for expected, found in manifest_faults(values):
        raise UnreadableReleaseError(store.address, name, f"expected {expected}, found {found}")
    return Manifest(hashlib.sha256(content).hexdigest(), values, dict(values["files"]))


def differing(store: Store, folder: str, expected: Mapping[str, str], progress: Progress) -> list[Finding]:
    """The files below a folder of the place that are missing, changed or more than expected, every byte read."""
    at = f"{folder}/" if folder else ""
    findings = []
    for number, (name, digest) in enumerate(expected.items(), 1):
        progress(f"reading back {name} ({number} of {len(expected)})")
        place = f"{store.address}/{at}{name}"
        if store.size(f"{at}{name}") is None:
            findings.append(Finding(place, None, "dist-missing", None, f"a file with sha256 {digest}", "none"))
        elif (found := sha256_at(store, f"{at}{name}")) != digest:
            findings.append(Finding(place, None, "dist-changed", None, f"sha256 {digest}", found))
    for name in set(store.files(folder) or ()) - set(expected):
        place = f"{store.address}/{at}{name}"
        findings.append(Finding(place, None, "dist-extra", None, "no such file", "a file that is of no release"))
    return in_order(findings)
