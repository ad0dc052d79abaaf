"""Versions: each kind of edit asks for the right one, a smaller one is refused, and what was released can be loaded."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml

import corpus
from corpus.comparing.datasets import compare
from corpus.errors import (
    InvalidCorpusError,
    OtherVersionError,
    ReleaseRefusedError,
    UnknownRevisionError,
    UnknownTableError,
    UnreadableAddressError,
)
from corpus.tables.files import table_file
from corpus.versioning.meanings import described
from corpus.versioning.pages import with_version
from corpus.versioning.planning import Wanted, perform, plan
from corpus.versioning.policy import BUMPS, Version, changes_in, least_bump

BASE = Path(__file__).resolve().parent / "faults" / "base"
DAY = datetime.date(2024, 6, 1)
Run = Callable[..., subprocess.CompletedProcess[str]]
Edit = Callable[[Path], object]


def edited(table: str, change: Callable[[pa.Table], pa.Table]) -> Edit:
    """An edit of a table of a dataset in its file."""

    def edit(folder: Path) -> None:
        path = folder / table_file(table)
        pq.write_table(change(pq.read_table(path)), path)

    return edit


def value(table: str, column: str, new: object) -> Edit:
    """An edit that gives the first row another value."""

    def change(rows: pa.Table) -> pa.Table:
        place = rows.schema.get_field_index(column)
        values = [new, *rows[column].to_pylist()[1:]]
        return rows.set_column(place, rows.field(place), pa.array(values, rows.field(place).type))

    return edited(table, change)


def without_first(table: str) -> Edit:
    """An edit that takes the first row out."""
    return edited(table, lambda rows: rows.slice(1))


def one_more(table: str, key: str) -> Edit:
    """An edit that adds a row with an id of its own."""

    def change(rows: pa.Table) -> pa.Table:
        more = rows.slice(0, 1).to_pylist()[0] | {key: "new-1"}
        return pa.concat_tables([rows, pa.Table.from_pylist([more], rows.schema)])

    return edited(table, change)


def without_table(name: str) -> Edit:
    """An edit that takes a table out."""

    def edit(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        del manifest["tables"][name]
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        shutil.rmtree(folder / "data" / name)

    return edit


def as_text(rows: pa.Table) -> pa.Table:
    """The table with a number as text."""
    place = rows.schema.get_field_index("word_count")
    return rows.set_column(place, "word_count", pc.cast(rows["word_count"], pa.string()))


# What is done to the newer dataset, and the least version that holds it.
CASES: dict[str, tuple[Edit, str]] = {
    "nothing": (lambda _: None, "patch"),
    "page": (lambda folder: (folder / "LICENSE.md").write_text("Another page."), "patch"),
    "note of a register": (value("quantities", "note", "Mind the ferry."), "patch"),
    "article added": (one_more("articles", "article_id"), "minor"),
    "claim added": (one_more("claims", "claim_id"), "minor"),
    "label corrected": (value("claims", "certainty", "hedged"), "minor"),
    "offset corrected": (value("claims", "char_start", 3), "minor"),
    "name in a register": (value("actors", "name", "The league"), "minor"),
    "entry of a register gone": (without_first("actors"), "minor"),
    "evidence": (value("articles", "date_evidence", "A letter."), "minor"),
    "figure gone": (without_first("figures"), "minor"),
    "sentence gone": (without_first("sentences"), "minor"),
    "paragraph changed": (value("paragraphs", "text", "Pears keep."), "minor"),
    "ledger changed": (value("ledger", "reason", "spilt_ink"), "minor"),
    "automatic claim gone": (without_first("claims_automatic"), "minor"),
    "automatic claim's words": (value("claims_automatic", "text", "Pears keep."), "minor"),
    "mark of a pass gone": (without_first("claim_passes"), "minor"),
    "column added": (edited("sources", lambda rows: rows.append_column("harvest", [[1] * len(rows)])), "minor"),
    "article gone": (without_first("articles"), "major"),
    "claim gone": (without_first("claims"), "major"),
    "id renamed": (value("claims", "claim_id", "new-1"), "major"),
    "text of an article": (value("articles", "text", "Pears keep."), "major"),
    "words of a claim": (value("claims", "text", "Pears keep."), "major"),
    "column gone": (edited("sources", lambda rows: rows.drop_columns(["owner"])), "major"),
    "column renamed": (
        edited(
            "sources", lambda rows: rows.rename_columns(["harvest" if n == "owner" else n for n in rows.schema.names])
        ),
        "major",
    ),
    "type changed": (edited("articles", as_text), "major"),
    "table gone": (without_table("divergences"), "major"),
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the invented collection; read it, never write it."""
    return corpus.build(BASE, tmp_path_factory.mktemp("first") / "dist", lock=None).folder


