"""The published folder: whatever happens to a file of it is found, and it is what the seeds give."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import corpus
from corpus.building import check
from corpus.errors import MissingDatasetError
from schemas import TABLES

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    *(".gitignore", ".zenodo.json", "CITATION.cff", "DATASHEET.md", "LICENSE.md", "README.md"),
    *("croissant.json", "datapackage.json", "explorer.html", "provenance.json"),
)
PARQUET = tuple(f"data/{table}/train-00000-of-00001.parquet" for table in TABLES)
FILES = (*PAGES, "SHA256SUMS", "manifest.json", *PARQUET)

Run = Callable[..., subprocess.CompletedProcess[str]]


def named(folder: Path) -> set[str]:
    """The files that `verify` finds something about."""
    return {finding.file for finding in corpus.verify(folder)}


def change(path: Path, at: float) -> None:
    """Change one byte, `at` being how far into the file, from 0 for the first to 1 for the last."""
    content = bytearray(path.read_bytes())
    content[round(at * (len(content) - 1))] ^= 1
    path.write_bytes(content)


def replace_in(path: Path, old: str, new: str) -> None:
    """Change text that stands in the file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def test_files_of_a_dataset(built: Path) -> None:
    """A dataset is a card, a datasheet, a licence, checksums, a manifest and one Parquet file per table."""
    found = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    assert found == set(FILES)
    assert corpus.verify(built) == []


@pytest.mark.parametrize("at", [0, 0.2, 0.5, 0.8, 1])
@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_is_found(copied: Path, name: str, at: float) -> None:
    """One changed byte, anywhere in any file, is found, and the file is named."""
    change(copied / name, at)
    assert name in named(copied)


@pytest.mark.parametrize("name", FILES)
def test_removed_file_is_found(copied: Path, name: str) -> None:
    """A file that is gone is named."""
    (copied / name).unlink()
    assert (name, "dist-missing") in {(finding.file, finding.code) for finding in corpus.verify(copied)}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("keep", [0, -1])
def test_truncated_file_is_found(copied: Path, name: str, keep: int) -> None:
    """A file that lost its last byte, or all of them, is named."""
    (copied / name).write_bytes((copied / name).read_bytes()[:keep])
    assert name in named(copied)


@pytest.mark.parametrize("name", FILES)
def test_file_behind_a_link_is_found(copied: Path, tmp_path: Path, name: str) -> None:
    """A symbolic link in the place of a file is named, even where it leads to the same bytes."""
    elsewhere = shutil.move(copied / name, tmp_path / "elsewhere")
    (copied / name).symlink_to(elsewhere)
    assert named(copied) == {name}


@pytest.mark.parametrize("name", FILES)
def test_command_names_the_damaged_file(copied: Path, run: Run, name: str) -> None:
    """`corpus verify` ends with status 1 and names the file, without a traceback."""
    change(copied / name, 0.5)
    done = run("verify", copied)
    assert done.returncode == 1
    assert any(line.startswith(f"{name}:") for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "data/articles/train-00001-of-00002.parquet", "new/a b.txt"])
def test_added_file_is_found(copied: Path, name: str) -> None:
    """A file that does not belong is named, hidden or not."""
    (copied / name).parent.mkdir(exist_ok=True)
    (copied / name).write_text("more\n")
    assert [(finding.file, finding.code) for finding in corpus.verify(copied)] == [(name, "dist-extra")]


def test_added_link_is_found(copied: Path, tmp_path: Path) -> None:
    """A link that does not belong is named, and neither followed nor fallen over where it leads nowhere."""
    (copied / "away").symlink_to(tmp_path, target_is_directory=True)
    (copied / "nowhere").symlink_to(tmp_path / "there-is-no-such-file")
    assert named(copied) == {"away", "nowhere"}


