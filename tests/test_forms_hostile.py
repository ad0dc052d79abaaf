"""Forms against input made to do harm: every file ends in faults or documents, soon, and nothing is raised."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_forms import NAMES, WRITERS, as_docx, as_xlsx, codes, items, text_of

from corpus.forms import FORMS, Document, Fault, Fields, read

ROW = dict.fromkeys(NAMES, "a") | {"text": "Rents rose."}
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PARAGRAPH = "<w:p><w:r><w:t>&a;Rents rose.</w:t></w:r></w:p>"


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A ZIP container with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose sheet has these rows."""
    part = f"<worksheet {SHEET}><sheetData>{rows}</sheetData></worksheet>".encode()
    return repacked(as_xlsx([ROW]), lambda name, old: part if name.startswith("xl/worksheets/") else old)


def with_member(name: str, content: bytes = b"x", attributes: int = 0) -> bytes:
    """A good document with one more part."""
    out = io.BytesIO(as_docx(PARAGRAPH.replace("&a;", "")))
    info = zipfile.ZipInfo(name)
    info.external_attr = attributes
    with zipfile.ZipFile(out, "a") as container:
        container.writestr(info, content)
    return out.getvalue()


def overlapping() -> bytes:
    """A document in which two entries of the directory share one part's bytes."""
    data = bytearray(with_member("word/other.xml", b"x" * 100))
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        first = container.infolist()[0].header_offset
    at = data.rindex(b"PK\x01\x02")
    data[at + 42 : at + 46] = struct.pack("<L", first)
    return bytes(data)


def lying() -> bytes:
    """A document whose directory says that its text is shorter than it is."""
    data = bytearray(as_docx(PARAGRAPH.replace("&a;", "") * 500))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    return bytes(data)


def deep(opening: str, times: int = 100_000) -> bytes:
    """One opening, many times."""
    return (opening * times).encode()


CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
# What a file is, its name, and the codes that may come of it; an empty tuple stands for documents only.
UNSAFE, UNREADABLE = ("container-unsafe",), ("container-unreadable",)
HOSTILE: list[tuple[str, Callable[[], bytes], str, tuple[str, ...]]] = [
    ("invalid UTF-8", lambda: b"Gr\xc3\xb6\xc3\x9fe " * 9 + b"\xff", "a.txt", ("text-undecodable",)),
    ("overlong UTF-8", lambda: "Größe ".encode() * 9 + b"\xc0\xaf", "a.txt", ("text-undecodable",)),
    ("a NUL", lambda: b"Rents\0rose", "a.txt", ("text-control",)),
    ("NULs only", lambda: bytes(1000), "a.jsonl", ("text-control",)),
    ("a NUL in JSON", lambda: b'{"text": "a\\u0000b"}', "a.jsonl", ("text-control",)),
    ("a NUL late", lambda: b'id,text\n1,"' + b"a" * 70_000 + b'\0"\n', "a.csv", ("text-control",)),
    ("a PDF", lambda: b"%PDF-1.7 rents", "a.txt", UNREADABLE),
    ("an old Word file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.txt", UNREADABLE),
    ("nested arrays", lambda: b'[{"text": ' + b"[" * 100_000, "a.json", UNREADABLE),
    ("nested objects", lambda: b'{"text": "a", "b": ' + b'{"a":' * 100_000, "a.jsonl", ("record-unreadable",)),
    ("NaN", lambda: b'[{"text": NaN}]', "a.json", UNREADABLE),
    ("minus Infinity", lambda: b'[{"text": "a", "id": -Infinity}]', "a.json", UNREADABLE),
    ("a huge exponent", lambda: b'[{"text": "a", "id": 1e999999999}]', "a.json", ()),
    ("a huge integer", lambda: b'[{"text": "a", "id": ' + b"9" * 1_000_000 + b"}]", "a.json", ()),
    ("a key twice", lambda: b'{"text": "a", "text": "b"}', "a.json", UNREADABLE),
    ("an unclosed quote", lambda: b'id,text\n1,"a\n' + b"2,b\n" * 100_000, "a.csv", ("record-unreadable",)),
    ("a formula", lambda: b'id,text\n1,"=HYPERLINK(""http://192.0.2.1"")"\n', "a.csv", ()),
    ("a million columns", lambda: b"a," * 1_000_000 + b"text\n1\n", "a.csv", UNREADABLE),
    ("a name twice", lambda: b"text,text\n1,2\n", "a.csv", UNREADABLE),
    ("entities in DOCX", lambda: as_docx(PARAGRAPH, BOMB), "a.docx", UNSAFE),
    ("outer entities in DOCX", lambda: as_docx(PARAGRAPH, OUTSIDE), "a.docx", UNSAFE),
    ("entities in XLSX", lambda: repacked(as_xlsx([ROW]), lambda _, old: BOMB.encode() + old), "a.xlsx", UNSAFE),
    ("a high ratio", lambda: as_docx("<w:p/>" + " " * (40 << 20)), "a.docx", UNSAFE),
    ("a far cell", lambda: sheet(CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "a.xlsx", UNSAFE),
    ("cells off the sheet", lambda: sheet('<row r="1"><c r="AAAA99999999999"><v>1</v></c></row>'), "a.xlsx", UNSAFE),
    ("a name that leads out", lambda: with_member("../../x"), "a.docx", UNSAFE),
    ("an absolute name", lambda: with_member("/x"), "a.docx", UNSAFE),
    ("a link", lambda: with_member("word/x", b"/etc/hostname", 0o120777 << 16), "a.docx", UNSAFE),
    ("overlapping parts", overlapping, "a.docx", UNSAFE),
    ("a lying size", lying, "a.docx", UNREADABLE),
    ("many parts", lambda: b"PK\x03\x04" + b"PK\x05\x06" + b"\0" * 4 + b"\xff" * 4 + bytes(10), "a.docx", UNSAFE),
    ("a container in a container", lambda: with_member("word/x.zip", with_member("../x")), "a.docx", ()),
    ("deep XML", lambda: as_docx("<w:p>" * 100_000), "a.docx", UNREADABLE),
    ("deep RTF", lambda: b"{\\rtf1" + deep("{"), "a.rtf", UNREADABLE),
    ("RTF cut off", lambda: b"{\\rtf1 Rents {\\b rose", "a.rtf", UNREADABLE),
    ("RTF, open fields", lambda: b"{\\rtf1 " + deep("{\\field{\\*\\fldinst{HYPERLINK ", 9000), "a.rtf", UNREADABLE),
    ("RTF without numbers", lambda: b"{\\rtf1\\uc\\u\\f\\v0\\fcharset\\bin Rents rose.}", "a.rtf", ("text-control",)),
    ("RTF past Unicode", lambda: b"{\\rtf1\\u9999999999 x}", "a.rtf", UNREADABLE),
    ("RTF of another page", lambda: b"{\\rtf1\\ansicpg99999 x}", "a.rtf", UNREADABLE),
    ("RTF with a huge \\bin", lambda: b"{\\rtf1 x\\bin2147483647 y}", "a.rtf", UNREADABLE),
    ("RTF, half a pair", lambda: b"{\\rtf1 x\\u-10179?}", "a.rtf", ("text-undecodable",)),
    ("RTF braces", lambda: b"{\\rtf1 x" + deep("{}", 200_000) + b"}", "a.rtf", ()),
    ("deep HTML", lambda: deep("<div>") + b"x", "a.html", ()),
    ("deep HTML in line", lambda: b"<p>" + deep("<b>") + b"x", "a.html", ()),
    ("an unclosed comment", lambda: b"<p>Rents rose.</p><!--" + b"x" * 1_000_000, "a.html", ()),
    ("unclosed comments", lambda: b"<p>Rents rose.</p>" + deep("<!--"), "a.html", ()),
    ("a long attribute", lambda: b'<p title="' + b"x" * 11_000_000 + b'">Rents rose.</p>', "a.html", ()),
    ("many attributes", lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</p>", "a.html", ()),
    ("HTML entities", lambda: b"<!DOCTYPE html [<!ENTITY a 'x'>]><p>Rents &a; &#0; rose.</p>", "a.html", ()),
    ("Parquet cut short", lambda: WRITERS["a.parquet"]([ROW])[:-9], "a.parquet", UNREADABLE),
    ("no Parquet", lambda: b"PAR1PAR1", "a.parquet", UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "expected"), [case[1:] for case in HOSTILE], ids=[c[0] for c in HOSTILE])
def test_hostile_files_end_in_faults(data: Callable[[], bytes], name: str, expected: tuple[str, ...]) -> None:
    """Each file ends in the fault that is meant for it, or in a document where nothing is wrong with it."""
    form = name.rpartition(".")[2].replace("txt", "text")

    assert tuple(dict.fromkeys(codes(data(), name, form=form))) == expected


def test_nothing_outside_is_read() -> None:
    """Entities and links of a page are neither resolved nor followed."""
    page = b'<!DOCTYPE html SYSTEM "http://192.0.2.1/x.dtd"><p>Rents<img src="http://192.0.2.1/x"> &xxe; rose.</p>'

    assert text_of(page, "a.html") == "Rents &xxe; rose."


def test_nothing_of_a_large_page_is_lost() -> None:
    """Comments and attributes beyond the parser's usual bounds do not become text, nor end it."""
    page = b"<p>Rents<!--" + b"x" * 11_000_000 + b'--><p title="' + b"x" * 11_000_000 + b'">rose' + deep("<b>") + b"."

    assert text_of(page, "a.html") == "Rents\nrose."


def test_shared_strings_are_not_multiplied() -> None:
    """A long string that many cells share would take gigabytes; the workbook is refused before that."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_000))

    assert codes(with_shared(sheet(rows), "x" * 30_000), "a.xlsx") == ["container-unsafe"]
    short = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    assert text_of(with_shared(sheet(short), "Text"), "a.xlsx") == "Text"


def with_shared(data: bytes, string: str) -> bytes:
    """A workbook with one shared string."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("xl/sharedStrings.xml", f"<sst {SHEET}><si><t>{string}</t></si></sst>")
    return out.getvalue()


@contextmanager
def sparse(folder: Path, size: int, start: bytes = b"") -> Iterator[BinaryIO]:
    """A file of `size` bytes, of which all but the start are holes."""
    path = folder / "sparse"
    with path.open("wb") as file:
        file.write(start)
    os.truncate(path, size)
    with path.open("rb") as file:
        yield file


@pytest.mark.parametrize("form", sorted(FORMS))
def test_sizes_are_bounded(tmp_path: Path, form: str) -> None:
    """A gigabyte of holes is refused by its size or its first bytes; nothing of it is kept."""
    with sparse(tmp_path, 1 << 30) as file:
        found = list(read(file, "a", form=form).documents)
    with sparse(tmp_path, 3 << 30) as file:
        larger = list(read(file, "a", form=form).documents)

    wanted = {"jsonl": "text-control", "csv": "text-control", "tsv": "text-control", "parquet": "container-unreadable"}
    assert [i.code for i in found if isinstance(i, Fault)] == [wanted.get(form, "container-too-large")]
    assert [i.code for i in larger if isinstance(i, Fault)] == ["container-too-large"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_long_line_does_not_stop_the_others(name: str) -> None:
    """A line of 100 MB is refused; the record after it is read."""
    first = b'{"text": "a"}\n' if name == "a.jsonl" else b"text,id\na,1\n"
    long = b'{"text": "' + b"x" * 100_000_000 + (b'"}\n' if name == "a.jsonl" else b"\n")
    last = b'{"text": "b"}\n' if name == "a.jsonl" else b"b,2\n"

    found = items(first + long + last, name)

    assert [i.text if isinstance(i, Document) else i.code for i in found] == ["a", "container-too-large", "b"]


def seeds() -> dict[str, bytes]:
    """A small good file of every form."""
    good = {name: write([ROW, ROW]) for name, write in WRITERS.items()}
    good["a.docx"] = as_docx(PARAGRAPH.replace("&a;", "") * 3)
    good["a.rtf"] = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}\uc1 Caf\'e9 \u8217?\f0\'cf{\v x}\par}"
    good["a.html"] = b"<html><head><meta charset=utf-8></head><p>Rents <b>rose</b>.<table><tr><td>a<td>b</table>"
    good["a.txt"] = "Größe und Miete.\n".encode() * 3
    return good


SEEDS = seeds()


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_damaged_files_never_raise(name: str) -> None:
    """Cut short anywhere, or with bytes changed: documents and faults, no exception."""
    data = SEEDS[name]
    chance = random.Random(7)  # noqa: S311 - not for secrets
    form = read(io.BytesIO(data), name).form
    for _ in range(120):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 8))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        cut = bytes(broken[: chance.randrange(len(broken))] if chance.random() < 0.4 else broken)
        assert all(isinstance(item, Document | Fault) for item in items(cut, name, form=form))
        assert all(isinstance(item, Document | Fault) for item in items(cut, name))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(sorted(FORMS)))
