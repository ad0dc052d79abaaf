"""Adding files as seeds: from a file on disk to a collection that validates and builds."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import corpus
from corpus.adding import Wanted, add
from corpus.building import build, validate_seeds
from corpus.declaring import Known
from corpus.errors import InvalidCorpusError, SeedExistsError
from corpus.suggesting import settle
from corpus.validating import validate_dataset

Run = Callable[..., subprocess.CompletedProcess[str]]
BASE = Path(__file__).parent / "faults" / "base"
BODY = (
    "The pears of the valley are early this year, and the growers expect to pick them in July. The co-operative has "
    "rented a second cold store near the harbour.\nAda Quill said that prices would fall by 4 percent.\n"
)
DIGEST = (
    f"Pears are early this year\nThe Ferry Post – April 2, 2024\n{BODY}\n"
    "Rovers win the derby\nBy Ada Quill | Meadow Weekly | March 2024\n"
    "About 900 people watched the match, which Elmhaven Rovers won by three goals to one after it had rained all day.\n"
)
DOCUMENT = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A valid collection, and beside it a folder for what is brought in."""
    return Path(shutil.copytree(BASE, tmp_path / "seeds"))


def brought(tmp_path: Path, name: str, data: bytes | str) -> Path:
    """A file that somebody brings."""
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def fill_blanks(folder: Path) -> None:
    """What a contributor does: write something for every blank."""
    source = folder / "source.toml"
    text = source.read_text("utf-8")
    for key, value in (("id", "ferry-post"), ("basis", "inferred"), ("edtf", "2024-04")):
        text = re.sub(rf'^{key} = "TODO.*"$', f'{key} = "{value}"', text, flags=re.MULTILINE)
    source.write_text(re.sub(r'"TODO.*"', '"Invented."', text), "utf-8")