def test_folder_behind_a_link_is_found(copied: Path, tmp_path: Path) -> None:
    """A link in the place of the folder `data` is named, and so is every table that is no longer there."""
    elsewhere = shutil.move(copied / "data", tmp_path / "elsewhere")
    (copied / "data").symlink_to(elsewhere, target_is_directory=True)
    assert named(copied) == {"data", *PARQUET}


def test_renamed_file_is_found(copied: Path) -> None:
    """A renamed file is both missing and one too many."""
    (copied / "README.md").rename(copied / "readme.txt")
    assert {(finding.file, finding.code) for finding in corpus.verify(copied)} == {
        ("README.md", "dist-missing"),
        ("readme.txt", "dist-extra"),
    }


def test_any_changed_byte_of_a_checksum_is_found(copied: Path) -> None:
    """Whichever byte of a line of SHA256SUMS is changed, SHA256SUMS is named."""
    path = copied / "SHA256SUMS"
    content = path.read_bytes()
    for at in range(content.index(b"\n") + 1):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert "SHA256SUMS" in named(copied), at


def test_changed_name_in_the_checksums_is_found(copied: Path) -> None:
    """Where only a name in SHA256SUMS was changed, SHA256SUMS is named."""
    replace_in(copied / "SHA256SUMS", "  README.md", "  READMF.md")
    assert "SHA256SUMS" in named(copied)


@pytest.mark.parametrize("name", ["README.md", PARQUET[0]])
@pytest.mark.parametrize("act", ["change", "remove"])
def test_change_that_the_checksums_hide_is_found(copied: Path, name: str, act: str) -> None:
    """A file changed or removed together with its line in SHA256SUMS is not what the manifest says, and is found."""
    lines = (copied / "SHA256SUMS").read_text("utf-8").splitlines(keepends=True)
    others = [line for line in lines if not line.endswith(f"  {name}\n")]
    if act == "change":
        change(copied / name, 0.5)
        others.append(f"{hashlib.sha256((copied / name).read_bytes()).hexdigest()}  {name}\n")
    else:
        (copied / name).unlink()
    (copied / "SHA256SUMS").write_text("".join(others), "utf-8", newline="\n")
    assert name in named(copied)


