"""Publishing to a folder: what is refused, what is kept, what stands there then, and reading it back."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.errors import (
    CorpusError,
    ForeignPlaceError,
    PublicationRefusedError,
    UnknownReleaseError,
    UnreachableStoreError,
    UnreadableReleaseError,
    UnsafeAddressError,
)
from corpus.releasing.addresses import parse_address
from corpus.releasing.versions import is_file_name, is_version
from corpus.tables.files import sha256_of, write_checksums, write_json
from corpus.tables.shapes import columns
from corpus.textfree.releasing import without_text as leave_texts_out

Run = Callable[..., subprocess.CompletedProcess[str]]
WHY = "The texts are invented."
# The rules that this file breaks.
BROKEN = {"rights-unknown", "name-unsafe", "release-differs", "release-unfinished"}


def sealed(folder: Path, **values: object) -> Path:
    """A dataset after a change, with its manifest and checksums made right again."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8")) | values
    if "files" not in values:
        manifest["files"] = {name: sha256_of(folder / name) for name in manifest["files"]}
    write_json(folder / "manifest.json", manifest)
    write_checksums(folder)
    return folder


def other(notes: dict[str, Path], place: Path) -> Path:
    """Version 0.2.0 with another page."""
    folder = Path(shutil.copytree(notes["0.2.0"], place))
    (folder / "README.md").write_text("Another page.\n")
    return sealed(folder)


def without_text(dist: Path, place: Path, *, but: str = "") -> Path:
    """A dataset whose columns of third parties are null, `but` for one."""
    folder = Path(shutil.copytree(dist, place))
    for path in sorted(folder.glob("data/*/*.parquet")):
        table = pq.read_table(path)
        for column in columns(path.parent.name):
            if column.third_party and f"{path.parent.name}.{column.name}" != but:
                at = table.column_names.index(column.name)
                table = table.set_column(at, column.name, pa.nulls(table.num_rows, column.type))
        pq.write_table(table, path)
    return sealed(folder, text="none")


def codes(refused: pytest.ExceptionInfo[PublicationRefusedError]) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_versions_stand_side_by_side(notes: dict[str, Path], tmp_path: Path) -> None:
    """Two versions are published one after the other; each is the dataset to the byte, and can be read and checked."""
    place = tmp_path / "releases"
    for version, dist in notes.items():
        corpus.publish(str(place), dist, reason=WHY, day=datetime.date(2024, 6, 1))
        assert corpus.verify(place / version) == []
        assert files_below(place / version) == files_below(dist)
    assert corpus.releases(str(place)) == ["0.1.0", "0.2.0"]
    assert corpus.open_release(str(place)).version == "0.2.0"
    for version, dist in notes.items():
        release = corpus.open_release(str(place), version)
        assert release.table("articles").equals(pq.read_table(dist / "data/articles/train-00000-of-00001.parquet"))
        assert corpus.verify_release(str(place), version) == []
        decided = json.loads((place / "publications" / f"{version}.json").read_text("utf-8"))
        assert (decided["version"], decided["text"], decided["published"], decided["reason"]) == (
            version, "full", "2024-06-01", WHY,
        )  # fmt: skip
        assert decided["digest"] == release.manifest["digest"]


