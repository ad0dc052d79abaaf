"""Facts about the real dataset, read from its Parquet files alone."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, Any]

SPANS = [("paragraphs", ""), ("sentences", ""), ("figures", "")]
SPANS += [(table, part) for table in ("claims", "claim_passes") for part in ("", "claimant_", "cue_", "via_")]

TITLES = {
    "002-01": "Gaza’s resistance groups announce response to 2nd truce proposal",
    "002-02": "Hamas fighting with Israeli-made weapons: Report",
    "002-03": "Iraqi resistance is quietly but effectively hitting the Israeli regime where it hurts",
    "002-04": "From stones to missiles, Palestinian resistance’s phenomenal military rise",
    "002-05": "Israeli military’s blunders, brazen lies, failures sum up 110 days of war on Gaza",
    "002-06": "Israel loses control of its borders",
    "002-07": "Settlers refuse return to Gaza envelope: ‘Hamas not yet deterred’",
    "002-08": "Hamas denies Qatari initiative including departure of its leaders from Gaza",
    "002-09": "‘We want normalization with Israel after Gaza war:’ Saudi official",
    "002-10": "Haneyya: Israel failed to achieve its war goals in Gaza",
    "002-11": "Israel about to engage in two-front war",
}
AUTHORS = {
    "002-03": ["Wesam Bahrani"],
    "002-04": ["Ivan Kesic"],
    "002-05": ["Shabbir Rizvi"],
    "002-06": ["Khalil Harb"],
    "002-11": ["Lucas Leiroz"],
}
# Outlet and how it is known, date and how it is known.
ORIGINS = {
    "000-01": ("red-herald", "found", "2023-10-23/2023-10-24", "inferred"),
    "001-01": ("daily-the-patriot", "found", "2023-10-12/2023-10-13", "inferred"),
    "002-01": ("press-tv", "stated", "2024-02-06", "stated"),
    "002-02": ("the-cradle", "stated", "2024-01-29", "stated"),
    "002-03": ("press-tv", "stated", "2024-01", "stated"),
    "002-04": ("press-tv", "stated", "2024-01-24", "stated"),
    "002-05": ("press-tv", "stated", "2024-01-23", "stated"),
    "002-06": ("the-cradle", "stated", "2024-01-23", "stated"),
    "002-07": ("the-cradle", "stated", "2024-01-19", "stated"),
    "002-08": ("middle-east-monitor", "stated", "2024-01-11", "stated"),
    "002-09": ("the-cradle", "stated", "2024-01-10", "stated"),
    "002-10": ("palestinian-information-center", "stated", "2024-01-09", "stated"),
    "002-11": (None, "unknown", "2024-01-09", "stated"),
    "003-01": ("bnn-breaking", "found", "2024-03-24/2024-03-25", "inferred"),
}
HEADINGS = {
    "002-03": ["Does Hamas need help in defending Gaza?"],
    "002-06": [
        "Israel’s new border realities",
        "Failed objectives and the northern front",
        "Decolonization in progress",
        "A land of false promises",
    ],
    "003-01": [
        "Day of Coordinated Resistance",
        "International Reactions and Media Coverage",
        "Implications for the Future",
    ],
}


def rows(dist: Path, table: str) -> list[Row]:
    return pq.read_table(dist / "data" / table / "train-00000-of-00001.parquet").to_pylist()


def article(dist: Path, article_id: str) -> Row:
    return next(row for row in rows(dist, "articles") if row["article_id"] == article_id)


def of_kind(dist: Path, article_id: str, kind: str) -> list[str]:
    found = [row for row in rows(dist, "paragraphs") if row["article_id"] == article_id and row["kind"] == kind]
    return [row["text"] for row in sorted(found, key=lambda row: row["position"])]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unequal(left: Path, right: Path) -> list[str]:
    """The files that are not the same in both folders, by name alone so that a failure stays readable."""
    one, other = files_of(left), files_of(right)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_rows_of_articles_and_seeds(built: Path) -> None:
    """The first four seeds hold fourteen articles, one, one, eleven and one, of the expected ids."""
    assert [row["seed_id"] for row in rows(built, "seeds")][:4] == ["000", "001", "002", "003"]
    found = [(row["seed_id"], row["position"]) for row in rows(built, "articles") if row["seed_id"] <= "003"]
    assert found == [("000", 1), ("001", 1), *(("002", number) for number in range(1, 12)), ("003", 1)]
    assert [row["article_id"] for row in rows(built, "articles")][: len(found)] == list(ORIGINS)


@pytest.mark.parametrize("article_id", ORIGINS)
def test_where_and_when_an_article_is_from(built: Path, article_id: str) -> None:
    """Title, authors, outlet and date of an article, with how outlet and date are known, are as read by a person."""
    row = article(built, article_id)
    assert (row["title"], row["authors"]) == (TITLES.get(article_id), AUTHORS.get(article_id, []))
    names = ("source_id", "source_basis", "published", "date_basis")
    assert tuple(row[name] for name in names) == ORIGINS[article_id]


@pytest.mark.parametrize(
    ("article_id", "first", "last"),
    [
        ("002-03", datetime.date(2024, 1, 1), datetime.date(2024, 1, 31)),
        ("000-01", datetime.date(2023, 10, 23), datetime.date(2023, 10, 24)),
        ("001-01", datetime.date(2023, 10, 12), datetime.date(2023, 10, 13)),
        ("002-01", datetime.date(2024, 2, 6), datetime.date(2024, 2, 6)),
    ],
)
def test_days_that_a_date_allows(built: Path, article_id: str, first: datetime.date, last: datetime.date) -> None:
    """A month allows all of its days, an interval its own, a day only itself."""
    row = article(built, article_id)
    assert (row["published_from"], row["published_to"]) == (first, last)


def test_what_is_not_stated_has_evidence(built: Path) -> None:
    """An outlet or a date that the text does not state comes with what shows it."""
    for row in rows(built, "articles"):
        for basis, evidence in (("source_basis", "source_evidence"), ("date_basis", "date_evidence")):
            assert row[basis] in {"stated", "unknown"} or row[evidence], (row["article_id"], evidence)


def test_crawlers_mark_is_in_the_ledger_only(built: Path) -> None:
    """The mark that a crawler put before 003 is dropped with its reason and stands in no text."""
    dropped = [row for row in rows(built, "ledger") if row["reason"] == "crawler_mark"]
    assert [(row["seed_id"], row["raw_byte_start"], row["action"]) for row in dropped] == [("003", 1, "dropped")]
    assert bytes.fromhex(dropped[0]["raw_hex"]) == b"date 2024-03-25"
    text = article(built, "003-01")["text"]
    assert "2024-03-25" not in text
    assert text.startswith("Amid Israel’s relentless assault on Gaza")


@pytest.mark.parametrize("article_id", ORIGINS)
def test_headings(built: Path, article_id: str) -> None:
    """Headings are found where there are any, and what follows stands in their section."""
    headings = HEADINGS.get(article_id, [])
    assert of_kind(built, article_id, "heading") == headings
    sections = [row["section"] for row in rows(built, "paragraphs") if row["article_id"] == article_id]
    assert list(dict.fromkeys(sections)) == [None, *headings]


def test_captions_and_credits(built: Path) -> None:
    """Captions and credits of 000 are told from its body, and no other article has any."""
    assert of_kind(built, "000-01", "caption") == [
        "Featured image: Soldiers of the Palestinian National Resistance. Source: Mohammed Saber/EPA",
        "March in solidarity with Palestine in Mumbai. Source: Muslim Mirror.",
    ]
    assert of_kind(built, "000-01", "credit") == ["Source: Nueva Democracia", "Source: Yeni Demokrasi"]
    found = {row["article_id"] for row in rows(built, "paragraphs") if row["kind"] in {"caption", "credit"}}
    assert found == {"000-01"}


@pytest.mark.parametrize(
    ("article_id", "begins"),
    [("002-03", "Wesam Bahrani is an"), ("002-05", "Shabbir Rizvi is a"), ("002-11", "Lucas Leiroz is a")],
)
def test_bios(built: Path, article_id: str, begins: str) -> None:
    """A line on the author at the end is a bio."""
    assert [text.startswith(begins) for text in of_kind(built, article_id, "bio")] == [True]


def test_follow_notice(built: Path) -> None:
    """An invitation to follow the author is a notice, and the only one."""
    found = [(row["article_id"], row["text"]) for row in rows(built, "paragraphs") if row["kind"] == "notice"]
    assert found == [("002-11", "You can follow Lucas on X (former Twitter) and Telegram.")]


def test_dateline(built: Path) -> None:
    """The dateline of 002-10 is no part of the report's first sentence, and no other article has one."""
    assert {row["article_id"]: row["dateline"] for row in rows(built, "articles") if row["dateline"]} == {
        "002-10": "DOHA"
    }
    own = [row for row in rows(built, "sentences") if row["article_id"] == "002-10"]
    assert own[1]["text"].startswith("Head of Hamas’s political bureau Ismail Haneyya")
    assert article(built, "002-10")["text"][: own[1]["char_start"]].endswith("\nDOHA – ")


