"""A second, small corpus in another language goes the same way: nothing of the first one is in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import datasets
import polars as pl
import pytest
import yaml

import corpus
from corpus.building import build, check
from corpus.loading import validate, verify
from corpus.tables.files import read_manifest
from tests.test_subject import GENERAL, ORDINARY, PHRASES, names

SEEDS = Path(__file__).resolve().parent / "second_corpus"
PAGES = (
    "README.md",
    "DATASHEET.md",
    "LICENSE.md",
    "CITATION.cff",
    ".zenodo.json",
    "croissant.json",
    "datapackage.json",
)


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second corpus, built; read it, never write it."""
    return build(SEEDS, tmp_path_factory.mktemp("second") / "dist", lock=None).folder


def rows(dist: Path, table: str) -> list[dict[str, object]]:
    return pl.read_parquet(dist / "data" / table / "*.parquet").to_dicts()


def test_it_is_valid(dist: Path) -> None:
    """Nothing is found in seeds and dataset, and a second build gives the same bytes."""
    assert validate(SEEDS) == validate(dist) == verify(dist) == []
    assert check(SEEDS, dist, lock=None) == []


def test_articles_are_read_in_their_language(dist: Path) -> None:
    """A digest of two articles with Turkish dates, and a letter in another encoding, with their outlets."""
    found = {row["article_id"]: row for row in rows(dist, "articles")}
    known = {key: (row["source_id"], str(row["published_from"]), row["language"]) for key, row in found.items()}
    assert known == {
        "010-01": ("ova-postasi", "2019-09-12", "tr"),
        "010-02": ("saha-dergisi", "2019-09-14", "tr"),
        "020-01": ("ova-postasi", "2019-10-01", "tr-TR"),
    }
    assert "Kiracılar derneği" in str(
        found["020-01"]["text"]
    )  # in windows-1254 the bytes of ı, ğ, ş are those of ý, ð, þ


def test_spans_are_slices(dist: Path) -> None:
    """Every span of every table is the slice of its article; every speaker's words too."""
    texts = {row["article_id"]: str(row["text"]) for row in rows(dist, "articles")}
    spans = 0
    for table in ("paragraphs", "sentences", "claims", "figures"):
        for row in rows(dist, table):
            assert texts[row["article_id"]][row["char_start"] : row["char_end"]] == row["text"]  # type: ignore[misc]
            spans += 1
    claims = rows(dist, "claims")
    said = [row for row in claims if row["claimant_start"] is not None]
    for row in said:
        assert texts[row["article_id"]][row["claimant_start"] : row["claimant_end"]] == row["claimant_text"]  # type: ignore[misc]
    assert (spans, len(claims), len(said)) == (41, 12, 4)
    assert {row["topic"] for row in claims} == {"hasat", "futbol", "kira"}
    assert {row["actor_id"] for row in said} == {"ureticiler-birligi", "kiracilar-dernegi", "isil-ince", None}


def test_figures_have_their_values(dist: Path) -> None:
    """Numbers in Turkish notation are comparable."""
    found = {row["text"]: (row["value"], row["comparator"], row["unit"]) for row in rows(dist, "figures")}
    assert found["4.000 ton"] == (4000, "exact", "ton")
    assert found["yaklaşık 900 kişi"] == (900, "about", "kişi")


def test_load_dataset(dist: Path, tmp_path: Path) -> None:
    """Every config loads offline with the rows that the manifest names, and `corpus.load` gives the same."""
    for name, table in read_manifest(dist)["tables"].items():
        loaded = datasets.load_dataset(str(dist), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert len(loaded) == table["rows"] == corpus.load(name, dist).height


def test_pages_speak_of_this_corpus_only(dist: Path) -> None:
    """Card, datasheet and descriptions name this corpus, its language and days, and nothing of the first one."""
    words = {word for name in names() for word in re.findall(r"\b[A-Z]\w{2,}", name)} - ORDINARY - GENERAL.keys()
    phrases = {name for name in names() if re.search(r"\W", name)} - PHRASES.keys()
    for page in PAGES:
        text = (dist / page).read_text("utf-8")
        assert not {word for word in re.findall(r"\w+", text) if word in words}, page
        assert not [phrase for phrase in phrases if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)], page
        assert not re.search(r"gaza|israel|\bwar\b|2023", text, re.IGNORECASE), page
    card = (dist / "README.md").read_text("utf-8")
    assert yaml.safe_load(card.split("---")[1])["language"] == ["tr"]
    assert card.split("---\n")[2].lstrip().startswith("# Köy ve Saha 2.1.0\n")
    assert "3 haber, 12 iddia" in (dist / "DATASHEET.md").read_text("utf-8")
    assert json.loads((dist / "croissant.json").read_text("utf-8"))["inLanguage"] == ["tr"]


def test_explorer(dist: Path, run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """Its explorer warns in its own words, in its own language, and shows its claims."""
    page = tmp_path / "explorer.html"
    done = run("explore", "--dist", dist, "--out", page)
    assert done.returncode == 0, done.stderr
    text = page.read_text("utf-8")
    assert "<strong>Content warning.</strong> Metinler uydurmadır. The wording" in text
    assert '<div class="text" lang="tr">' in text
    assert all(
        words in text for words in ("Köy ve Saha", "Ova Postası", "Üreticiler birliği", "bir yıldaki kira artışı")
    )
    assert not re.search(r"gaza|israel|\bwar\b", text, re.IGNORECASE)


def test_other_commands(dist: Path, run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """An article is shown with its claims, and the counts are of this corpus."""
    shown = run("show", "010-02", "--dist", dist)
    assert (shown.returncode, "Işıl İnce" in shown.stdout) == (0, True)
    counted = run("stats", "topics_by_outlet", "--dist", dist)
    assert (counted.returncode, "futbol" in counted.stdout) == (0, True)