def test_any_bytes_as_any_form(data: bytes, form: str) -> None:
    """Any bytes read as any form: documents and faults, with short words."""
    for item in items(data, "a", form=form):
        assert isinstance(item, Document) or len(item.found) < 400


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "a.b", ""]), inner),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(_json, st.sampled_from([None, "text", "a.b", "id.text", ""]))
def test_any_json_value_is_read_or_refused(value: object, text: str | None) -> None:
    """Whatever the value, and whatever field is named: documents and faults."""
    data = json.dumps(value).encode()

    for name in ("a.json", "a.jsonl"):
        for item in items(data, name, form=name[2:], fields=Fields(text=text)):
            assert isinstance(item, Fault) or item.text.strip()


def test_odd_columns_of_parquet() -> None:
    """Columns of every kind are words or faults; moments out of range are faults of their record."""
    table = pa.table(
        {
            "text": pa.array([b"Rents rose.", b"Rents fell."], pa.binary()),
            "date": pa.array([0, 2**62], pa.timestamp("us")),
            "authors": pa.array([[{"name": "A. Bee"}], None], pa.list_(pa.struct([("name", pa.string())]))),
            "id": pa.array([1, 2]).dictionary_encode(),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)

    first, second = items(out.getvalue(), "a.parquet")

    assert first == Document(1, "text", "Rents rose.", {"published": "1970-01-01", "authors": "A. Bee", "id": "1"})
    assert isinstance(second, Fault) and second.record == 2
