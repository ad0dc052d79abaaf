"""The benchmarks measure what they say: the generated articles, the processes, and what each contestant runs."""

from __future__ import annotations

import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import corpus
from benchmarks.articles import Article, Writer, write
from benchmarks.bulk_seed import write_bulk_seed
from benchmarks.contestants import CONTESTANTS, Contestant, Inputs, command
from benchmarks.processes import FailedRunError, Run
from benchmarks.processes import run as measured
from benchmarks.scale import Result, table

ROOT = Path(__file__).resolve().parent.parent
# A change of what is generated makes older measurements incomparable: it should be meant.
FIRST_HUNDRED = "d7736afefc9ed9495fb910de5cc511d9fbedf2c5b4df58f218465353ceaa76b2"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """The first 500 articles."""
    writer = Writer()
    return [writer.article(number) for number in range(500)]


@pytest.fixture(scope="module")
def sentences(articles: list[Article]) -> list[str]:
    """Their sentences."""
    texts = [article.text.replace("\r\n", "\n") for article in articles]
    return [text[start:end] for text in texts for start, end in corpus.sentences(text)]


def per_hundred(pattern: str, sentences: list[str]) -> float:
    """How often a pattern stands in a hundred sentences."""
    return 100 * sum(len(re.findall(pattern, sentence)) for sentence in sentences) / len(sentences)


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """However many processes write."""
    write(tmp_path / "one", 100, workers=1)
    write(tmp_path / "two", 100, workers=2)
    write(tmp_path / "other", 100, seed=2)

    assert hashlib.sha256((tmp_path / "one").read_bytes()).hexdigest() == FIRST_HUNDRED
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()


def test_an_article_does_not_depend_on_how_many_are_written(tmp_path: Path, articles: list[Article]) -> None:
    """Nor on those before it."""
    write(tmp_path / "news", 503)
    lines = (tmp_path / "news").read_text("utf-8").split("\n")

    assert [json.loads(line) for line in lines[:500]] == [article._asdict() for article in articles]
    assert json.loads(lines[502]) == Writer().article(502)._asdict()
    assert lines[503:] == [""]


def test_articles_are_read(tmp_path: Path, articles: list[Article]) -> None:
    """Each line is an article for whoever reads the file, with its title, date and text."""
    write(tmp_path / "news.jsonl", 60)

    read = corpus.articles(tmp_path / "news.jsonl")

    assert [finding for finding in read.findings if finding.level == "error"] == []
    found = [(article.title, article.published) for article in read.articles]
    assert found == [(article.title, article.date) for article in articles[:60]]
    assert all(article.text for article in read.articles)


def test_lengths_are_those_of_news(articles: list[Article], sentences: list[str]) -> None:
    """About nineteen sentences and 3.3 KB, a few much longer; a vocabulary that compresses as text does."""
    sizes = sorted(len(article.text.encode()) for article in articles)
    whole = "\n".join(article.text for article in articles).encode()

    assert 2900 < statistics.mean(sizes) < 3700
    assert 1.05 < statistics.mean(sizes) / statistics.median(sizes) < 1.3
    assert sizes[0] < 1000
    assert sizes[-1] > 8000
    assert 17.5 < len(sentences) / len(articles) < 20.5
    assert 3.2 < len(whole) / pa.Codec("zstd", compression_level=3).compress(whole).size < 3.8


@pytest.mark.parametrize(
    ("feature", "pattern", "low", "high"),
    [
        ("words", r"\S+", 2400, 2850),
        ("quotations", r"“", 19, 29),
        ("commas", r",", 130, 190),
        ("numbers", r"\d[\d,.]*", 26, 40),
        ("capitals inside", r"(?<=[a-z,] )[A-Z]\w+", 280, 400),
        ("that", r"\bthat\b", 26, 40),
        ("said", r"\bsaid\b", 4, 8),
        ("according to", r"[Aa]ccording to", 2.5, 4.5),
        ("abbreviations", r"\b(?:Mr|Dr|Inc|a\.m)\.", 0.5, 2.5),
        ("possessives and contractions", r"’", 20, 33),
    ],
)
def test_sentences_are_made_as_in_news(
    feature: str, pattern: str, low: float, high: float, sentences: list[str]
) -> None:
    """Within bounds around what was counted in the seeds, per 100 sentences."""
    assert low < per_hundred(pattern, sentences) < high, feature


