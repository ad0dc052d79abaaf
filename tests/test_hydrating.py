"""Putting the texts back: from files as obtained, from copies that differ as copies do, and from no others."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bulk_seeds import article, lay_bulk
from text_free_samples import (
    article_texts,
    bytes_under,
    copies_of,
    dataset,
    declared,
    manifest_of,
    straight,
    with_crlf,
)

import corpus
from corpus.errors import DamagedTableError, InvalidCorpusError, MissingTextsError, NotADatasetError, TextFreeError
from corpus.scaling.streaming import BulkSettings
from corpus.tables.files import write_checksums, write_table
from corpus.tables.shapes import arrow_schema
from corpus.textfree.hydrating import HydrationReport, hydrate
from corpus.textfree.pieces import pieces_of
from corpus.textfree.releasing import without_text

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = corpus.load("articles", ROOT / "dist").height
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def free(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text-free release of the real dataset; read it, never write it."""
    return without_text(built, tmp_path_factory.mktemp("released") / "free").folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented seeds, their dataset and its release; read it, never write it."""
    place = tmp_path_factory.mktemp("made")
    without_text(dataset(place), place / "free")
    return place


@pytest.fixture
def invented(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The invented dataset and its release, to be damaged; the seeds beside them."""
    for name in ("seeds", "dist", "free"):
        shutil.copytree(made / name, tmp_path / name)
    return tmp_path / "dist", tmp_path / "free"


def codes(done: HydrationReport, *, errors: bool = False) -> list[tuple[str, str | None]]:
    """Code and record of each finding; of the errors alone if so asked."""
    return [(found.code, found.record) for found in done.findings if not errors or found.level == "error"]


def test_files_as_obtained_give_the_dataset_again(built: Path, free: Path, tmp_path: Path) -> None:
    """From the seeds' own files, under other names, every file of the full dataset comes back to the byte."""
    done = hydrate(free, copies_of(ROOT / "seeds", tmp_path / "copies"), tmp_path / "back")

    assert (done.original, done.exact, done.tolerated, done.missing, done.findings) == (ARTICLES, 0, 0, 0, ())
    assert done.digest == done.full_digest == manifest_of(built)["digest"]
    assert bytes_under(tmp_path / "back") == bytes_under(built)


def test_copies_with_crlf_and_straight_quotes(built: Path, free: Path, tmp_path: Path) -> None:
    """Copies with the line ends of Windows and plain quotation marks give the same, and it is said what differed."""
    copies = copies_of(ROOT / "seeds", tmp_path / "copies", lambda text: with_crlf(straight(text)))

    done = hydrate(free, copies, tmp_path / "back")

    assert bytes_under(tmp_path / "back") == bytes_under(built)
    assert (done.original, done.exact, done.tolerated, done.missing) == (0, 0, ARTICLES, 0)
    assert done.ways["line ends"] == ARTICLES
    assert done.ways["quotation marks"] >= 14
    assert {code for code, _ in codes(done)} == {"copy-tolerated"}
    by_article = {found.record: found.found for found in done.findings}
    assert by_article["002-10"] == "differences of: blank lines, dashes, line ends, quotation marks"


def test_texts_of_single_articles(built: Path, free: Path, tmp_path: Path) -> None:
    """One file for each article, as the dataset has it, is an exact copy."""
    copies = tmp_path / "copies" / "deeper"
    copies.mkdir(parents=True)
    for article_id, text in article_texts(built).items():
        (copies / f"{article_id}.txt").write_text(text, "utf-8", newline="\n")

    done = hydrate(free, tmp_path / "copies", tmp_path / "back")

    assert (done.exact, done.tolerated, done.missing) == (ARTICLES, 0, 0)
    assert bytes_under(tmp_path / "back") == bytes_under(built)