def copy(folder: Path, place: Path) -> Path:
    """A copy to be edited."""
    return Path(shutil.copytree(folder, place))


@pytest.mark.parametrize("name", CASES)
def test_least_version(name: str, first: Path, tmp_path: Path) -> None:
    """Each kind of edit asks for the version that the policy gives it."""
    edit, least = CASES[name]
    edit(new := copy(first, tmp_path / "new"))
    assert least_bump(changes_in(compare(first, new))) == least


def test_table_that_comes(first: Path, tmp_path: Path) -> None:
    """A table that was not there before is an addition."""
    without_table("divergences")(old := copy(first, tmp_path / "old"))
    assert least_bump(changes_in(compare(old, first))) == "minor"


@pytest.mark.parametrize(("bump", "text"), [("patch", "1.2.4"), ("minor", "1.3.0"), ("major", "2.0.0")])
def test_versions_are_raised(bump: str, text: str) -> None:
    """A higher part sets the lower ones to zero; versions order as numbers."""
    assert str(Version.read("1.2.3").bumped(bump)) == text  # type: ignore[arg-type]
    assert Version.read("0.10.0") > Version.read("0.9.0")


@pytest.mark.parametrize("text", ["1.2", "1.2.3.4", "v1.2.3", "1.-2.3", "", "1.2.٣", "1.2.9999999999"])
def test_what_is_no_version(text: str) -> None:
    """What is no version is refused."""
    with pytest.raises(ReleaseRefusedError, match="is no version"):
        Version.read(text)


def test_known_edits_and_no_others(first: Path, tmp_path: Path) -> None:
    """Several edits at once are named exactly, by table, row and column."""
    new = copy(first, tmp_path / "new")
    for name in ("label corrected", "article added", "name in a register", "column added", "sentence gone"):
        CASES[name][0](new)
    found = {table.table: table for table in compare(first, new).tables if table.is_different}

    assert set(found) == {"claims", "articles", "actors", "sources", "sentences"}
    assert [(row.key, [v.column for v in row.values]) for row in found["claims"].changed_rows] == [
        (("100-01-c001",), ["certainty"])
    ]
    assert [row.key for row in found["articles"].added_rows] == [("new-1",)]
    assert found["actors"].changes == {"name": 1}
    assert [(c.column, c.old_type, c.new_type) for c in found["sources"].columns] == [("harvest", None, "Int64")]
    assert (found["sentences"].removed, found["sentences"].added, found["sentences"].changed) == (1, 0, 0)


def test_shards_are_one_table(first: Path, tmp_path: Path) -> None:
    """A table of several files is the table of one file; what changes in a later file is found."""
    new = copy(first, tmp_path / "new")
    rows = pq.read_table(path := new / table_file("claims"))
    path.unlink()
    for number in range(3):
        part = rows.slice(number * 4, 4 if number < 2 else None)
        pq.write_table(part, path.parent / f"train-{number:05}-of-00003.parquet")
    assert not compare(first, new).is_different
    last = path.parent / "train-00002-of-00003.parquet"
    pq.write_table(pq.read_table(last).slice(1), last)
    (table,) = (table for table in compare(first, new).tables if table.is_different)
    assert (table.table, table.removed, table.added, table.changed) == ("claims", 1, 0, 0)