def test_the_command_publishes(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """The command publishes quietly, and another one finds what it published whole, as a dataset and as a release."""
    place = tmp_path / "releases"
    options = ["--dist", notes["0.1.0"], "--with-text", "--reason", WHY, "--date", "2024-06-01"]
    done = run("publish", place, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((place / "publications/0.1.0.json").read_text("utf-8"))["published"] == "2024-06-01"
    done = run("verify", place, "--version", "0.1.0")
    assert (done.returncode, done.stdout) == (0, f"0.1.0 at {place} is whole\n")


def test_the_same_again_changes_nothing(notes: dict[str, Path], tmp_path: Path) -> None:
    """Published again, also on another day for another reason, a version and its record stay as they are."""
    place = tmp_path / "releases"
    corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
    again = corpus.publish(str(place), notes["0.1.0"], reason="Another.")
    assert (again.was_released, again.sent, len(again.kept)) == (True, (), len(files_below(notes["0.1.0"])))
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()} == before


def test_an_older_version_is_not_the_latest(notes: dict[str, Path], tmp_path: Path) -> None:
    """A version published after a later one stands beside it; readers who ask for none go on with the later one."""
    place = str(tmp_path / "releases")
    corpus.publish(place, notes["0.2.0"], reason=WHY)
    assert corpus.publish(place, notes["0.1.0"], reason=WHY).latest == "0.2.0"
    assert corpus.open_release(place).version == "0.2.0"
    assert corpus.verify_release(place, "0.1.0") == []


def test_other_content_is_refused(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """A released version with another page is refused, the page named, and what was released stays."""
    place = tmp_path / "releases"
    corpus.publish(str(place), notes["0.2.0"], reason=WHY)
    before = files_below(place)
    changed = other(notes, tmp_path / "other")
    done = run("publish", place, "--dist", changed, "--with-text", "--reason", WHY, "--format", "json")
    (found,) = json.loads(done.stdout)
    assert (done.returncode, found["code"]) == (1, "release-differs")
    assert found["file"] == f"{place}/0.2.0/README.md"
    assert files_below(place) == before


@pytest.mark.parametrize("options", [{}, {"repair": True}, {"replace_unfinished": True}])
def test_no_option_overwrites_a_release(options: dict[str, bool], notes: dict[str, Path], tmp_path: Path) -> None:
    """No option makes publishing overwrite a released version."""
    place = tmp_path / "releases"
    corpus.publish(str(place), notes["0.2.0"], reason=WHY)
    with pytest.raises(PublicationRefusedError):
        corpus.publish(str(place), other(notes, tmp_path / "other"), reason=WHY, **options)
    assert files_below(place / "0.2.0") == files_below(notes["0.2.0"])


def test_a_damaged_release_is_found_and_repaired(notes: dict[str, Path], tmp_path: Path) -> None:
    """Files of a release that were changed, lost or added are named; on demand they are put right."""
    place = tmp_path / "releases"
    corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    page, lost, added = (place / "0.1.0" / name for name in ("README.md", "LICENSE.md", "data/claims/more.parquet"))
    page.write_bytes(page.read_bytes().swapcase())
    lost.unlink()
    added.write_bytes(b"more")
    found = {(finding.code, Path(finding.file).name) for finding in corpus.verify_release(str(place))}
    assert found == {("dist-changed", page.name), ("dist-missing", lost.name), ("dist-extra", added.name)}
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    assert codes(refused) == {"dist-changed", "dist-missing", "dist-extra"}
    mended = corpus.publish(str(place), notes["0.1.0"], reason=WHY, repair=True)
    assert set(mended.sent) == {page.name, lost.name}
    assert files_below(place / "0.1.0") == files_below(notes["0.1.0"])


def test_a_dry_run_sends_nothing(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """A dry run lists every file in its order, the manifest last, and makes not even the folder."""
    place = tmp_path / "releases"
    done = run("publish", place, "--dist", notes["0.1.0"], "--with-text", "--reason", WHY, "--dry-run")
    listed = [line.split("  ")[1] for line in done.stdout.splitlines() if line.startswith("send  ")]
    assert set(listed) == set(files_below(notes["0.1.0"]))
    assert listed[-2:] == ["SHA256SUMS", "manifest.json"]
    is_data = [name.startswith("data/") for name in listed]
    assert is_data == sorted(is_data, reverse=True)
    assert not place.exists()


def test_texts_need_a_decision(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """Without a reason, texts are not published; the findings name columns and what is known of the rights."""
    place = tmp_path / "releases"
    done = run("publish", place, "--dist", notes["0.1.0"], "--format", "json")
    found = json.loads(done.stdout)
    assert (done.returncode, {finding["code"] for finding in found}) == (1, {"rights-unknown"})
    assert all("articles.text" in finding["found"] for finding in found)
    both = ["--with-text", "--reason"]
    for wrong in (both[:1], [*both, "\x1b["]):
        done = run("publish", place, "--dist", notes["0.1.0"], *wrong)
        assert (done.returncode, "Traceback" in done.stderr, "\x1b" in done.stderr) == (2, False, False)
    assert not place.exists()


def test_without_texts_no_decision_is_needed(notes: dict[str, Path], tmp_path: Path) -> None:
    """A dataset whose columns of third parties hold nothing is published, and recorded as such."""
    place = tmp_path / "releases"
    corpus.publish(str(place), without_text(notes["0.1.0"], tmp_path / "none"))
    decided = json.loads((place / "publications/0.1.0.json").read_text("utf-8"))
    assert (decided["text"], decided["reason"]) == ("none", None)


def test_a_release_without_texts_is_published(built: Path, tmp_path: Path) -> None:
    """What `corpus build --without-text` writes needs no decision; with a text among its titles it does."""
    release = tmp_path / "release"
    leave_texts_out(built, release)
    corpus.publish(str(tmp_path / "releases"), release)
    assert corpus.verify_release(str(tmp_path / "releases")) == []

    path = next((release / "data/articles").glob("*.parquet"))
    table = pq.read_table(path)
    titles = pa.array(["Rents rose, and rose. " * 20] * table.num_rows)
    pq.write_table(table.set_column(table.column_names.index("title"), "title", titles), path)
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(tmp_path / "others"), sealed(release))
    assert codes(refused) == {"rights-unknown"}


@pytest.mark.parametrize("column", ["articles.text", "sentences.text", "claims.cue_text"])
def test_a_marker_is_not_believed(column: str, notes: dict[str, Path], tmp_path: Path) -> None:
    """A manifest that says that there is no text does not make it so: one column with wording is enough."""
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(tmp_path / "releases"), without_text(notes["0.1.0"], tmp_path / "one", but=column))
    assert codes(refused) == {"rights-unknown"}
    assert all(column in finding.found for finding in refused.value.findings)


def test_text_in_undeclared_places_is_seen(notes: dict[str, Path], tmp_path: Path) -> None:
    """A column, a table or a file among the data that nothing declares may hold texts, and counts as such."""
    base = without_text(notes["0.1.0"], tmp_path / "none")
    articles = "data/articles/train-00000-of-00001.parquet"
    for number, name in enumerate((articles, "data/more/a.parquet", "data/x/a.txt")):
        folder = Path(shutil.copytree(base, tmp_path / str(number)))
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        table = pq.read_table(path) if path.exists() else pa.table({"id": ["1"] * 3})
        if path.suffix == ".parquet":
            pq.write_table(table.append_column("body", pa.array([None, "Rents rose.", None])), path)
        else:
            path.write_text("Rents rose.")
        files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        sealed(folder, files={**files, name: sha256_of(path)})
        with pytest.raises(PublicationRefusedError) as refused:
            corpus.publish(str(tmp_path / "releases"), folder)
        assert codes(refused) == {"rights-unknown"}


def test_a_damaged_dataset_is_refused_first(notes: dict[str, Path], tmp_path: Path) -> None:
    """What `corpus verify` finds is found before anything is sent, and before the question of texts."""
    folder = Path(shutil.copytree(notes["0.1.0"], tmp_path / "dist"))
    (folder / "README.md").write_text("Changed.")
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(tmp_path / "releases"), folder)
    assert codes(refused) == {"dist-changed"}
    assert not (tmp_path / "releases").exists()


def test_unfinished_publication_of_other_content(notes: dict[str, Path], tmp_path: Path) -> None:
    """Where other content of a version was begun, nothing is mixed: it is refused, or on demand replaced whole."""
    place, dist = tmp_path / "releases", notes["0.2.0"]
    corpus.publish(str(place), dist, reason=WHY)
    for file in (place / "0.2.0/manifest.json", place / "latest.json"):
        file.unlink()  # as if it had ended before them
    shard = place / "0.2.0/data/claims/train-00001-of-00002.parquet"
    shutil.copyfile(dist / "data/claims/train-00000-of-00001.parquet", shard)
    changed = other(notes, tmp_path / "other")
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(place), changed, reason=WHY)
    assert codes(refused) == {"release-unfinished"}
    assert corpus.releases(str(place)) == []
    done = corpus.publish(str(place), changed, reason=WHY, replace_unfinished=True)
    assert set(done.sent) == {"README.md", "SHA256SUMS", "manifest.json"}
    assert files_below(place / "0.2.0") == files_below(changed)