WAYS = [
    ("line ends", lambda text: text.replace("\n", "\r\n")),
    ("line ends", lambda text: text.replace("\n", "\r")),
    ("blank lines", lambda text: f"\n\n{text}".replace("\n", "\n\n")),
    ("spaces", lambda text: text.replace(" ", "  ")),
    ("spaces", lambda text: text.replace(" ", "\u00a0")),
    ("a byte-order mark", lambda text: f"\ufeff{text}"),
    ("invisible characters", lambda text: text.replace("percent", "per\u00adcent").replace("apple", "app\u00adle")),
    ("quotation marks", straight),
    ("quotation marks", lambda text: text.replace("’", "\u02bc")),
    ("dashes", lambda text: text.replace("–", "—")),
    ("line breaks", lambda text: "\n".join(text.split(" "))),
    ("line breaks", lambda text: " ".join(text.split("\n"))),
]


@pytest.mark.parametrize(("way", "change"), WAYS, ids=[f"{n}-{way}" for n, (way, _) in enumerate(WAYS)])
def test_each_difference_is_allowed_for_and_told(
    way: str, change: Callable[[str], str], invented: tuple[Path, Path], tmp_path: Path
) -> None:
    """Each usual difference alone leads to the same dataset and is reported."""
    full, free = invented

    done = hydrate(free, copies_of(tmp_path / "seeds", tmp_path / "copies", change), tmp_path / "back")

    assert done.missing == 0
    assert way in done.ways
    assert bytes_under(tmp_path / "back") == bytes_under(full)


def test_decomposed_letters_are_allowed_for(tmp_path: Path) -> None:
    """A copy in normalisation form D gives the composed text again."""
    import unicodedata

    text = "The café in Málaga was full.\nNobody left before nine.\n"
    rest = '\n[[article]]\nid = "400-01"\nbegins = "The café"\n'
    full = dataset(tmp_path, files={"400/cafe.txt": text, "400/source.toml": declared("cafe.txt", text, rest=rest)})
    copies = copies_of(tmp_path / "seeds", tmp_path / "copies", lambda words: unicodedata.normalize("NFD", words))

    done = hydrate(without_text(full, tmp_path / "free").folder, copies, tmp_path / "back")

    assert done.ways == {"Unicode form": 1}
    assert bytes_under(tmp_path / "back") == bytes_under(full)


def test_altered_words_are_refused(built: Path, free: Path, tmp_path: Path) -> None:
    """A word that was changed is refused: the article and its first paragraph that differs are named."""
    old = next(row for row in corpus.load("paragraphs", built).to_dicts() if row["paragraph_id"] == "002-05-p07")
    last = next(row for row in corpus.load("paragraphs", built).to_dicts() if row["paragraph_id"] == "002-05-p40")

    def change(text: str) -> str:
        return text.replace(old["text"], old["text"].upper()).replace(last["text"], f"{last['text']} Or so.")

    copies = copies_of(ROOT / "seeds", tmp_path / "copies", change)
    done = hydrate(free, copies, tmp_path / "back")

    assert not (tmp_path / "back").exists()
    assert (done.folder, done.digest, done.missing) == (None, None, 1)
    (found,) = [found for found in done.findings if found.level == "error"]
    assert (found.code, found.file, found.record) == ("copy-differs", "copy 2.txt", "002-05")
    assert "002-05-p07" in found.expected
    line = (copies / "copy 2.txt").read_text("utf-8").split("\n")[(found.line or 0) - 1]
    before = next(row for row in corpus.load("paragraphs", built).to_dicts() if row["paragraph_id"] == "002-05-p06")
    assert line.strip() == before["text"]


def test_partial_dataset(built: Path, free: Path, tmp_path: Path) -> None:
    """With `partial`, what matched is a valid dataset that says that it is a part."""
    from datasets import load_dataset

    copies = copies_of(ROOT / "seeds", tmp_path / "copies")
    (copies / "copy 0.txt").unlink()
    (copies / "copy 3.txt").write_text("Rents rose again.")

    refused = hydrate(free, copies, tmp_path / "back")
    done = hydrate(free, copies, tmp_path / "back", partial=True)

    assert refused.folder is None
    assert (
        codes(done, errors=True)
        == codes(refused, errors=True)
        == [("copy-missing", "000-01"), ("copy-missing", "003-01")]
    )
    manifest = manifest_of(tmp_path / "back")
    assert manifest["text"] == "partial"
    assert manifest["full_digest"] == manifest_of(built)["digest"] != manifest["digest"]
    texts = article_texts(built)
    assert article_texts(tmp_path / "back") == {key: texts[key] for key in texts if key[:3] in ("001", "002")}
    assert corpus.validate(tmp_path / "back") == corpus.verify(tmp_path / "back") == []
    claims = load_dataset(str(tmp_path / "back"), "claims", split="train", cache_dir=str(tmp_path / "cache"))
    assert {row["article_id"][:3] for row in claims} == {"001", "002"}