# Releases


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A repository with the invented collection, released as 0.1.0, whose pages name the version."""
    root = tmp_path / "project"
    shutil.copytree(BASE, root / "seeds")
    copy(first, root / "dist")
    (root / "CITATION.cff").write_text("# How to cite.\nversion: 0.1.0\ndate-released: 2024-05-01\n", "utf-8")
    (root / "pyproject.toml").write_text('[project]\nname = "invented-notes" # ours\nversion = "0.1.0"\n', "utf-8")
    (root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 0.1.0 - 2024-05-01\n\nFirst.\n\n## Errata\n\nNone.\n", "utf-8"
    )
    git(root, "init", "--quiet")
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--message=first")
    git(root, "tag", "v0.1.0")
    return root


def git(root: Path, *arguments: str) -> str:
    """Run git as a maintainer does."""
    who = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def replace_in(path: Path, old: str, new: str) -> None:
    """Change text that stands in a file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def released(root: Path, bump: str | None = None, since: str | None = None) -> str:
    """The version that a release of the project would have."""
    return str(plan(root / "seeds", root / "dist", Wanted(bump, since, DAY)).version)  # type: ignore[arg-type]


def correct_a_label(root: Path) -> None:
    """Correct a label of the first claim."""
    path = root / "seeds/100/claims.jsonl"
    lines = path.read_text("utf-8").splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | {"certainty": "hedged"})
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_release(project: Path) -> None:
    """A release sets the version and day wherever they stand, tells what changed, and builds; comments stay."""
    correct_a_label(project)
    planned = plan(project / "seeds", project / "dist", Wanted(day=DAY))
    assert (str(planned.version), planned.since) == ("0.2.0", "v0.1.0:dist")
    built = perform(planned, project / "seeds", project / "dist")

    assert built.version == "0.2.0"
    assert corpus.verify(project / "dist") == corpus.validate(project / "dist") == []
    dataset = tomllib.loads((project / "seeds/dataset.toml").read_text("utf-8"))
    citation = yaml.safe_load((project / "CITATION.cff").read_text("utf-8"))
    assert (dataset["version"], dataset["released"]) == ("0.2.0", DAY)
    assert (citation["version"], citation["date-released"]) == ("0.2.0", DAY)
    assert (project / "pyproject.toml").read_text("utf-8") == (
        '[project]\nname = "invented-notes" # ours\nversion = "0.2.0"\n'
    )
    changelog = (project / "CHANGELOG.md").read_text("utf-8")
    headings = [line for line in changelog.splitlines() if line.startswith("#")]
    assert headings == ["# Changelog", "## 0.2.0 - 2024-06-01", "### Data", "## 0.1.0 - 2024-05-01", "## Errata"]
    assert "- Changed: 1 curated claim in `certainty` 1: `100-01-c001`.\n" in changelog
    assert git(project, "tag") == "v0.1.0\n"


@pytest.mark.parametrize("bump", [None, *BUMPS])
def test_smaller_version_is_refused(bump: str | None, project: Path) -> None:
    """What asks for a MINOR version is no PATCH, and may be a MAJOR one."""
    correct_a_label(project)
    if bump == "patch":
        with pytest.raises(ReleaseRefusedError, match=r"asks for minor \(claims.certainty: 1 values changed\)"):
            released(project, bump)
    else:
        assert released(project, bump) == ("1.0.0" if bump == "major" else "0.2.0")


@pytest.mark.parametrize("bump", ["patch", "minor"])
def test_changed_text_is_major(bump: str, project: Path) -> None:
    """A text that changed asks for a MAJOR version."""
    edited("articles", value_of_text)(old := copy(project / "dist", project / "old"))
    with pytest.raises(ReleaseRefusedError, match="asks for major"):
        released(project, bump, str(old))
    assert released(project, None, str(old)) == "1.0.0"


def value_of_text(rows: pa.Table) -> pa.Table:
    """The table with another first text."""
    texts = ["Pears keep.", *rows["text"].to_pylist()[1:]]
    return rows.set_column(rows.schema.get_field_index("text"), "text", pa.array(texts))


def test_nothing_to_release(project: Path) -> None:
    """Where nothing differs there is nothing to release, unless a version is asked for."""
    with pytest.raises(ReleaseRefusedError, match="nothing differs"):
        released(project)
    assert released(project, "patch") == "0.1.1"


def test_release_needs_a_last_one(project: Path) -> None:
    """Without a tag it must be said what was released last."""
    git(project, "tag", "--delete", "v0.1.0")
    with pytest.raises(ReleaseRefusedError, match="--since"):
        released(project, "patch")
    assert released(project, "patch", str(project / "dist")) == "0.1.1"