def test_nothing_foreign_is_touched(notes: dict[str, Path], tmp_path: Path) -> None:
    """A place that holds other things by the names of releases is refused, and stays as it was."""
    cases = {
        "0.1.0/thesis.txt": "Mine.",
        "latest.json": '{"mine": 1}',
        "latest.json/": "",
        "publications/0.1.0.json": "[]",
    }
    for number, (name, content) in enumerate(cases.items()):
        place = tmp_path / str(number)
        (place / name).parent.mkdir(parents=True)
        if name.endswith("/"):
            (place / name).mkdir(exist_ok=True)
        else:
            (place / name).write_text(content)
        before = files_below(place)
        with pytest.raises(CorpusError) as refused:
            corpus.publish(str(place), notes["0.1.0"], reason=WHY)
        assert str(place) in str(refused.value)
        released = {name: held for name, held in files_below(place).items() if name in before}
        assert released == before


def test_another_dataset_is_kept_apart(notes: dict[str, Path], tmp_path: Path) -> None:
    """An address holds one dataset's releases."""
    place = tmp_path / "releases"
    corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    renamed = sealed(Path(shutil.copytree(notes["0.2.0"], tmp_path / "renamed")), name="other-notes")
    with pytest.raises(ForeignPlaceError, match="invented-notes"):
        corpus.publish(str(place), renamed, reason=WHY)


