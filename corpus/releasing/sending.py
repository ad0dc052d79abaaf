"""Sending a version to a folder or store: data, pages, checksums, all read back; then the manifest; then `latest.json`.

A version is released where its manifest stands, and the manifest is written once everything else was read back with
the right digest. `latest.json` is switched after that. So whatever ends a run, a reader finds the versions that
were released before, whole, and the same command goes on where the run ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.errors import ForeignPlaceError, PublicationRefusedError, UnreadableReleaseError
from corpus.findings import Finding
from corpus.names import MANIFEST
from corpus.releasing.manifests import differing, read_manifest
from corpus.releasing.parcels import Parcel
from corpus.releasing.records import Latest, Record, latest_of, read_latest, read_record, written
from corpus.releasing.stores import Progress, Store, sha256_at
from corpus.releasing.versions import LATEST, precedence, record_file, released_file

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Options:
    """How to send. `repair`: send again what was damaged of a released version. `replace_unfinished`: take the place
    of other content of this version whose publication never ended. `dry_run`: write nothing.
    """

    repair: bool = False
    replace_unfinished: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, or would be. `latest`: the version that `latest.json` names then."""

    sent: tuple[str, ...]
    kept: tuple[str, ...]
    was_released: bool
    latest: str


def send_release(store: Store, parcel: Parcel, record: Record, options: Options, progress: Progress) -> Sent:
    """Release a version at a place, or find that it is released there.

    Raises `PublicationRefusedError` with findings where the version is released with other content or damaged, or
    other content of it is being sent; `ForeignPlaceError`, `UnreachableStoreError`, `UnreadableReleaseError`.
    """
    latest = read_latest(store)
    if latest and latest.name != parcel.name:
        raise ForeignPlaceError(store.address, f"releases of {latest.name}")
    released = read_manifest(store, parcel.version)
    if released is not None:
        if released.sha256 != parcel.manifest_sha256:
            raise PublicationRefusedError(_differences(store, parcel, released.files))
        done = _check_released(store, parcel, options, progress)
        if not options.dry_run and read_record(store, parcel.version) is None:
            _claim(store, record, options)
    else:
        done = _send_new(store, parcel, record, options, progress)
    return replace(done, latest=_switch(store, latest, record, options))


def _send_new(store: Store, parcel: Parcel, record: Record, options: Options, progress: Progress) -> Sent:
    _check_claim(store, parcel, options)
    listed = store.files(parcel.version) or {}
    others = _others(store, parcel, listed, options)
    if not options.dry_run:
        _claim(store, record, options)
        for name in others:
            store.remove(released_file(parcel.version, name))
    sent, kept = [], []
    for number, (name, expected) in enumerate(parcel.files.items(), 1):
        progress(f"{name} ({number} of {len(parcel.files)})")
        if listed.get(name) == (parcel.folder / name).stat().st_size and _is_whole(store, parcel, name, expected):
            kept.append(name)
            continue
        sent.append(name)
        if not options.dry_run:
            _send(store, parcel, name, expected)
    if not options.dry_run:
        _release(store, parcel)
    return Sent((*sent, MANIFEST), tuple(kept), was_released=False, latest=parcel.version)


def _send(store: Store, parcel: Parcel, name: str, expected: str) -> None:
    """Send a file and read it back."""
    target = released_file(parcel.version, name)
    store.send(parcel.folder / name, target)
    if (found := sha256_at(store, target)) != expected:
        raise PublicationRefusedError([_damage(store, parcel, name, expected, found)])


def _is_whole(store: Store, parcel: Parcel, name: str, expected: str) -> bool:
    return sha256_at(store, released_file(parcel.version, name)) == expected


def _check_claim(store: Store, parcel: Parcel, options: Options) -> None:
    """Raises `PublicationRefusedError` where a publication of other content was begun and is not to be replaced."""
    begun = read_record(store, parcel.version)
    if begun and begun.manifest_sha256 != parcel.manifest_sha256 and not options.replace_unfinished:
        raise PublicationRefusedError([_unfinished(store, parcel, begun)])


def _others(store: Store, parcel: Parcel, listed: Mapping[str, int], options: Options) -> list[str]:
    """The files in the place of the version that do not belong to it and may go.

    Raises `ForeignPlaceError` for files that no publication left, unless an unfinished one is to be replaced.
    """
    others = [name for name in listed if name not in parcel.all_files]
    foreign = [name for name in others if not _is_part(name)]
    replacing = options.replace_unfinished and read_record(store, parcel.version) is not None
    if foreign and not replacing:
        named = ", ".join(sorted(foreign)[:_MOST_NAMED])
        raise ForeignPlaceError(store.address, f"files in {parcel.version}/ that are of no publication ({named})")
    return others


def _is_part(name: str) -> bool:
    """Whether it is what an interrupted copy leaves in a folder."""
    last = name.rpartition("/")[2]
    return last.startswith(".") and last.endswith(".part")