PREFACE = "This digest was put together in the reading room by hand, and the room keeps a copy of every page of it."


def with_preface(tmp_path: Path) -> Path:
    """A dataset with a digest that opens with a sentence which is in no article."""
    text = PREFACE + "\n" + (ROOT / "tests/faults/base/200/town.txt").read_text("utf-8")
    toml = (ROOT / "tests/faults/base/200/source.toml").read_text("utf-8")
    digest = declared("town.txt", text).split("\n")[1]
    lines = [digest if line.startswith("sha256") else line for line in toml.split("\n")]
    return dataset(tmp_path, files={"200/town.txt": text, "200/source.toml": "\n".join(lines)})


def test_dropped_sentences_are_withheld_and_need_the_file(tmp_path: Path) -> None:
    """What stood outside the articles is not published; only the file as obtained brings it back."""
    full = with_preface(tmp_path)
    free = without_text(full, tmp_path / "free").folder
    copies = copies_of(tmp_path / "seeds", tmp_path / "copies", straight)

    ledger = corpus.load("ledger", free).to_dicts()
    assert any(bytes.fromhex(row["raw_hex"] or "") for row in corpus.load("ledger", full).to_dicts())
    assert not any(b"reading room by hand" in bytes.fromhex(row["raw_hex"] or "") for row in ledger)
    assert codes(hydrate(free, copies, tmp_path / "back"), errors=True) == [("bytes-missing", "200")]
    assert not (tmp_path / "back").exists()
    part = hydrate(free, copies, tmp_path / "part", partial=True)
    assert part.missing == 0
    assert corpus.validate(tmp_path / "part") == []
    hydrate(free, copies_of(tmp_path / "seeds", tmp_path / "originals"), tmp_path / "back")
    assert bytes_under(tmp_path / "back") == bytes_under(full)


def test_records_of_a_dump(tmp_path: Path) -> None:
    """Articles of a JSON Lines file come back from the file, and from plain texts of the records."""
    full = dataset(tmp_path, "fact-field-missing")
    free = without_text(full, tmp_path / "free").folder
    done = hydrate(free, copies_of(tmp_path / "seeds", tmp_path / "copies"), tmp_path / "back")
    assert done.original == len(article_texts(full))
    assert bytes_under(tmp_path / "back") == bytes_under(full)

    (dump,) = (tmp_path / "copies").glob("*.jsonl")
    records = [json.loads(line) for line in dump.read_text("utf-8").splitlines()]
    dump.unlink()
    for number, record in enumerate(records):
        (tmp_path / "copies" / f"{number}.txt").write_text(record["body"], "utf-8")
    again = hydrate(free, tmp_path / "copies", tmp_path / "again")
    assert again.missing == 0
    assert article_texts(tmp_path / "again") == article_texts(full)


@pytest.mark.parametrize(("form", "packing", "parts"), [("jsonl", "", 0), ("parquet", "", 0), ("jsonl", "zstd", 2)])
def test_bulk_seeds(form: str, packing: str, parts: int, tmp_path: Path) -> None:
    """A dataset of several shards comes back to the byte from its files, packed or not; its release is valid."""
    seeds = lay_bulk(tmp_path, [article(number) for number in range(40)], form=form, packing=packing, parts=parts)
    full = corpus.build(seeds, tmp_path / "dist", lock=None, bulk=BulkSettings(workers=1)).folder
    free = without_text(full, tmp_path / "free").folder

    assert len(list((free / "data" / "paragraph_digests").iterdir())) > 1
    assert corpus.validate(free) == []
    assert corpus.load("claims_automatic", free).height == corpus.load("claims_automatic", full).height
    done = hydrate(free, seeds / "news", tmp_path / "part", partial=True)
    assert (done.original, done.missing) == (40, 3)
    assert corpus.validate(tmp_path / "part") == []
    assert hydrate(free, seeds, tmp_path / "back").original == 43
    assert bytes_under(tmp_path / "back") == bytes_under(full)