@pytest.mark.parametrize(
    "values",
    [
        {"version": "../../away"},
        {"version": "0.1.0/.."},
        {"version": "/away/0.1.0"},
        {"version": "0.1.0\x1b[31m"},
        {"version": "٠.١.٠"},
        {"version": None},
        {"name": "../notes"},
        {"digest": "none"},
    ],
    ids=str,
)
def test_hostile_manifests_are_refused(values: dict[str, object], notes: dict[str, Path], tmp_path: Path) -> None:
    """A version or name that leads elsewhere is a finding, and nothing is written."""
    folder = sealed(Path(shutil.copytree(notes["0.1.0"], tmp_path / "dist")), **values)
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(str(tmp_path / "a" / "releases"), folder, reason=WHY)
    assert codes(refused) == {"name-unsafe"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist"]


def test_a_hostile_version_does_not_steer_the_terminal(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """What is found in a manifest is shown with its control characters as escapes."""
    folder = sealed(Path(shutil.copytree(notes["0.1.0"], tmp_path / "dist")), version="0.1.0\x1b[31m")
    done = run("publish", tmp_path / "releases", "--dist", folder, "--with-text", "--reason", WHY)
    assert (done.returncode, "name-unsafe" in done.stdout, "\x1b" in done.stdout) == (1, True, False)


def test_hostile_file_names_are_refused(notes: dict[str, Path], tmp_path: Path) -> None:
    """A manifest that names files outside, or with control characters, is refused, whichever check meets it first."""
    for number, name in enumerate(("../outside.txt", "/outside.txt", "a\x1b.md", "b\n.md", "c\\d.md", "\u202ee.md")):
        folder = Path(shutil.copytree(notes["0.1.0"], tmp_path / f"dist{number}"))
        if ".." not in name and name[0] != "/":
            (folder / name).write_text("More.")
        files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
        sealed(folder, files={**files, name: "0" * 64 if name[0] in "./" else sha256_of(folder / name)})
        with pytest.raises(PublicationRefusedError) as refused:
            corpus.publish(str(tmp_path / "releases"), folder, reason=WHY)
        assert codes(refused) <= {"name-unsafe", "dist-changed", "dist-missing"}
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "a/../b",
        "releases\x1b[2J",
        "releases\n",
        "s3://bucket/../other",
        "s3://bucket/a//b",
        "s3://bucket/%2e%2e/b",
        "s3:/bucket/place",
        "s3://",
        "s3://bucket/*",
        "s3://bucket/a?versionId=1",
        "simplecache::s3://bucket/a",
        "sftp://user:secret@host/place",
        "hf://owner/name",
        "hf://datasets/owner/name/more",
        "hf://datasets/owner/name@main",
        "hf://datasets/owner/../name",
        "nosuch://place",
        "x" * 2000,
    ],
)
def test_hostile_addresses_are_refused(address: str, notes: dict[str, Path]) -> None:
    """An address that leads astray, hides a password or steers a terminal is wrong usage, told in one line."""
    for attempt in (lambda: corpus.publish(address, notes["0.1.0"], reason=WHY), lambda: corpus.open_release(address)):
        with pytest.raises(UnsafeAddressError) as refused:
            attempt()
        assert refused.value.exit_status == 2
        assert str(refused.value).isprintable()
        assert "secret" not in str(refused.value)