def test_a_digest_becomes_articles_of_a_valid_collection(seeds: Path, tmp_path: Path) -> None:
    """Added, reviewed and with its blanks filled, a digest is valid, and its articles are in the dataset."""
    file = brought(tmp_path, "two articles.txt", DIGEST)
    addition = add(file, seeds)
    folder = seeds / "201"
    declared = tomllib.loads((folder / "source.toml").read_text("utf-8"))

    assert (addition.folder, declared["layout"], declared["language"]) == (folder, "digest", "en")
    assert (folder / declared["file"]).read_bytes() == file.read_bytes()
    assert declared["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert {finding.code for finding in addition.to_do} == {"blank-open", "suggestion-open"}

    fill_blanks(folder)
    suggestions = folder / "suggestions.jsonl"
    suggestions.write_text(suggestions.read_text("utf-8").replace('"open"', '"accept"'), "utf-8")
    accepted = sum(settle(article["id"], seeds)[0] for article in declared["article"])
    assert accepted == addition.suggestions > 2
    assert [finding for finding in validate_seeds(seeds) if finding.level == "error"] == []
    dist = build(seeds, tmp_path / "dist", lock=None)
    assert (dist.rows["articles"], validate_dataset(dist.folder)) == (5, [])


def test_what_is_known_is_not_asked(seeds: Path, tmp_path: Path) -> None:
    """Outlet, date and language that the contributor gives stand in the declaration, with their evidence to be told."""
    file = brought(tmp_path, "pears.txt", BODY)
    add(file, seeds, Wanted(seed_id="pears", known=Known("ferry-post", "2024-04-02", "en")), with_suggestions=False)
    declared = tomllib.loads((seeds / "pears" / "source.toml").read_text("utf-8"))

    assert (declared["outlet"]["id"], declared["article"][0]["date"]["edtf"]) == ("ferry-post", "2024-04-02")
    assert not (seeds / "pears" / "suggestions.jsonl").exists()
    fill_blanks(seeds / "pears")
    assert [finding for finding in validate_seeds(seeds) if finding.level == "error"] == []


def in_word(text: str) -> bytes:
    """A document of a word processor."""
    data = io.BytesIO()
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{DOCUMENT}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return data.getvalue()


def in_sheet() -> bytes:
    """A workbook of records."""
    data, book = io.BytesIO(), openpyxl.Workbook()
    for row in ([*RECORDS[0]], *([*record.values()] for record in RECORDS)):
        book.worksheets[0].append(row)
    book.save(data)
    return data.getvalue()


RECORDS = [
    {
        "title": f"Harvest {n}",
        "outlet": "The Ferry Post",
        "date": f"2024-03-0{n}",
        "text": f"{BODY}It rained {n} times.",
    }
    for n in (1, 2, 3)
]
CONTAINERS = {
    "digest.docx": (in_word(DIGEST), 2),
    "digest.html": (f"<html><body>{''.join(f'<p>{line}</p>' for line in DIGEST.splitlines())}</body></html>", 2),
    "digest.rtf": ("{\\rtf1\\ansi " + DIGEST.replace("–", "\\'96").replace("\n", "\\par\n") + "}", 2),
    "dump.jsonl": ("".join(json.dumps(record) + "\n" for record in RECORDS), 3),
    "dump.xlsx": (in_sheet(), 3),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_are_built(name: str, seeds: Path, tmp_path: Path) -> None:
    """Texts of containers become articles; the ledger tiles each field, and places lead back into it."""
    data, count = CONTAINERS[name]
    add(brought(tmp_path, name, data), seeds, Wanted(seed_id="300"), with_suggestions=False)
    fill_blanks(seeds / "300")
    dist = build(seeds, tmp_path / "dist", lock=None).folder

    articles = corpus.load("articles", dist).filter(seed_id="300")
    ledger = corpus.load("ledger", dist).filter(seed_id="300")
    assert articles.height == count
    assert articles["source_id"].null_count() == articles["published"].null_count() == 0
    assert validate_dataset(dist) == []
    for article in articles.iter_rows(named=True):
        runs = ledger.filter(
            pl.col("raw_record").eq(article["raw_record"]) & pl.col("raw_field").eq_missing(article["raw_field"])
        )
        value = b"".join(
            article["text"][run["char_start"] : run["char_end"]].encode()
            if run["action"] == "kept" and run["article_id"] == article["article_id"]
            else bytes.fromhex(run["raw_hex"] or "")
            for run in runs.iter_rows(named=True)
            if run["article_id"] in (None, article["article_id"])
        )
        assert article["text"].split("\n")[-1].encode() in value


def test_nothing_is_overwritten(seeds: Path, tmp_path: Path) -> None:
    """An id that is taken, the same bytes again, and what holds no text change nothing."""
    file = brought(tmp_path, "pears.txt", BODY)
    before = sorted(path.name for path in seeds.iterdir())
    with pytest.raises(SeedExistsError):
        add(file, seeds, Wanted(seed_id="100"))
    with pytest.raises(SeedExistsError):
        add(file, seeds, Wanted(seed_id="../out"))
    for data, code in (((BASE / "200" / "town.txt").read_bytes(), "text-duplicate"), (b"\n", "text-empty")):
        with pytest.raises(InvalidCorpusError) as refused:
            add(brought(tmp_path, "again.txt", data), seeds)
        assert code in {finding.code for finding in refused.value.findings}

    assert sorted(path.name for path in seeds.iterdir()) == before


@pytest.mark.parametrize(
    "name", ["source.toml", "..", "-rf *.txt", "\u202egnp.txt", "a" * 200 + ".txt", "pêches & cie.txt"]
)
def test_odd_names_stay_inside_the_folder(name: str, seeds: Path, tmp_path: Path) -> None:
    """Whatever a file is called, its copy has a plain name inside the folder of its seed."""
    inside = tmp_path / "in"
    inside.mkdir()
    file = brought(inside, "dots.txt" if name == ".." else name, BODY)
    folder = add(file, seeds, Wanted(seed_id="odd"), with_suggestions=False).folder

    copied = tomllib.loads((folder / "source.toml").read_text("utf-8"))["file"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([copied, "source.toml"])
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}", copied)
    assert (folder / copied).read_text("utf-8") == BODY


def test_the_command_says_what_was_made_and_what_remains(seeds: Path, tmp_path: Path, run: Run) -> None:
    """`corpus add` names the articles, the suggestions, the doubts, and what is left to do; a text cannot steer it."""
    file = brought(
        tmp_path, "two.txt", DIGEST.replace("March 2024", "4/3/24").replace("Rovers win", "Rovers\x1b[31m win")
    )
    done = run("add", file, "--seeds", seeds)

    assert (done.returncode, "\x1b" in done.stdout) == (0, False)
    for words in (
        "2 articles",
        "Pears are early this year",
        "suggested",
        "date-unread",
        "blank-open",
        "control-character",
    ):
        assert words in done.stdout
    assert run("add", file, "--seeds", seeds).returncode == 1
    assert run("add", file, "--seeds", seeds, "--form", "scroll").returncode == 2
    assert run("add", tmp_path / "nowhere.txt", "--seeds", seeds).returncode == 1


def test_named_fields_are_written_down(seeds: Path, tmp_path: Path, run: Run) -> None:
    """`--field` says which field holds what, and the declaration keeps it."""
    rows = [{"words": BODY, "paper": "The Ferry Post"}]
    file = brought(tmp_path, "dump.json", json.dumps(rows))
    done = run("add", file, "--seeds", seeds, "--id", "300", "--field", "text=words", "--field", "outlet=paper")

    assert done.returncode == 0, done.stderr
    declared = tomllib.loads((seeds / "300" / "source.toml").read_text("utf-8"))
    assert declared["fields"] == {"text": "words", "outlet": "paper"}
    assert run("add", file, "--seeds", seeds, "--field", "colour=red").returncode == 2