@pytest.mark.parametrize("line", ["../outside", "/etc/hostname", "data/../README.md", "./README.md"])
def test_checksums_lead_nowhere_else(copied: Path, line: str) -> None:
    """A line of SHA256SUMS that leads out of the folder, or there by a detour, is found and not followed."""
    with (copied / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  {line}\n")
    assert named(copied) == {"SHA256SUMS"}


def test_no_dataset(tmp_path: Path, run: Run) -> None:
    """A folder that holds no dataset, or is not there, is wrong usage and no finding."""
    (tmp_path / "empty").mkdir()
    for name in ("empty", "missing"):
        with pytest.raises(MissingDatasetError, match=r"no manifest\.json"):
            corpus.verify(tmp_path / name)
    done = run("verify", tmp_path / "empty")
    assert (done.returncode, done.stdout) == (2, "")
    assert "empty" in done.stderr
    assert "Traceback" not in done.stderr


def test_sha256sum_agrees(built: Path) -> None:
    """The usual tools check the folder without this project."""
    tool = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    done = subprocess.run([*tool, "-c", "SHA256SUMS"], cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == len(FILES) - 1


def test_manifest_says_what_the_dataset_was_made_from(built: Path) -> None:
    """The manifest has the digest of every seed, of the lock and of every other file, and they are right."""
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    places = {**{name: built / name for name in FILES}, **{name: ROOT / "seeds" / name for name in manifest["seeds"]}}
    given = {**manifest["files"], **manifest["seeds"]}
    assert set(manifest["files"]) == set(FILES) - {"manifest.json", "SHA256SUMS"}
    assert set(manifest["seeds"]) == {
        path.relative_to(ROOT / "seeds").as_posix() for path in ROOT.glob("seeds/*/*.txt")
    }
    assert given == {name: hashlib.sha256(places[name].read_bytes()).hexdigest() for name in given}
    lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    assert manifest["lock_sha256"] == lock


def test_manifest_says_nothing_of_the_machine(built: Path) -> None:
    """The manifest has no version of a tool, no path, no name of a host or a system, and no time."""
    text = (built / "manifest.json").read_text("utf-8")
    assert set(json.loads(text)) == {
        *("name", "version", "released", "digest_version", "digest"),
        *("tables", "seeds", "lock_sha256", "files"),
    }
    machine = (sys.version.split()[0], pa.__version__, platform.system(), socket.gethostname(), str(ROOT))
    assert [word for word in machine if word in text] == []


def test_check_is_content_with_the_committed_dataset(run: Run) -> None:
    """`corpus build --check` ends with status 0 on the committed dataset."""
    done = run("build", "--check")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "to the byte" in done.stdout


def test_check_names_what_differs(copied: Path, tmp_path: Path, run: Run) -> None:
    """`corpus build --check` names what was changed, removed, added or replaced by a link, and writes nothing."""
    change(copied / PARQUET[3], 0.5)
    (copied / "LICENSE.md").unlink()
    (copied / "notes.txt").write_text("more\n")
    (copied / "README.md").rename(tmp_path / "README.md")
    (copied / "README.md").symlink_to(tmp_path / "README.md")
    done = run("build", "--check", "--dist", copied, "--format", "json")
    found = {(row["file"], row["code"]) for row in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found == {
        (f"dist/{PARQUET[3]}", "dist-changed"),
        ("dist/LICENSE.md", "dist-missing"),
        ("dist/notes.txt", "dist-extra"),
        ("dist/README.md", "dist-changed"),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "dist"]


def test_check_bears_a_link_that_leads_nowhere(copied: Path) -> None:
    """Comparing names a link that leads nowhere like any other difference."""
    (copied / "README.md").unlink()
    (copied / "README.md").symlink_to("there-is-no-such-file")
    found = check("seeds", copied, lock="requirements.lock")
    assert [(finding.file, finding.code) for finding in found] == [("dist/README.md", "dist-changed")]


@pytest.mark.parametrize("name", ["dataset.toml", "data/thesis.txt", "manifest.json", "SHA256SUMS"])
def test_build_replaces_nothing_but_a_dataset(tmp_path: Path, run: Run, name: str) -> None:
    """A folder that holds other things, be they named like a dataset's, is refused by name and stays as it was."""
    for path in (tmp_path / "mine" / name, tmp_path / "mine" / "letter.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n")
    done = run("build", "--dist", tmp_path / "mine")
    assert done.returncode in {1, 2}
    assert "mine" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "mine" / name).is_file()
    assert (tmp_path / "mine" / "letter.txt").is_file()


@pytest.mark.parametrize("lost", ["manifest.json", "SHA256SUMS", "data", "README.md"])
def test_build_replaces_a_damaged_dataset(copied: Path, lost: str) -> None:
    """A dataset that lost a part is still known as one, and a build puts it right."""
    (copied / lost).rename(copied.parent / "lost")
    corpus.build("seeds", copied, lock="requirements.lock")
    assert corpus.verify(copied) == []


def test_build_through_a_link(copied: Path, tmp_path: Path) -> None:
    """Built through a symbolic link, the dataset that it leads to is replaced, and the link stays."""
    link = tmp_path / "latest"
    link.symlink_to(copied, target_is_directory=True)
    (copied / "README.md").unlink()
    corpus.build("seeds", link, lock=None)
    assert link.is_symlink()
    assert corpus.verify(copied) == corpus.verify(link) == []
    assert [path.name for path in tmp_path.iterdir() if "building" in path.name] == []


def test_build_where_one_stands(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder in which one stands is a dataset's place like any other."""
    monkeypatch.chdir(copied)
    (copied / "README.md").unlink()
    corpus.build(ROOT / "seeds", ".", lock=None)
    monkeypatch.chdir(copied)
    assert corpus.verify(".") == []
