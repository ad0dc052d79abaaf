"""Publishing a built dataset: checks first, then one of the two ways of sending."""

from __future__ import annotations

import contextlib
import datetime
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import PublicationRefusedError, UnsafeAddressError, UnsafeReasonError
from corpus.releasing.addresses import Address, parse_address
from corpus.releasing.hub import send_to_hub
from corpus.releasing.parcels import Parcel, read_parcel
from corpus.releasing.records import record_of
from corpus.releasing.remote import store_at
from corpus.releasing.rights import columns_with_text, rights_findings
from corpus.releasing.sending import Options, Sent, send_release
from corpus.releasing.stores import Progress

_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published, or would be: `sent` and `kept` are names of files, `size` the bytes of what was sent.

    `was_released`: whether the version was released before, so that nothing was to be done but to check it.
    `latest`: the version that readers take who ask for none.
    """

    address: str
    name: str
    version: str
    digest: str
    sent: tuple[str, ...]
    kept: tuple[str, ...]
    size: int
    was_released: bool
    latest: str


def publish(
    address: str,
    dist: Path | str = "dist",
    *,
    reason: str | None = None,
    day: datetime.date | None = None,
    repair: bool = False,
    replace_unfinished: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
) -> PublishReport:
    """Publish the dataset in `dist` as the version that its manifest names, side by side with others.

    `address`: a folder, `s3://…` or another address of fsspec, or `hf://datasets/OWNER/NAME`. `reason`: why texts
    of third parties are published; without one, a dataset that holds them is refused. `day`: the day of the
    decision, today where none is given. `repair`, `replace_unfinished`, `dry_run`: see `sending.Options`.

    Raises `PublicationRefusedError` with findings where the dataset is damaged, holds texts, or is released with
    other content, `UnsafeReasonError`, `MissingDatasetError`, `UnsafeAddressError`, `MissingExtraError`,
    `ForeignPlaceError`, `OlderVersionError`, `PublicationInProgressError`, `UnreachableStoreError`,
    `UnreadableReleaseError`.
    """
    place, dist = parse_address(address), Path(dist)
    _keep_apart(place, dist)
    _check_reason(reason)
    progress("checking the dataset")
    parcel = read_parcel(dist)
    texts = columns_with_text(parcel)
    if texts and reason is None:
        raise PublicationRefusedError(rights_findings(parcel, texts))
    record = record_of(parcel, text=bool(texts), day=day or datetime.datetime.now(datetime.UTC).date(), reason=reason)
    options = Options(repair, replace_unfinished, dry_run)
    if place.repository:
        return _report(place, parcel, send_to_hub(place, parcel, record, options, progress))
    store = store_at(place)
    with contextlib.nullcontext() if dry_run else store.exclusive():
        return _report(place, parcel, send_release(store, parcel, record, options, progress))


def _report(place: Address, parcel: Parcel, sent: Sent) -> PublishReport:
    size = sum((parcel.folder / name).stat().st_size for name in sent.sent)
    about = (parcel.name, parcel.version, parcel.digest)
    return PublishReport(place.text, *about, sent.sent, sent.kept, size, sent.was_released, sent.latest)


def _keep_apart(place: Address, dist: Path) -> None:
    """A release within the dataset would change it."""
    if place.folder is not None and place.folder.resolve().is_relative_to(dist.resolve()):
        raise UnsafeAddressError(place.text, f"it is within {dist}, which it would change")
    if place.folder is not None and place.folder.exists() and not place.folder.is_dir():
        raise UnsafeAddressError(place.text, "it is no folder")


def _check_reason(reason: str | None) -> None:
    if reason is not None and (not reason.strip() or len(reason) > _LONGEST_REASON or not reason.isprintable()):
        raise UnsafeReasonError(_LONGEST_REASON)