def _claim(store: Store, record: Record, options: Options) -> None:
    """Write down what is decided, which also holds off a publication of other content.

    That may have begun since it was last asked for: whoever made the record new is the one who sends.
    """
    name = record_file(record.version)
    begun = read_record(store, record.version)
    if begun is not None:
        if begun.manifest_sha256 != record.manifest_sha256 and not options.replace_unfinished:
            raise PublicationRefusedError([_unfinished_elsewhere(store, record)])
        store.write(name, written(record))
        return
    try:
        store.write(name, written(record), new=True)
    except FileExistsError as error:
        raise PublicationRefusedError([_unfinished_elsewhere(store, record)]) from error


def _release(store: Store, parcel: Parcel) -> None:
    """Write the manifest, if nobody interfered. From here on the version is released."""
    begun = read_record(store, parcel.version)
    if begun is None or begun.manifest_sha256 != parcel.manifest_sha256:
        raise PublicationRefusedError([_unfinished(store, parcel, begun)])
    listed = store.files(parcel.version)
    if listed is not None and set(listed) - {MANIFEST} != set(parcel.files):
        odd = sorted(set(listed) ^ set(parcel.files))[:_MOST_NAMED]
        raise UnreadableReleaseError(store.address, parcel.version, f"files came or went meanwhile: {', '.join(odd)}")
    target = released_file(parcel.version, MANIFEST)
    try:
        store.write(target, parcel.manifest, new=True)
    except FileExistsError as error:
        found = read_manifest(store, parcel.version)
        if found is None or found.sha256 != parcel.manifest_sha256:
            raise PublicationRefusedError([_unfinished(store, parcel, begun)]) from error
    if (found_sha := sha256_at(store, target)) != parcel.manifest_sha256:
        raise UnreadableReleaseError(store.address, target, f"sha256 {found_sha}")


def _check_released(store: Store, parcel: Parcel, options: Options, progress: Progress) -> Sent:
    """Read every file of a released version back; where one is damaged, send it again if that is wished."""
    findings = differing(store, parcel.version, parcel.all_files, progress)
    beyond = [finding for finding in findings if finding.code == "dist-extra"]
    if findings and not options.repair:
        raise PublicationRefusedError(findings)
    prefix = f"{store.address}/{parcel.version}/"
    wrong = {finding.file.removeprefix(prefix) for finding in findings} - {one.file for one in beyond}
    sent = [name for name in parcel.files if name in wrong]
    if not options.dry_run:
        for name in sent:
            progress(name)
            _send(store, parcel, name, parcel.files[name])
        for finding in beyond:
            store.remove(released_file(parcel.version, finding.file.removeprefix(prefix)))
    return Sent(tuple(sent), tuple(n for n in parcel.all_files if n not in wrong), was_released=True, latest="")


def _switch(store: Store, latest: Latest | None, record: Record, options: Options) -> str:
    """Have `latest.json` name the version, unless it names a later one. Gives the version that it names then."""
    if latest and precedence(latest.version) > precedence(record.version):
        return latest.version
    if latest != latest_of(record) and not options.dry_run:
        store.write(LATEST, written(latest_of(record)))
    return record.version


def _differences(store: Store, parcel: Parcel, released: dict[str, str]) -> Sequence[Finding]:
    """The files in which a released version differs from the dataset, the first of them by name."""
    listed = parcel.values["files"]
    wrong = [name for name in sorted(listed.keys() | released) if listed.get(name) != released.get(name)] or [MANIFEST]
    more = f" (and {len(wrong) - _MOST_NAMED} more files)" if len(wrong) > _MOST_NAMED else ""
    return [
        Finding(
            f"{store.address}/{released_file(parcel.version, name)}",
            None,
            "release-differs",
            None,
            f"what was released: {released.get(name, 'no such file' if name != MANIFEST else 'another manifest')}",
            parcel.all_files.get(name, "no such file") + more,
        )
        for name in wrong[:_MOST_NAMED]
    ]


def _unfinished(store: Store, parcel: Parcel, begun: Record | None) -> Finding:
    found = f"digest {begun.digest}, begun on {begun.published or 'a day not said'}" if begun else "no record any more"
    return Finding(
        f"{store.address}/{record_file(parcel.version)}",
        None,
        "release-unfinished",
        None,
        f"digest {parcel.digest}, manifest {parcel.manifest_sha256}",
        found + (f", manifest {begun.manifest_sha256}" if begun else ""),
    )


def _unfinished_elsewhere(store: Store, record: Record) -> Finding:
    place = f"{store.address}/{record_file(record.version)}"
    return Finding(place, None, "release-unfinished", None, "no such file", "one that was written this moment")


def _damage(store: Store, parcel: Parcel, name: str, expected: str, found: str) -> Finding:
    place = f"{store.address}/{released_file(parcel.version, name)}"
    return Finding(place, None, "dist-changed", None, f"sha256 {expected} when read back", found)