def test_blank_line_in_a_header(built: Path) -> None:
    """The blank line between title and byline of 002-10 is dropped, as a break, and parts no article."""
    row = article(built, "002-10")
    raw = (ROOT / "seeds/002/002_76ef82e48d8957ed.txt").read_bytes()
    assert f"{row['title']}\n\n{row['byline']}\n".encode() in raw[row["raw_byte_start"] : row["raw_byte_end"]]
    assert row["text"].startswith(f"{row['title']}\n{row['byline']}\nDOHA")
    inside = range(row["raw_byte_start"], row["raw_byte_end"])
    dropped = [entry for entry in rows(built, "ledger") if entry["seed_id"] == "002" and entry["action"] == "dropped"]
    assert [entry["reason"] for entry in dropped if entry["raw_byte_start"] in inside] == ["paragraph_break"]


def test_no_break_spaces(built: Path) -> None:
    """Every no-break space of 000 is rewritten as a space, and the ledger has each."""
    raw = (ROOT / "seeds/000/000_1b67f9bcff904880.txt").read_bytes()
    text = article(built, "000-01")["text"]
    found = [row for row in rows(built, "ledger") if row["reason"] == "unicode_space"]
    assert len(found) == raw.count("\u00a0".encode()) == 23
    assert {row["raw_hex"] for row in found} == {"c2a0"}
    assert {text[row["char_start"] : row["char_end"]] for row in found} == {" "}
    assert "\u00a0" not in text