def test_a_hostile_address_is_told_in_a_line(notes: dict[str, Path], run: Run) -> None:
    """The command says in one line why an address is not taken."""
    for address in ("s3://bucket/../other", "releases\x1b[2J"):
        done = run("publish", "--dist", notes["0.1.0"], "--", address)
        assert (done.returncode, len(done.stderr.splitlines()), "\x1b" in done.stderr) == (2, 1, False)


@given(st.text(max_size=60))
def test_no_name_leads_outside(text: str) -> None:
    """A version or a name of a file that is taken stays below its folder, whatever it is; addresses are told apart."""
    for name in (text, f"data/{text}", f"{text}/a"):
        if is_file_name(name):
            assert os.path.normpath(name) == name
            assert not Path(name).is_absolute()
            assert name.isprintable()
    if is_version(text):
        assert text.isascii()
        assert "/" not in text
    for address in (text, f"s3://bucket/{text}", f"hf://datasets/{text}"):
        try:
            place = parse_address(address)
        except UnsafeAddressError as error:
            assert str(error).isprintable()
        else:
            assert place.folder is not None or ".." not in place.path.split("/")


def test_a_release_is_not_made_within_the_dataset(notes: dict[str, Path], tmp_path: Path) -> None:
    """Neither the dataset's own folder nor one below it is taken."""
    folder = Path(shutil.copytree(notes["0.1.0"], tmp_path / "dist"))
    for place in (folder, folder / "releases", folder / "data"):
        with pytest.raises(UnsafeAddressError, match="within"):
            corpus.publish(str(place), folder, reason=WHY)
    assert corpus.verify(folder) == []


