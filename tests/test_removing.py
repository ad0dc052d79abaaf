"""Taking down: the words leave the seeds, the register keeps ids and digests, what stays is read as before."""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import polars as pl
import pytest

import corpus
from corpus.adding import _next_id
from corpus.building import validate_seeds
from corpus.errors import CannotRemoveError, InvalidCorpusError, UnknownArticleError
from corpus.removing.taking import Request, take_down
from corpus.seeds.declarations import Removal
from corpus.seeds.reading import read_removals
from schemas.labels import REMOVAL_REASONS, REMOVED_KINDS

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "faults" / "base"
DAY = datetime.date(2024, 6, 1)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The invented collection, to be changed."""
    return Path(shutil.copytree(BASE, tmp_path / "seeds"))


def removed(seeds: Path, record: str) -> Any:
    """What was taken down."""
    return take_down(Request(record, "rights_request", "The publisher asked for it.", DAY), seeds)


def words_of(folder: Path) -> str:
    """Everything that the text files of a folder say."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-8") for path in files)


def built(seeds: Path, place: Path) -> dict[str, pl.DataFrame]:
    """The tables of a build."""
    dist = corpus.build(seeds, place / "dist", lock=None).folder
    return {name: corpus.load(name, dist) for name in ("articles", "claims", "removed", "paragraphs")}


def test_article_is_taken_down(seeds: Path, tmp_path: Path) -> None:
    """One article of a seed goes, with its words, marks and declaration; the other keeps ids, text and claims."""
    before = built(seeds, tmp_path / "before")
    text = before["articles"].row(by_predicate=pl.col("article_id") == "200-01", named=True)["text"]
    old = hashlib.sha256((seeds / "200/town.txt").read_bytes()).hexdigest()

    taken = removed(seeds, "200-01")

    assert validate_seeds(seeds) == []
    left = words_of(seeds)
    assert [line for line in text.split("\n") if line in left] == []
    after = built(seeds, tmp_path / "after")
    assert set(before["articles"]["article_id"]) - set(after["articles"]["article_id"]) == {"200-01"}
    for table, columns in (
        ("articles", ["article_id", "text", "title", "source_id"]),
        ("claims", ["claim_id", "text"]),
    ):
        kept = before[table].filter(pl.col("article_id") != "200-01").select(columns)
        assert after[table].select(columns).equals(kept)
    entry = taken.entries[0]
    assert (entry.id, entry.kind, entry.seed_sha256) == ("200-01", "article", old)
    assert entry.sha256 == hashlib.sha256(text.encode()).hexdigest()
    gone = set(before["claims"]["claim_id"]) - set(after["claims"]["claim_id"])
    assert {entry.id for entry in taken.entries if entry.kind == "claim"} == gone
    assert set(after["removed"]["removed_id"]) == {"200-01", *gone}
    assert "200-01" in tomllib.loads((seeds / "200/source.toml").read_text("utf-8"))["obtained"]


def test_last_article_of_a_seed_and_first(seeds: Path) -> None:
    """Whichever article of a digest goes, the other is read as before; after both, the seed is gone."""
    removed(seeds, "200-02")
    assert (validate_seeds(seeds), len(tomllib.loads((seeds / "200/source.toml").read_text())["article"])) == ([], 1)
    removed(seeds, "200-01")
    assert not (seeds / "200").exists()
    assert {entry.id for entry in read_removals(seeds)} >= {"200", "200-01", "200-02"}


@pytest.mark.parametrize("record", ["100", "100-01"])
def test_seed_is_taken_down(record: str, seeds: Path) -> None:
    """A seed goes whole, also where its only article is named; divergences about it go, too; its number is not used."""
    taken = removed(seeds, record)
    assert not (seeds / "100").exists()
    assert [entry.kind for entry in taken.entries][:2] == ["seed", "article"]
    assert validate_seeds(seeds) == []
    removed(seeds, "200")
    assert _next_id(seeds) == "201"


def test_claim_is_taken_down(seeds: Path, tmp_path: Path) -> None:
    """A curated claim goes alone; the text stays."""
    before = (seeds / "200/town.txt").read_bytes()
    taken = removed(seeds, "200-01-c002")
    assert [(entry.id, entry.kind, entry.article) for entry in taken.entries] == [("200-01-c002", "claim", "200-01")]
    assert (seeds / "200/town.txt").read_bytes() == before
    assert "200-01-c002" not in built(seeds, tmp_path)["claims"]["claim_id"]


def test_removed_id_does_not_return(seeds: Path) -> None:
    """What is put back by accident is refused: the article, and each of its claims."""
    removed(seeds, "200-01")
    register = (seeds / "removed.toml").read_text("utf-8")
    shutil.rmtree(seeds / "200")
    shutil.copytree(BASE / "200", seeds / "200")
    found = validate_seeds(seeds)
    assert {finding.code for finding in found} == {"removed-id-used"}
    assert {finding.record for finding in found} == {entry.id for entry in read_removals(seeds)}
    with pytest.raises(InvalidCorpusError):
        corpus.build(seeds, seeds.parent / "dist", lock=None)
    assert (seeds / "removed.toml").read_text("utf-8") == register