def test_damaged_packing_is_a_finding(invented: tuple[Path, Path], tmp_path: Path) -> None:
    """Packed copies that are cut off or swell are named, and nothing is written."""
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(9_000))[:4_000])
    (tmp_path / "copies" / "swelling.txt.gz").write_bytes(gzip.compress(bytes(200 << 20)))
    (tmp_path / "copies" / "none.zst").write_bytes(b"\x28\xb5\x2f\xfd no frame")
    done = hydrate(invented[1], tmp_path / "copies", tmp_path / "back")
    unread = {found.file for found in done.findings if found.code == "copy-unread"}
    assert unread == {"cut.txt.gz", "swelling.txt.gz", "none.zst"}


def test_tables_of_several_files(invented: tuple[Path, Path], tmp_path: Path) -> None:
    """A dataset whose tables are written shard by shard comes back shard by shard."""
    full, old = invented
    shutil.rmtree(old)
    for name in manifest_of(full)["tables"]:  # type: ignore[attr-defined]
        ((file, rows),) = pieces_of(full, name)
        half = (rows.num_rows + 1) // 2
        halves = [rows.slice(0, half), rows.slice(half)] if rows.num_rows > 1 else [rows]
        pieces = [pa.Table.from_pylist(piece.to_pylist(), schema=arrow_schema(name)) for piece in halves]
        (full / "data" / name / file).unlink()
        for number, piece in enumerate(pieces):
            write_table(full / "data" / name / f"train-{number:05}-of-{len(pieces):05}.parquet", piece)
    free = without_text(full, tmp_path / "free").folder
    hydrate(free, copies_of(tmp_path / "seeds", tmp_path / "copies"), tmp_path / "back")
    before, after = bytes_under(full), bytes_under(tmp_path / "back")
    assert {name: after[name] for name in before if name.endswith(".parquet")} == {
        name: content for name, content in before.items() if name.endswith(".parquet")
    }
    assert sum(name.startswith("data/claims/") for name in before) == 2