def test_snippets_of_the_page_run(notes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What docs/publishing.md says of reading releases works on a folder of them."""
    page = (Path(__file__).resolve().parent.parent / "docs" / "publishing.md").read_text("utf-8")
    for dist in notes.values():
        corpus.publish(str(tmp_path / "releases"), dist, reason=WHY)
    monkeypatch.chdir(tmp_path)
    snippets = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    cache = f"import os; os.environ['HF_DATASETS_CACHE'] = {str(tmp_path / 'cache')!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", cache + "\n".join(snippets)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(snippets)) == (0, 3), done.stderr
    for query in re.findall(r"```sql\n(.*?)```", page, re.DOTALL):
        assert duckdb.sql(query.partition(";")[0]).fetchall()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links")
def test_links_at_the_place_are_not_followed(notes: dict[str, Path], tmp_path: Path) -> None:
    """A link at the address leads no file elsewhere, and what it leads to is neither read nor changed."""
    place, away = tmp_path / "releases", tmp_path / "away"
    away.mkdir()
    (away / "README.md").write_text("Mine.")
    place.mkdir()
    (place / "0.1.0").symlink_to(away, target_is_directory=True)
    with pytest.raises((ForeignPlaceError, UnreachableStoreError)):
        corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    (place / "0.1.0").unlink()
    corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    (place / "0.1.0/README.md").unlink()
    (place / "0.1.0/README.md").symlink_to(away / "README.md")
    assert {finding.code for finding in corpus.verify_release(str(place))} == {"dist-missing"}
    corpus.publish(str(place), notes["0.1.0"], reason=WHY, repair=True)
    assert files_below(place / "0.1.0") == files_below(notes["0.1.0"])
    assert files_below(away) == {"README.md": b"Mine."}


def test_readers_refuse_what_was_not_released(notes: dict[str, Path], tmp_path: Path, run: Run) -> None:
    """A reader is told of a missing version, a manifest or a file that is not the one that was released."""
    place = tmp_path / "releases"
    with pytest.raises(UnknownReleaseError):
        corpus.open_release(str(place))
    corpus.publish(str(place), notes["0.1.0"], reason=WHY)
    for version in ("0.3.0", "../0.1.0"):
        with pytest.raises(UnknownReleaseError):
            corpus.open_release(str(place), version)
    table = place / "0.1.0/data/claims/train-00000-of-00001.parquet"
    shutil.copyfile(notes["0.2.0"] / "data/articles/train-00000-of-00001.parquet", table)
    with pytest.raises(UnreadableReleaseError):
        corpus.open_release(str(place)).table("claims")
    for content in (b"{", b"[" * 100_000, b"[]", (notes["0.2.0"] / "manifest.json").read_bytes()):
        (place / "0.1.0/manifest.json").write_bytes(content)
        with pytest.raises(UnreadableReleaseError):
            corpus.open_release(str(place))
        assert "Traceback" not in run("verify", place).stderr


def test_two_at_once_do_not_meet(notes: dict[str, Path], tmp_path: Path) -> None:
    """While one publication to a folder runs, another ends at once and says so."""
    from corpus.errors import PublicationInProgressError

    place = tmp_path / "releases"
    held = []

    def meanwhile(_: str) -> None:
        if place.exists() and not held:
            with pytest.raises(PublicationInProgressError) as refused:
                corpus.publish(str(place), notes["0.2.0"], reason=WHY)
            held.append(str(refused.value))

    corpus.publish(str(place), notes["0.1.0"], reason=WHY, progress=meanwhile)
    assert held
    assert corpus.releases(str(place)) == ["0.1.0"]


@pytest.mark.parametrize(
    ("package", "address", "extra"), [("s3fs", "s3://bucket/a", "s3"), ("huggingface_hub", "hf://datasets/a/b", "hub")]
)
def test_a_missing_extra_is_named(package: str, address: str, extra: str, notes: dict[str, Path]) -> None:
    """Where the package for an address is not installed, the extra is named, without a traceback."""
    code = f"import sys; sys.modules[{package!r}] = None; from corpus.cli import main; main()"
    command = [sys.executable, "-c", code, "publish", address, "--dist", notes["0.1.0"], "--with-text", "--reason", WHY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"gaza-press-claims[{extra}]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


class Refusing(BaseHTTPRequestHandler):
    """Answers every request in the same way: with the status and body that its server was given."""

    def do_GET(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Error-Code", "RepoNotFound" if status == 404 else "")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_GET  # noqa: N815 - as the library calls them

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def refusing() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("answer", "says"),
    [((404, b"{}"), "hf auth login"), ((401, b"{}"), ""), ((200, b'{"branches": 1}'), "")],
)
def test_a_hub_that_refuses(
    answer: tuple[int, bytes], says: str, refusing: HTTPServer, notes: dict[str, Path], run: Run
) -> None:
    """Where the Hub knows no such dataset, refuses, or answers nonsense, its own client's error is told in a line.

    What the Hub does when it does not refuse is tested nowhere: its client has no dry run for commits.
    """
    refusing.answer = answer  # type: ignore[attr-defined]
    endpoint = f"http://127.0.0.1:{refusing.server_port}"
    environment = {**os.environ, "HF_HUB_OFFLINE": "0", "HF_ENDPOINT": endpoint, "HF_TOKEN": "hf_invented"}
    address = "hf://datasets/owner/name"
    done = run("publish", address, "--dist", notes["0.1.0"], "--with-text", "--reason", WHY, env=environment)
    assert done.returncode == 1
    assert says in done.stderr
    assert f"{address} failed" in done.stderr
    assert "hf_invented" not in done.stderr
    assert "Traceback" not in done.stderr
