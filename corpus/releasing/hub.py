"""Sending a version to the Hugging Face Hub: one commit, read back, then a tag `v0.2.0` on it.

The Hub makes a commit in one step, so that no reader of the main branch meets half of it, and gives the digest of
each file, so that nothing is sent that it has. Only what a version before brought is removed; what else stands in
the repository (`.gitattributes`, say) stays, but nothing foreign among the data, which readers would load.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import (
    CorpusError,
    ForeignPlaceError,
    MissingExtraError,
    OlderVersionError,
    PublicationRefusedError,
    UnreachableStoreError,
)
from corpus.findings import Finding
from corpus.names import MANIFEST, PROGRAM
from corpus.releasing.addresses import Address
from corpus.releasing.manifests import differing, read_manifest
from corpus.releasing.parcels import Parcel
from corpus.releasing.records import Record, written
from corpus.releasing.remote import RemoteStore, file_system
from corpus.releasing.sending import Options, Sent
from corpus.releasing.stores import Progress
from corpus.releasing.versions import is_version, precedence

if TYPE_CHECKING:
    from huggingface_hub import HfApi, RepoFile

RECORD = "publication.json"
_LARGEST_REGULAR = 10 * 2**20
_MOST_NAMED = 10


def send_to_hub(place: Address, parcel: Parcel, record: Record, options: Options, progress: Progress) -> Sent:
    """Release a version in a repository that there is, or find that it is released there.

    Raises `PublicationRefusedError`, `ForeignPlaceError`, `OlderVersionError`, `MissingExtraError`,
    `UnreachableStoreError`.
    """
    with _hub(place) as api:
        released = tagged_versions(place)
        if parcel.version in released:
            return _released(api, place, parcel, released[-1])
        if released and precedence(released[-1]) > precedence(parcel.version):
            raise OlderVersionError(parcel.version, released[-1])
        progress("comparing with the Hub")
        head = str(api.repo_info(str(place.repository), repo_type="dataset").sha)
        there = _tree(api, place, head)
        removed = _outdated(place, head, set(there), parcel)
        sent = [name for name in parcel.all_files if not _is_same(there.get(name), parcel, name)]
        if not options.dry_run:
            _commit(api, place, parcel, record, (sent, removed, head), progress)
    kept = tuple(name for name in parcel.all_files if name not in sent)
    return Sent(tuple(sent), kept, was_released=False, latest=parcel.version)


def tagged_versions(place: Address) -> list[str]:
    """The versions that have a tag in the repository, the latest last."""
    with _hub(place) as api:
        tags = [tag.name for tag in api.list_repo_refs(str(place.repository), repo_type="dataset").tags]
    return sorted((tag[1:] for tag in tags if tag.startswith("v") and is_version(tag[1:])), key=precedence)


def store_at_revision(place: Address, revision: str) -> RemoteStore:
    """The files of the repository at a tag or commit, to be read."""
    root = f"{place.path}@{revision}"
    return RemoteStore(file_system(place), "hf", root, f"hf://{root}")


def _commit(
    api: HfApi,
    place: Address,
    parcel: Parcel,
    record: Record,
    changes: tuple[list[str], list[str], str],
    progress: Progress,
) -> None:
    """Commit what changed since `head`, read the commit back, and tag it."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    sent, removed, head = changes
    commit = head
    if sent or removed:
        progress(f"sending {len(sent)} files")
        commit = api.create_commit(
            str(place.repository),
            [
                *(CommitOperationAdd(name, _content(parcel, name)) for name in sent),
                CommitOperationAdd(RECORD, written(record)),
                *(CommitOperationDelete(name) for name in removed),
            ],
            commit_message=f"Release {parcel.version}",
            commit_description=f"Content digest {parcel.digest}",
            repo_type="dataset",
            parent_commit=head,
        ).oid
    findings = differing(store_at_revision(place, commit), "", parcel.all_files, progress)
    findings = [finding for finding in findings if finding.code != "dist-extra" or f"@{commit}/data/" in finding.file]
    if findings:
        raise PublicationRefusedError(findings)
    api.create_tag(
        str(place.repository),
        tag=f"v{parcel.version}",
        tag_message=f"Content digest {parcel.digest}",
        revision=commit,
        repo_type="dataset",
    )