def test_meaning_must_be_judged(project: Path) -> None:
    """Where a column is described in other words, a person says whether its meaning changed."""
    card = "The town that the text is from."
    replace_in(page := project / "dist/README.md", "Id of the seed. |", f"{card} |")
    with pytest.raises(ReleaseRefusedError, match=r"seeds\.seed_id .*say --bump major where the meaning changed"):
        released(project, None, str(page.parent))
    assert released(project, "patch", str(page.parent)) == "0.1.1"


def test_card_describes_every_column(committed: Path) -> None:
    """The card is read back: each column of each table with its meaning."""
    manifest = json.loads((committed / "manifest.json").read_text("utf-8"))
    files = {table: pq.read_schema(committed / table_file(table)) for table in manifest["tables"]}
    assert set(described(committed)) == {f"{table}.{name}" for table, schema in files.items() for name in schema.names}


def test_what_is_gone_must_be_registered(project: Path) -> None:
    """A claim that was released and is gone without an entry is a finding; nothing is written."""
    claims = project / "seeds/200/claims.jsonl"
    claims.write_text("\n".join(claims.read_text("utf-8").splitlines()[1:]) + "\n", "utf-8")
    with pytest.raises(InvalidCorpusError) as caught:
        released(project)
    (finding,) = caught.value.findings
    assert (finding.code, finding.record, finding.file) == ("removal-unregistered", "200-01-c001", "seeds/removed.toml")
    (warned,) = corpus.validate(project / "seeds")
    assert (warned.code, warned.record, warned.level) == ("removal-unconfirmed", "200-01-c001", "warning")


def test_failed_release_leaves_all_as_it_was(project: Path) -> None:
    """Where the build fails, the files that name the version are put back."""
    correct_a_label(project)
    planned = plan(project / "seeds", project / "dist", Wanted(day=DAY))
    before = git(project, "diff")
    (project / "seeds/actors.toml").write_text("no toml", "utf-8")
    with pytest.raises(InvalidCorpusError):
        perform(planned, project / "seeds", project / "dist")
    git(project, "checkout", "seeds/actors.toml")
    assert git(project, "diff") == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# Changelog\n\n## 0.2.0 - 2024-06-01\n\nTOLD\n"),
        ("# C\n\n## Unreleased\n\n- Ferries.\n", "# C\n\n## 0.2.0 - 2024-06-01\n\nTOLD\n\n- Ferries.\n"),
        (
            "# C\n\n## 0.2.0 - 2024-05-09\n\n### Data\n\n- Old.\n\n### Added\n\n- Ferries.\n\n## 0.1.0\n",
            "# C\n\n## 0.2.0 - 2024-06-01\n\nTOLD\n\n### Added\n\n- Ferries.\n\n## 0.1.0\n",
        ),
        (
            "# C\n\n## 0.1.0 - 2024-05-01\n\nFirst.\n",
            "# C\n\n## 0.2.0 - 2024-06-01\n\nTOLD\n\n## 0.1.0 - 2024-05-01\n\nFirst.\n",
        ),
    ],
)
def test_changelog(before: str, after: str, tmp_path: Path) -> None:
    """The section is that of the version; an open one becomes it, and what an earlier run wrote is replaced."""
    seeds = copy(BASE, tmp_path / "seeds")
    path = tmp_path / "CHANGELOG.md"
    path.write_text(before, "utf-8")
    told = "### Data\n\n- New.\n"
    files = with_version(seeds, Version(0, 1, 0), Version(0, 2, 0), DAY, told)
    assert files[path] == (before, after.replace("TOLD", told.strip()))


def test_release_command(project: Path, run: Run) -> None:
    """`corpus release --dry-run` shows the version, why, and the git commands, and writes nothing."""
    correct_a_label(project)
    root = str(Path(__file__).resolve().parent.parent)
    done = run("release", "--dry-run", "--date", "2024-06-01", cwd=project, env={**os.environ, "PYTHONPATH": root})
    assert done.returncode == 0, done.stderr
    for words in ("0.1.0 → 0.2.0", "minor: claims.certainty", "### Data", "git tag --annotate v0.2.0"):
        assert words in done.stdout
    assert git(project, "status", "--porcelain").split() == ["M", "seeds/100/claims.jsonl"]
    done = run("release", "--bump", "patch", cwd=project, env={**os.environ, "PYTHONPATH": root})
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