@pytest.mark.parametrize("text", [None, "", "# Nothing was taken down.\n"])
def test_register_without_entries(text: str | None, seeds: Path, tmp_path: Path) -> None:
    """Without entries there is no table `removed`, and the data are the same to the byte."""
    plain = corpus.build(BASE, tmp_path / "plain" / "dist", lock=None).folder
    if text is not None:
        (seeds / "removed.toml").write_text(text, "utf-8")
    dist = corpus.build(seeds, tmp_path / "other" / "dist", lock=None).folder
    files = [path.relative_to(plain) for path in plain.rglob("*") if path.is_file()]
    differing = {str(file) for file in files if (plain / file).read_bytes() != (dist / file).read_bytes()}
    assert differing <= {"provenance.json", "manifest.json", "SHA256SUMS"}  # which name the register, if it is there
    assert not (dist / "data/removed").exists()
    assert corpus.load("removed", dist).is_empty()


def test_removed_rows_in_a_dataset(seeds: Path, tmp_path: Path) -> None:
    """A published dataset that holds what its table `removed` names is found without its seeds."""
    removed(seeds, "200-01-c001")
    dist = corpus.build(seeds, tmp_path / "dist", lock=None).folder
    assert corpus.validate(dist) == []
    path = next((dist / "data/removed").glob("*.parquet"))
    pl.read_parquet(path).with_columns(pl.lit("200-01-c003").alias("removed_id")).write_parquet(path)
    found = [finding for finding in corpus.validate(dist) if finding.code == "removed-id-used"]
    assert [(finding.file, finding.record) for finding in found] == [("table:claims", "200-01-c003")]


def test_real_digest(tmp_path: Path) -> None:
    """Of the largest digest any article can be cut out: the first, one between others, the last."""
    for record in ("002-01", "002-05", "002-11"):
        seeds = Path(shutil.copytree(ROOT / "seeds", tmp_path / record))
        text = next(row["text"] for row in corpus.load("articles").to_dicts() if row["article_id"] == record)
        removed(seeds, record)
        left = (seeds / "002/002_76ef82e48d8957ed.txt").read_text("utf-8")
        assert [line for line in text.split("\n") if len(line) > 40 and line in left] == []


def test_words_declared_in_the_seed_go(seeds: Path) -> None:
    """What source.toml declares as no part of the text goes with the text that it stood in."""
    path = seeds / "200/source.toml"
    words = "The town council will talk about rents in April."
    kind = '\n[[article.paragraph]]\nbegins = "The town council"\nkind = "notice"\n'
    drop = f'\n[[drop]]\nexact = "{words}"\nreason = "stamp"\nevidence = "It is."\n'
    path.write_text(path.read_text("utf-8").replace(kind, "") + drop, "utf-8")
    assert validate_seeds(seeds) == []
    removed(seeds, "200-01")
    assert (validate_seeds(seeds), "town council" in words_of(seeds / "200")) == ([], False)


def test_what_cannot_be_taken_down(seeds: Path, tmp_path: Path) -> None:
    """Unknown ids, faulty seeds and records of dumps are refused, and nothing changes."""
    before = words_of(seeds)
    with pytest.raises(UnknownArticleError):
        removed(seeds, "200-99")
    rows = [{"body": f"The ferry left at {n} and came back at noon."} for n in range(3)]
    (tmp_path / "dump.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert words_of(seeds) == before
    from corpus.adding import add

    added = add(tmp_path / "dump.jsonl", seeds)
    with pytest.raises(CannotRemoveError, match="record of a dump"):
        removed(seeds, f"{added.seed_id}-000002")


def test_register_and_table_have_one_list() -> None:
    """Seeds and tables name the same kinds and reasons."""
    hints = get_type_hints(Removal)
    assert (get_args(hints["kind"]), get_args(hints["reason"])) == (REMOVED_KINDS, REMOVAL_REASONS)


def test_remove_command(seeds: Path, run: Run) -> None:
    """`corpus remove --dry-run` says what would go and changes nothing; reasons are of a closed list."""
    before = words_of(seeds)
    options = ["--seeds", seeds, "--note", "It stands elsewhere.", "--dry-run"]
    done = run("remove", "200-01", "--reason", "duplicate", *options)
    assert done.returncode == 0, done.stderr
    assert "would change seeds/200/town.txt" in done.stdout
    assert "the history has to be rewritten" in done.stdout
    assert run("remove", "200-01", "--reason", "annoyance", *options).returncode == 2
    assert words_of(seeds) == before
