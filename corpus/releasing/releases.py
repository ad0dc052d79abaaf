"""Released versions at an address: which there are, reading one, and whether one is whole."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnknownReleaseError, UnreadableReleaseError
from corpus.findings import Finding
from corpus.names import CHECKSUMS, MANIFEST
from corpus.releasing.addresses import Address, parse_address
from corpus.releasing.manifests import Manifest, differing, read_manifest
from corpus.releasing.records import read_latest, read_record
from corpus.releasing.remote import store_at
from corpus.releasing.stores import Progress, Store, read
from corpus.releasing.versions import LATEST, is_version, precedence, released_file

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Release:
    """A released version, to be read: every byte that it gives has the digest that was released.

    `manifest`: what `manifest.json` says. `files`: the SHA-256 of each file by name. `url`: where the files stand.
    """

    version: str
    manifest: Mapping[str, Any]
    files: Mapping[str, str]
    url: str
    _store: Store
    _folder: str

    def read(self, name: str, most: int = 2**30) -> bytes:
        """The bytes of a file. Raises `UnreadableReleaseError` where they are not those that were released,
        or more than `most`.
        """
        expected = self.files.get(name)
        content = read(self._store, f"{self._folder}{name}", most) if expected else None
        if content is None:
            raise UnreadableReleaseError(self.url, name, "there is no such file")
        if hashlib.sha256(content).hexdigest() != expected:
            raise UnreadableReleaseError(self.url, name, "it has another digest")
        return content

    def table(self, name: str) -> pa.Table:
        """A table, of all its files. Raises `UnreadableReleaseError`."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        parts = sorted(file for file in self.files if file.startswith(f"data/{name}/") and file.endswith(".parquet"))
        if not parts:
            raise UnreadableReleaseError(self.url, f"data/{name}", "there is no such table")
        return pa.concat_tables(pq.read_table(io.BytesIO(self.read(part))) for part in parts)


def releases(address: str) -> list[str]:
    """The released versions at an address, the latest last.

    Over HTTP, where nothing can be listed, only the one that `latest.json` names. Raises `UnsafeAddressError`,
    `MissingExtraError`, `UnreachableStoreError`.
    """
    place = parse_address(address)
    if place.repository:
        from corpus.releasing.hub import tagged_versions

        return tagged_versions(place)
    return _versions(store_at(place))


def is_place_of_releases(address: str) -> bool:
    """Whether it is an address of releases rather than the folder of a dataset."""
    return "://" in address or (Path(address, LATEST).is_file() and not Path(address, MANIFEST).exists())


def open_release(address: str, version: str | None = None) -> Release:
    """A released version at an address: the one that `latest.json` names where none is given.

    Of its files only the manifest is read at once. Raises `UnknownReleaseError` where there is no such version,
    `UnreadableReleaseError` where it is damaged, and what `releases` raises.
    """
    place = parse_address(address)
    if version is not None and not is_version(version):
        raise UnknownReleaseError(place.text, version, [])
    if place.repository:
        return _open_on_hub(place, version)
    return _open_at(store_at(place), version)


def verify_release(address: str, version: str | None = None, progress: Progress = lambda _: None) -> list[Finding]:
    """What differs between a released version and its checksums, every byte read; empty where it is whole.

    Raises as `open_release` does.
    """
    release = open_release(address, version)
    expected = dict(release.files)
    return differing(release._store, release._folder.rstrip("/"), expected, progress)


def _versions(store: Store) -> list[str]:
    found = {name for name in store.folders() if is_version(name)}
    named = read_latest(store)
    found |= {named.version} if named else set()
    return sorted((v for v in found if store.size(released_file(v, MANIFEST)) is not None), key=precedence)


def _open_at(store: Store, version: str | None) -> Release:
    latest = read_latest(store)
    wanted = version or (latest.version if latest else None)
    manifest = read_manifest(store, wanted) if wanted else None
    if wanted is None or manifest is None:
        raise UnknownReleaseError(store.address, version, _versions(store))
    decided = latest if latest and latest.version == wanted else read_record(store, wanted)
    if (decided and decided.manifest_sha256 != manifest.sha256) or manifest.values["version"] != wanted:
        raise UnreadableReleaseError(store.address, released_file(wanted, MANIFEST), "its digest is another one")
    return _release(store, wanted, f"{store.address}/{wanted}", f"{wanted}/", manifest)


def _open_on_hub(place: Address, version: str | None) -> Release:
    from corpus.releasing.hub import store_at_revision, tagged_versions

    known = tagged_versions(place)
    wanted = version or (known[-1] if known else None)
    if wanted is None or wanted not in known:
        raise UnknownReleaseError(place.text, version, known)
    store = store_at_revision(place, f"v{wanted}")
    manifest = read_manifest(store, "")
    if manifest is None or manifest.values["version"] != wanted:
        raise UnreadableReleaseError(store.address, MANIFEST, "it is missing, or of another version")
    return _release(store, wanted, store.address, "", manifest)


def _release(store: Store, version: str, url: str, folder: str, manifest: Manifest) -> Release:
    """The checksums of `SHA256SUMS` itself follow from the manifest, since it holds nothing else."""
    listed = {**manifest.files, MANIFEST: manifest.sha256}
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items()))
    files = {**listed, CHECKSUMS: hashlib.sha256(sums.encode()).hexdigest()}
    return Release(version, manifest.values, files, url, store, folder)