# Older versions and published addresses


def test_older_versions_are_loaded(project: Path) -> None:
    """`corpus.load` gives a table as a tag has it, whatever the folder holds now, in every form."""
    before = corpus.load("claims", project / "dist")
    value("claims", "certainty", "denied")(project / "dist")
    assert corpus.load("claims", project / "dist", version="0.1.0").equals(before)
    assert corpus.load("claims", project / "dist", version="0.1.0", as_="datasets").to_list() == before.to_dicts()
    shutil.rmtree(project / "dist")
    assert corpus.load("claims", project / "dist", version="0.1.0").equals(before)


def test_versions_that_cannot_be_loaded(project: Path, first: Path) -> None:
    """What there is not is told: no such version, no repository, no such table in it."""
    with pytest.raises(UnknownRevisionError, match=r"no tag v0\.9\.0; released were 0\.1\.0"):
        corpus.load("claims", project / "dist", version="0.9.0")
    with pytest.raises(UnknownRevisionError, match="lies in no git repository"):
        corpus.load("claims", first, version="0.1.0")
    with pytest.raises(UnknownTableError, match="there are: articles"):
        corpus.load("removed", project / "dist", version="0.1.0")
    for version in ("--all", "0.1.0:dist", "", "HEAD"):
        with pytest.raises(UnknownRevisionError):
            corpus.load("claims", project / "dist", version=version)


@pytest.fixture
def in_memory(first: Path) -> Iterator[str]:
    """The dataset in fsspec's memory, which needs nothing installed."""
    files = fsspec.filesystem("memory")
    files.put(str(first), "/shelf/v0.1.0", recursive=True)
    yield "memory://shelf/v0.1.0"
    files.rm("/shelf", recursive=True)


@pytest.fixture
def served(first: Path) -> Iterator[str]:
    """The dataset as a web server gives it, on loopback."""

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(first.parent))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/dist"
    server.shutdown()
    server.server_close()


def test_addresses_are_compared(served: str, in_memory: str, first: Path, tmp_path: Path, run: Run) -> None:
    """A dataset at an address is compared like a folder."""
    from corpus.places import dataset_at

    value("claims", "certainty", "denied")(new := copy(first, tmp_path / "new"))
    with dataset_at(in_memory) as folder:
        assert not compare(first, folder).is_different
    done = run("diff", served, new, "--exit-code")
    assert (done.returncode, done.stdout.splitlines()[0][:6]) == (1, "claims"), done.stderr
    assert "certainty: [-asserted-] {+denied+}" in done.stdout


def test_versions_at_an_address(in_memory: str, first: Path) -> None:
    """From an address a version is loaded where it is that one; the version may be part of the address."""
    claims = corpus.load("claims", first)
    assert corpus.load("claims", in_memory).equals(claims)
    assert corpus.load("claims", "memory://shelf/v{version}", version="0.1.0").equals(claims)
    with pytest.raises(OtherVersionError, match=r"holds version 0\.1\.0, not 0\.2\.0"):
        corpus.load("claims", in_memory, version="0.2.0")
    with pytest.raises(UnreadableAddressError, match="no manifest"):
        corpus.load("claims", "memory://shelf/nothing")


@pytest.mark.parametrize("place", ["nosuch://shelf/dist", "http://127.0.0.1:9/dist"])
def test_addresses_that_cannot_be_read(place: str, run: Run) -> None:
    """An address that cannot be read is told in one line."""
    done = run("diff", place, "dist")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"corpus: {place} cannot be read: ")
    with pytest.raises(UnreadableAddressError):
        corpus.load("claims", place)


def test_manifest_at_an_address_leads_nowhere_else(first: Path, tmp_path: Path) -> None:
    """Of the names in a manifest only those of Parquet files of tables are fetched."""
    from corpus.places import dataset_at

    files = fsspec.filesystem("memory")
    names = ["../secret", "/etc/passwd", "data/claims/../../x.parquet", "data/Claims/a.parquet", "notes.txt"]
    files.pipe("/odd/manifest.json", json.dumps({"tables": {}, "files": dict.fromkeys(names, "")}).encode())
    with dataset_at("memory://odd") as folder:
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["manifest.json"]
    files.rm("/odd", recursive=True)