def test_quotation_that_never_closes(built: Path) -> None:
    """A quotation mark of 002-05 that never closes swallows neither the sentence before it nor the claims around it."""
    own = [row["text"] for row in rows(built, "sentences") if "“press freedom" in row["text"]]
    assert len(own) == 1
    assert own[0].startswith("A spokesman declares that the order violates “press freedom, but claims")
    assert own[0].count("“") == 1
    claims = [row for row in rows(built, "claims") if row["text"].endswith("“press freedom")]
    assert [(row["claimant_text"], row["cue_text"], row["attribution"]) for row in claims] == [
        ("A spokesman", "declares", "mixed")
    ]


def test_a_relayed_claim(built: Path) -> None:
    """A claim of officials that reaches 002-02 through a newspaper has claimant, cue and relay, each resolved."""
    words = "came from an unlikely source: the Israeli military itself"
    claim = next(row for row in rows(built, "claims") if row["text"].endswith(words))
    assert (claim["article_id"], claim["voice"], claim["attribution"]) == ("002-02", "reported", "direct")
    assert claim["claimant_text"] == "Israeli military and intelligence officials"
    assert (claim["cue_text"], claim["cue_class"]) == ("have concluded", "think")
    assert (claim["via_text"], claim["via_actor_id"]) == ("the NYT", "new-york-times")
    assert claim["actor_id"] in {row["actor_id"] for row in rows(built, "actors")}


def test_every_article_bears_claims(built: Path) -> None:
    """Every article has claims, and as many as it says."""
    ids = [row["article_id"] for row in rows(built, "claims")]
    for row in rows(built, "articles"):
        assert row["claim_count"] == ids.count(row["article_id"]) > 0, row["article_id"]


@pytest.mark.parametrize(("table", "part"), SPANS)
def test_text_is_its_slice(built: Path, table: str, part: str) -> None:
    """The words of every span are the slice of the article's text that its offsets name."""
    texts = {row["article_id"]: row["text"] for row in rows(built, "articles")}
    start, end = (f"{part or 'char_'}start", f"{part or 'char_'}end")
    spans = [row for row in rows(built, table) if row[f"{part}text"] is not None]
    wrong = [row for row in spans if texts[row["article_id"]][row[start] : row[end]] != row[f"{part}text"]]
    assert spans
    assert not wrong


def test_raw_bytes_of_paragraphs(built: Path) -> None:
    """The bytes that a paragraph names in its seed are its words but for the kind of space."""
    files = {
        row["seed_id"]: (ROOT / "seeds" / row["seed_id"] / row["file"]).read_bytes() for row in rows(built, "seeds")
    }
    seeds = {row["article_id"]: files[row["seed_id"]] for row in rows(built, "articles")}
    for row in rows(built, "paragraphs"):
        raw = seeds[row["article_id"]][row["raw_byte_start"] : row["raw_byte_end"]].decode()
        assert raw.replace("\u00a0", " ").strip() == row["text"]


def test_seeds_are_rebuilt_from_the_tables(built: Path) -> None:
    """The Parquet files alone give the four seeds again, byte for byte, by no code of this project."""
    texts = {row["article_id"]: row["text"] for row in rows(built, "articles")}
    ledger = sorted(rows(built, "ledger"), key=lambda row: (row["seed_id"], row["raw_byte_start"]))
    for seed in rows(built, "seeds"):
        raw = b"".join(
            texts[run["article_id"]][run["char_start"] : run["char_end"]].encode(seed["encoding"])
            if run["action"] == "kept"
            else bytes.fromhex(run["raw_hex"])
            for run in ledger
            if run["seed_id"] == seed["seed_id"]
        )
        assert hashlib.sha256(raw).hexdigest() == seed["sha256"]
        assert raw == (ROOT / "seeds" / seed["seed_id"] / seed["file"]).read_bytes()


def test_committed_dataset_is_what_the_seeds_give(built: Path, committed: Path) -> None:
    """A fresh build is the committed dataset, to the byte."""
    assert unequal(built, committed) == []


def test_surroundings_do_not_matter(committed: Path, tmp_path: Path) -> None:
    """Another hash seed, folder, time zone, language and mask of permissions give the same bytes."""
    surroundings = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "corpus", "build", "--seeds", ROOT / "seeds", "--dist", "other"]
    command += ["--lock", ROOT / "requirements.lock"]
    environment = {**os.environ, **surroundings, "PYTHONCOERCECLOCALE": "0", "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, umask=0o077, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert unequal(tmp_path / "other", committed) == []