def test_claims_are_as_frequent_as_in_news(articles: list[Article]) -> None:
    """What the extractor finds is what makes a build work: 1.4 claims a sentence in the seeds."""
    texts = [article.text.replace("\r\n", "\n") for article in articles[:80]]

    claims = [claim for text in texts for claim in corpus.extract(text)]
    of_sentence = len(claims) / sum(len(corpus.sentences(text)) for text in texts)

    assert 1.0 < of_sentence < 1.5
    assert 0.25 < sum(claim.voice == "reported" for claim in claims) / len(claims) < 0.5


def test_some_articles_are_dirty(articles: list[Article]) -> None:
    """Line ends, no-break spaces, decomposed letters and double spaces in a few, and datelines."""
    texts = [article.text for article in articles]
    shares = {
        "CRLF": sum("\r\n" in text for text in texts),
        "no-break spaces": sum("\u00a0" in text for text in texts),
        "double spaces": sum(".  " in text for text in texts),
        "datelines": sum(bool(re.match(r"[A-Z]+ – ", text)) for text in texts),
    }

    assert all(0.02 < share / len(texts) < 0.11 for share in shares.values()), shares
    assert 1 <= sum(not unicodedata.is_normalized("NFC", text) for text in texts) <= 0.05 * len(texts)


GRANDCHILD = "x = bytearray(b'1') * 150_000_000; import time; time.sleep(0.8)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GRANDCHILD!r}], start_new_session=True)"


def test_memory_of_all_processes_counts(tmp_path: Path) -> None:
    """Also of one in a session of its own."""
    done = measured([sys.executable, "-c", PARENT], os.environ, tmp_path / "log")

    assert 150e6 < done.peak < 400e6
    assert done.seconds > 0.8


def test_failed_run_says_why(tmp_path: Path) -> None:
    """With the end of what it printed."""
    with pytest.raises(FailedRunError, match="no flour left"):
        measured([sys.executable, "-c", "raise SystemExit('no flour left')"], os.environ, tmp_path / "log")


# The others need packages that are no dependencies of the project, and are run by hand.
OF_THIS_PROJECT = [one for one in CONTESTANTS if not {"datatrove", "spacy"} & set(one.needs)]


@pytest.mark.parametrize("contestant", OF_THIS_PROJECT, ids=lambda contestant: contestant.name)
def test_contestants_run(contestant: Contestant, tmp_path: Path) -> None:
    """Each reads all articles and writes Parquet with something of each."""
    news = write_bulk_seed(tmp_path / "seeds", 20)
    lines = news.read_bytes().splitlines(keepends=True)
    parts = tmp_path / "parts"
    parts.mkdir()
    for number in range(2):
        (parts / f"{number}.jsonl").write_bytes(b"".join(lines[10 * number : 10 * number + 10]))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HOME": str(tmp_path / "cache")}
    inputs = Inputs(tmp_path / "seeds", dict.fromkeys((1, 10), parts))

    measured(command(contestant, sys.executable, inputs, tmp_path / "out"), environment, tmp_path / "log")

    rows = sum(pq.read_metadata(file).num_rows for file in (tmp_path / "out").glob("**/*.parquet"))
    assert rows >= 20
    if contestant.module is None:  # the bulk seed builds as it is declared, and every article is in the dataset
        files = (tmp_path / "out/data/articles").glob("*.parquet")
        assert sum(pq.read_metadata(file).num_rows for file in files) == 20


def test_table_compares_with_the_first() -> None:
    """Speeds are of the same round, per article: one that is given a tenth is not ten times as fast for it."""
    ours = Result(CONTESTANTS[0], 100, (Run(10.0, 1, 10**6), Run(20.0, 1, 3 * 10**6)), 5 * 10**6)
    other = Result(CONTESTANTS[3], 10, (Run(2.0, 1, 10**6), Run(4.0, 1, 10**6)), 10**6)

    rows = list(table([ours, other]))

    assert "| 1 x (1 to 1) |" in rows[2]
    assert "| 10 | 3 | 5.0 |" in rows[2]
    assert "| 0.5 x (0.5 to 0.5) |" in rows[3]


def test_scale_names_what_is_left_out(tmp_path: Path) -> None:
    """A tool that is not there is left out with a line on how to get it; the others run."""
    empty = tmp_path / "python"
    empty.write_text("#!/bin/sh\nexit 1\n")
    empty.chmod(0o755)
    options = ["--articles", "20", "--rounds", "1", "--only", "floor", "spacy", "--python", f"spacy={empty}"]

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", *options], capture_output=True, text=True, check=True
    )

    assert "left out: spacy (pip install spacy" in done.stdout
    assert "| floor |" in done.stdout
