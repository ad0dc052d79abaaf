"""Reading any file: articles with what their headers state, and the bytes that they stand in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus

DIGEST = """Rents rise again
By Ada Quill | Ferry Post | March 4, 2024
Rents have risen by 4 percent, the council said on Monday.
Nobody knows why.

Rovers win the derby
Meadow Weekly – March 2024
About 900 people watched the match. It rained.
"""
WRAPPED = """Rents rise again
Ferry Post | March 4, 2024

Rents have risen by 4 percent since the ferry line was closed, the
council said on Monday, and nobody knows why they did not fall in
the spring as they had in every year before.

The council will talk about rents again in April, when the members
are back from the fair and the hall behind the station is free for
an evening.
"""
RECORDS = [
    {
        "headline": f"Harvest {n}",
        "source": "Ferry Post",
        "date": f"2024-03-{n:02}",
        "body": f"It rained on day {n}.\nÉlan.",
    }
    for n in range(1, 6)
]


def test_digest_is_read_with_its_headers() -> None:
    """Each article comes with title, authors, outlet and date as its header states them."""
    read = corpus.articles(DIGEST.encode())

    assert [(a.title, a.authors, a.outlet, a.published) for a in read.articles] == [
        ("Rents rise again", ("Ada Quill",), "Ferry Post", "2024-03-04"),
        ("Rovers win the derby", (), "Meadow Weekly", "2024-03"),
    ]
    assert (read.form, read.layout, read.is_wrapped) == ("text", "digest", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_raw_bytes_hold_the_article(encoding: str) -> None:
    """The bytes from start to end, decoded, are the article's lines, whatever the encoding."""
    data = DIGEST.encode(encoding)
    read = corpus.articles(data, encoding=None if encoding != "utf-16-le" else encoding)

    for article in read.articles:
        raw = data[article.raw_byte_start : article.raw_byte_end].decode(str(read.encoding))
        assert [line for line in raw.splitlines() if line] == article.text.split("\n")


def test_hard_wrapped_paragraphs_are_joined() -> None:
    """Lines that were broken at a width become paragraphs again; header lines stay apart."""
    (article,) = corpus.articles(WRAPPED.encode()).articles

    lines = article.text.split("\n")
    assert lines[:2] == ["Rents rise again", "Ferry Post | March 4, 2024"]
    assert len(lines) == 4
    assert lines[2].endswith("as they had in every year before.")


def test_what_was_decided_is_told() -> None:
    """Each start of an article is a finding with how sure it is; an ambiguous date is a warning, and not guessed."""
    read = corpus.articles(DIGEST.replace("March 2024", "4/3/24").encode())

    assert read.articles[1].published is None
    assert [f.code for f in read.findings] == ["article-read", "article-read", "date-unread"]


def in_csv(delimiter: str, encoding: str) -> bytes:
    """The records as delimited text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(RECORDS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(RECORDS)
    return out.getvalue().encode(encoding)


DUMPS = {
    "dump.json": json.dumps(RECORDS).encode(),
    "dump.jsonl": "".join(json.dumps(row) + "\n" for row in RECORDS).encode(),
    "dump.csv": in_csv(",", "utf-8"),
    "semicolon.csv": in_csv(";", "utf-8-sig"),
    "windows.csv": in_csv(",", "cp1252"),
    "wide.csv": in_csv(",", "utf-16"),
    "dump.tsv": in_csv("\t", "utf-8"),
}


@pytest.mark.parametrize("name", DUMPS)
def test_dumps_give_the_same_articles(name: str, tmp_path: Path) -> None:
    """The same records in any form give the same texts and facts, by fields that are found by their names."""
    (tmp_path / name).write_bytes(DUMPS[name])
    read = corpus.articles(tmp_path / name, encoding="cp1252" if name == "windows.csv" else None)

    found = [(a.title, a.outlet, a.published, a.text, a.record) for a in read.articles]
    assert found == [(r["headline"], "Ferry Post", r["date"], r["body"], n) for n, r in enumerate(RECORDS, 1)]
    assert not [f for f in read.findings if f.level == "error"]


def test_named_fields_are_used() -> None:
    """A field that no name tells can be named, and a path leads into nested objects."""
    data = json.dumps([{"a": {"words": "It rained all day."}, "b": "Ferry Post"}]).encode()
    fields = corpus.Fields(text="a.words", outlet="b")
    (article,) = corpus.articles(data, name="dump.json", fields=fields).articles

    assert (article.text, article.outlet, article.field) == ("It rained all day.", "Ferry Post", "a.words")


def test_export_metadata_is_no_part_of_the_text() -> None:
    """Labels, lengths and load dates of a database export are left out of the text; outlet and date are read."""
    export = "\n\n".join(
        f"{n} of 2 DOCUMENTS\n\nThe Ferry Post\n\nMarch {n}, 2024 {day}\n\nRents rise for the {n}. time"
        f"\n\nBYLINE: Ada Quill\n\nSECTION: NEWS; Pg. {n}\n\nLENGTH: 120 words\n\n"
        f"Rents have risen in the town, the council said.\n\n"
        f"Nobody knows why.\n\nLOAD-DATE: March {n}, 2024\n\nLANGUAGE: ENGLISH\n\nCopyright 2024 The Ferry Post"
        for n, day in ((1, "Friday"), (2, "Saturday"))
    )
    read = corpus.articles(export.encode())

    assert (read.layout, len(read.articles)) == ("nexis", 2)
    assert [(a.outlet, a.published, a.authors) for a in read.articles] == [
        ("The Ferry Post", "2024-03-01", ("Ada Quill",)),
        ("The Ferry Post", "2024-03-02", ("Ada Quill",)),
    ]
    for article in read.articles:
        assert "LENGTH" not in article.text
        assert "LOAD-DATE" not in article.text
        assert article.text.endswith("Nobody knows why.")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *DIGEST.split("\n"),
                "*****",
                "1 of 3 DOCUMENTS",
                "LENGTH: 3 words",
                "BODY:",
                "a\u00a0 b ",
                "\ufeff",
                "1. Fair",
            ]
        ),
        max_size=24,
    )
)
def test_any_lines_are_read_truly(lines: list[str]) -> None:
    """Whatever the lines, articles ascend, lie apart in the bytes, and hold no empty line."""
    data = "\n".join(lines).encode()
    read = corpus.articles(data)

    at = 0
    for article in read.articles:
        assert at <= article.raw_byte_start < article.raw_byte_end <= len(data)
        at = article.raw_byte_end
        assert all(line == line.strip() != "" for line in article.text.split("\n"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n \n",
        b"\x00\x01\x02",
        b"PK\x03\x04",
        b"PAR1",
        b"{" * 100_000,
        b'[{"text": NaN}]',
        b"\xff\xfe",
        b"{\\rtf1 {{{",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """What holds no text gives findings, and no traceback."""
    read = corpus.articles(data, name="dump.json" if data.startswith((b"{{", b"[")) else None)

    assert read.articles == ()
    assert [f for f in read.findings if f.level == "error"]