def test_hostile_folders_end_in_findings(invented: tuple[Path, Path], tmp_path: Path) -> None:
    """Links, pipes, huge files and files that are no text are named and left alone; the copies beside them count."""
    full, free = invented
    copies = copies_of(tmp_path / "seeds", tmp_path / "copies", with_crlf)
    (copies / "linked.txt").symlink_to(tmp_path / "seeds" / "actors.toml")
    (copies / "loop").symlink_to(copies, target_is_directory=True)
    (copies / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(copies / "pipe.txt")
    with (copies / "huge.txt").open("wb") as file:
        file.truncate(5 << 30)
    (copies / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (copies / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(4096))
    (copies / "empty.txt").write_bytes(b"")
    (copies / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (copies / "escape\x1b[31m.txt").write_text("Rents rose again.")

    done = hydrate(free, copies, tmp_path / "back")

    unread = {found.file for found in done.findings if found.code == "copy-unread"}
    assert unread >= {
        "linked.txt",
        "loop",
        "gone.txt",
        "pipe.txt",
        "huge.txt",
        "picture.png",
        "broken.docx",
        "binary.txt",
    }
    assert done.missing == 0
    assert bytes_under(tmp_path / "back") == bytes_under(full)


def test_nothing_but_hostile_files(invented: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder without any copy says so of each article, and nothing is written."""
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "a.txt").write_text("a\n" * 50_000)
    done = hydrate(invented[1], tmp_path / "copies", tmp_path / "back")
    assert codes(done) == [("copy-missing", "100-01"), ("copy-missing", "200-01"), ("copy-missing", "200-02")]
    assert not (tmp_path / "back").exists()


def rewritten(folder: Path, table: str, column: str, value: object) -> None:
    """Another value in the first row of a table, and checksums that fit it: a release that somebody has changed."""
    (path,) = (folder / "data" / table).glob("*.parquet")
    rows = pq.read_table(path)
    at = rows.column_names.index(column)
    values = pa.array([value, *rows[column].to_pylist()[1:]], rows.schema.field(column).type)
    write_table(path, rows.set_column(at, rows.schema.field(column), values))
    write_checksums(folder)


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("claims", "char_start", 3, InvalidCorpusError),
        ("claims", "char_start", -9, InvalidCorpusError),
        ("claims", "voice", "reported", InvalidCorpusError),
        ("ledger", "reason", "other", InvalidCorpusError),
        ("withheld", "at", 40_000, DamagedTableError),
        ("withheld", "at", -1, DamagedTableError),
        ("withheld", "row", 40_000, InvalidCorpusError),
        ("withheld", "column_name", "none", DamagedTableError),
        ("withheld", "char_end", 2**62, InvalidCorpusError),
        ("paragraph_digests", "paragraph_id", "100-01-p99", DamagedTableError),
        ("paragraph_digests", "folded_sha256", "no digest", DamagedTableError),
        ("articles", "article_id", "200-01", DamagedTableError),
    ],
)
def test_changed_releases_are_refused(
    table: str, column: str, value: object, error: type[Exception], invented: tuple[Path, Path], tmp_path: Path
) -> None:
    """Where a release was changed, the result has not the full dataset's digest: nothing is written."""
    rewritten(invented[1], table, column, value)
    with pytest.raises(error):
        hydrate(invented[1], copies_of(tmp_path / "seeds", tmp_path / "copies"), tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("value", [2**62, -4, 5])
def test_changed_patches_are_refused(value: int, invented: tuple[Path, Path], tmp_path: Path) -> None:
    """A patch that was changed leads to another text, which its digest refuses."""
    rewritten(invented[1], "patches", "folded_start", value)
    done = hydrate(invented[1], copies_of(tmp_path / "seeds", tmp_path / "copies", straight), tmp_path / "back")
    assert codes(done, errors=True)
    assert not (tmp_path / "back").exists()


def test_wrong_places_are_refused(built: Path, free: Path, tmp_path: Path) -> None:
    """A full dataset has no texts to put back; copies must be there; nothing but a dataset is replaced."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("Mine.")
    with pytest.raises(TextFreeError):
        hydrate(built, tmp_path, tmp_path / "back")
    with pytest.raises(MissingTextsError):
        hydrate(free, tmp_path / "none", tmp_path / "back")
    with pytest.raises(NotADatasetError):
        hydrate(free, copies_of(ROOT / "seeds", tmp_path / "copies"), tmp_path / "letters")
    assert (tmp_path / "letters" / "mine.txt").read_text() == "Mine."


def test_command(invented: tuple[Path, Path], tmp_path: Path, run: Run) -> None:
    """`corpus hydrate` says how each article matched, leaves with 0, and with 1 where one did not."""
    free = invented[1]
    copies = copies_of(tmp_path / "seeds", tmp_path / "copies", with_crlf)
    done = run("hydrate", free, "--texts", copies)
    assert done.returncode == 0, done.stderr
    assert "3 from copies with differences that are allowed for" in done.stdout
    assert "that of the full dataset" in done.stdout
    assert corpus.validate(tmp_path / "free-hydrated") == []

    shutil.rmtree(tmp_path / "free-hydrated")
    (copies / "copy 0.txt").write_text("Rents rose again.")
    refused = run("hydrate", free, "--texts", copies, "--format", "json")
    assert (refused.returncode, "nothing was written" in refused.stderr) == (1, True)
    assert {found["code"] for found in json.loads(refused.stdout)} == {"copy-missing", "copy-tolerated"}
    assert not (tmp_path / "free-hydrated").exists()
    assert run("hydrate", free, "--texts", tmp_path / "none").returncode == 2