def _content(parcel: Parcel, name: str) -> str | bytes:
    return parcel.manifest if name == MANIFEST else str(parcel.folder / name)


def _released(api: HfApi, place: Address, parcel: Parcel, latest: str) -> Sent:
    """Compare a version that has its tag with the dataset, by the digests that the Hub gives."""
    there = _tree(api, place, f"v{parcel.version}")
    expected = set(parcel.all_files)
    foreign = {name for name in there if name.startswith("data/")} - expected
    wrong = sorted(foreign | {name for name in expected if not _is_same(there.get(name), parcel, name)})
    if wrong:
        raise PublicationRefusedError(
            [
                Finding(
                    f"hf://{place.path}@v{parcel.version}/{name}",
                    None,
                    "release-differs",
                    None,
                    "what was released" if name in there else "no such file, as was released",
                    parcel.all_files.get(name, "no such file"),
                )
                for name in wrong[:_MOST_NAMED]
            ]
        )
    return Sent((), tuple(parcel.all_files), was_released=True, latest=latest)


def _outdated(place: Address, head: str, there: set[str], parcel: Parcel) -> list[str]:
    """The files of the version before that are in this one no more. Raises `ForeignPlaceError` for another dataset."""
    before = read_manifest(store_at_revision(place, head), "") if MANIFEST in there else None
    if before is not None and before.values["name"] != parcel.name:
        raise ForeignPlaceError(place.text, f"releases of {before.values['name']}")
    brought = set(before.files) if before else set()
    foreign = sorted(name for name in there - brought - set(parcel.all_files) if name.startswith("data/"))
    if foreign:
        raise ForeignPlaceError(place.text, f"data that are of no publication ({', '.join(foreign[:_MOST_NAMED])})")
    return sorted((there & brought) - set(parcel.all_files))


def _tree(api: HfApi, place: Address, revision: str) -> dict[str, RepoFile]:
    from huggingface_hub import RepoFile

    found = api.list_repo_tree(str(place.repository), recursive=True, revision=revision, repo_type="dataset")
    return {entry.path: entry for entry in found if isinstance(entry, RepoFile)}


def _is_same(there: RepoFile | None, parcel: Parcel, name: str) -> bool:
    """Whether the Hub has the file, by its digest: SHA-256 of large files, that of git's blobs of others."""
    from huggingface_hub.utils.sha import git_hash

    if there is None:
        return False
    if there.lfs is not None:
        return there.lfs.sha256 == parcel.all_files[name]
    content = _content(parcel, name)
    if isinstance(content, str):
        path = parcel.folder / name
        if not there.size == path.stat().st_size <= _LARGEST_REGULAR:
            return False
        content = path.read_bytes()
    return git_hash(content) == there.blob_id


@contextlib.contextmanager
def _hub(place: Address) -> Iterator[HfApi]:
    """The Hub's client; what it raises is told as errors of ours."""
    try:
        from huggingface_hub import HfApi
        from huggingface_hub.errors import RepositoryNotFoundError
        from huggingface_hub.utils.tqdm import disable_progress_bars
    except ImportError as error:
        raise MissingExtraError("hf://", "hub", str(error)) from error
    disable_progress_bars()
    try:
        yield HfApi(library_name=PROGRAM)
    except CorpusError:
        raise
    except RepositoryNotFoundError as error:
        why = "there is none, or no right to it: `hf auth login`, `hf repos create OWNER/NAME --type dataset`"
        raise UnreachableStoreError(place.text, why) from error
    except Exception as error:
        raise UnreachableStoreError(place.text, str(error) or type(error).__name__) from error
