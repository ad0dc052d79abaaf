"""Forms of files: the same records give the same texts, whatever they are written as."""

from __future__ import annotations

import csv
import datetime
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.forms import FORMS, NOTES, Document, Fault, Fields, detect_form, read
from corpus.forms.encodings import detect_encoding

Rows = list[dict[str, str]]
NAMES = ("id", "title", "authors", "source", "date", "lang", "url", "text")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def items(data: bytes, name: str, **given: object) -> list[Document | Fault]:
    """What a file gives, notes left out."""
    found = read(io.BytesIO(data), name, **given).documents  # type: ignore[arg-type]
    return [item for item in found if not (isinstance(item, Fault) and item.code in NOTES)]


def text_of(data: bytes, name: str, **given: object) -> str:
    """The one text of a file."""
    (item,) = items(data, name, **given)
    assert isinstance(item, Document), item
    return item.text


def codes(data: bytes, name: str, **given: object) -> list[str]:
    """The codes of the faults and notes of a file."""
    found = read(io.BytesIO(data), name, **given).documents  # type: ignore[arg-type]
    return [item.code for item in found if isinstance(item, Fault)]


def as_csv(rows: Rows, delimiter: str, encoding: str) -> bytes:
    """The rows as a table in text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(NAMES)
    writer.writerows([[row[name] for name in NAMES] for row in rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    """The rows as a workbook; every cell a string."""
    book = openpyxl.Workbook()
    sheet = book.active
    for at, row in enumerate([dict(zip(NAMES, NAMES, strict=True)), *rows], start=1):
        for column, name in enumerate(NAMES, start=1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type = row[name], "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet(rows: Rows) -> bytes:
    """The rows as a Parquet file, with authors as a list and a column that nobody asked for."""
    wide = [row | {"authors": row["authors"].split("; ") if row["authors"] else [], "unused": 1} for row in rows]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(wide), out)
    return out.getvalue()


def as_jsonl(rows: Rows) -> bytes:
    """The rows as JSON Lines, with authors as a list of objects."""
    wide = [row | {"authors": [{"name": one} for one in row["authors"].split("; ")]} for row in rows]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in wide).encode()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "a.json": lambda rows: json.dumps({"status": "ok", "articles": rows}).encode(),
    "a.jsonl": as_jsonl,
    "comma.csv": lambda rows: as_csv(rows, ",", "utf-8"),
    "semicolon.csv": lambda rows: as_csv(rows, ";", "utf-8-sig"),
    "bar.csv": lambda rows: as_csv(rows, "|", "utf-16"),
    "unmarked.csv": lambda rows: as_csv(rows, ",", "utf-16-le"),
    "a.tsv": lambda rows: as_csv(rows, "\t", "utf-8"),
    "a.xlsx": as_xlsx,
    "a.parquet": as_parquet,
}
_LETTERS = "abc éüßñœ“”’—…€,;|\t\"'=+-@1. "
_values = st.text(alphabet=_LETTERS, max_size=20).map(str.strip)
_texts = st.text(alphabet=_LETTERS + "\n", min_size=1, max_size=60).filter(str.strip)
_name = st.text(alphabet="ABCé -", min_size=1, max_size=8).map(str.strip).filter(bool)
_rows = st.fixed_dictionaries(
    dict.fromkeys(NAMES, _values) | {"text": _texts, "authors": st.lists(_name, max_size=2).map("; ".join)}
)
FACT = {"id": "id", "title": "title", "authors": "authors", "source": "outlet", "date": "published", "lang": "language"}
FACT |= {"url": "locator"}


def expected(rows: Rows) -> list[Document]:
    """The documents of the rows."""
    return [
        Document(number, "text", row["text"], {FACT[n]: row[n] for n in FACT if row[n]})
        for number, row in enumerate(rows, start=1)
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(_rows, min_size=1, max_size=4))
def test_all_record_forms_give_the_same(rows: Rows) -> None:
    """The same records, written in every form, are read back to the same texts and facts."""
    wanted = expected(rows)

    for name, write in WRITERS.items():
        found = items(write(rows), name)
        assert sorted_facts(found) == sorted_facts(wanted), name
    latin = as_csv(rows, ";", "cp1252")
    assert sorted_facts(items(latin, "latin.csv", encoding="cp1252")) == sorted_facts(wanted)


def sorted_facts(found: list[Document | Fault] | list[Document]) -> list[object]:
    """Documents as they compare, whatever the order of their facts."""
    return [(d.record, d.field, d.text, sorted(d.facts.items())) if isinstance(d, Document) else d for d in found]


def test_forms_are_told_by_content_before_name() -> None:
    """A wrong ending does not mislead; a table or prose in a .txt file is told by its first rows."""
    rows = [dict.fromkeys(NAMES, "a")] * 2
    for name, write in WRITERS.items():
        right = name.rpartition(".")[2]
        assert detect_form(io.BytesIO(write(rows)), "upload.txt") == right, name
    assert detect_form(io.BytesIO(b"{\\rtf1 a}"), "a.doc") == "rtf"
    assert detect_form(io.BytesIO(b"<!DOCTYPE html><p>a"), "a.txt") == "html"
    assert detect_form(io.BytesIO(b"Rents, fares, and tolls\nrose, again, in May\n"), "a.txt") == "text"
    assert detect_form(io.BytesIO(b"[Updated] Rents rose."), "a") == "text"
    assert set(FORMS) == set("text html docx rtf json jsonl csv tsv xlsx parquet".split())


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("rents", "utf-8", "utf-8"),
        ("Größe", "utf-8", "utf-8"),
        ("Größe", "utf-8-sig", "utf-8"),
        ("Größe", "utf-16", "utf-16-le"),
        ("rents rose", "utf-16-be", "utf-16-be"),
        ("rents rose", "utf-32-le", "utf-32-le"),
        ("Les loyers ont augmenté à Besançon, où l’été fut très chaud. " * 5, "cp1252", "cp1252"),
        ("Цены на жильё выросли в городе этой весной. " * 3, "cp1251", "cp1251"),
    ],
)
def test_encodings_are_detected(text: str, encoding: str, found: str) -> None:
    """The encoding is found, with a basis and a sureness."""
    detection = detect_encoding(io.BytesIO(text.encode(encoding)))

    assert (detection.encoding, bool(detection.basis)) == (found, True)
    assert detection.sureness > 0.6


def test_an_unsure_encoding_is_said() -> None:
    """Few bytes beyond ASCII tell little: the text comes, and a note with it."""
    data = "Rents rose in Besançon".encode("cp1252")

    assert codes(data, "a.txt") == ["encoding-unsure"]
    assert text_of(data, "a.txt") == "Rents rose in Besançon"


def test_one_bad_byte_does_not_turn_utf8_into_something_else() -> None:
    """A damaged line of UTF-8 is a fault of that line; the others are read as UTF-8."""
    lines = [f'{{"text": "Größe {n} für Köln"}}'.encode() for n in range(9)]
    lines[4] = b'{"text": "Gr\xff\xdfe"}'

    found = items(b"\n".join(lines), "a.jsonl")

    assert [item.record for item in found if isinstance(item, Document)] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert [(i.code, i.record, i.line) for i in found if isinstance(i, Fault)] == [("text-undecodable", 5, 5)]


def test_plain_text_keeps_every_byte() -> None:
    """Encoding the text again gives the file, mark and line ends included."""
    data = "\ufeffRents rose.\r\n\r\nAgain.".encode()

    assert text_of(data, "a.txt").encode() == data


def test_fields_are_proposed_in_four_languages_and_can_be_named() -> None:
    """Names are compared without case and punctuation; a field that is named is used; its absence is a fault."""
    german = "Überschrift;Volltext;Erscheinungsdatum\nMieten;Die Mieten steigen.;2024-01-31\n".encode()
    used = read(io.BytesIO(german), "a.csv").fields

    assert used == Fields(text="Volltext", title="Überschrift", published="Erscheinungsdatum")
    assert text_of(german, "a.csv", fields=Fields(text="Überschrift")) == "Mieten"
    assert codes(german, "a.csv", fields=Fields(text="Absatz")) == ["text-field-missing"]
    assert codes(german, "a.csv", fields=Fields(id="Nummer")) == ["fact-field-missing"]
    nested = b'[{"article": {"body": "Rents rose."}, "source": {"name": "The Example"}}]'
    assert items(nested, "a.json") == [Document(1, "article.body", "Rents rose.", {"outlet": "The Example"})]


def test_a_text_that_no_name_tells_is_guessed_aloud() -> None:
    """The field of the longest values is taken with a note; short values are never taken for texts."""
    long = json.dumps({"k": "x", "v": "Rents rose. " * 40}).encode()

    assert codes(long, "a.jsonl") == ["text-field-guessed"]
    assert text_of(long, "a.jsonl").startswith("Rents")
    assert codes(b'{"k": "x", "v": "short"}', "a.jsonl") == ["text-field-missing"]
    assert codes(b'{"text": "a", "body": "b"}', "a.jsonl") == ["text-field-guessed"]


def test_json_shapes() -> None:
    """One record with an array in it is one record; two arrays are a question; numbers stay as written."""
    one = b'{"text": "Rents rose.", "id": 12345678901234567890123, "authors": [{"name": "A. Bee"}], "tags": [{"t": 1}]}'

    assert items(one, "a.json") == [
        Document(1, "text", "Rents rose.", {"id": "12345678901234567890123", "authors": "A. Bee"})
    ]
    assert codes(b'{"a": [{"text": "x"}], "b": [{"text": "y"}]}', "a.json") == ["container-unreadable"]
    assert text_of(b'[{"body": ["One.", "Two."]}]', "a.json") == "One.\nTwo."


def test_faulty_lines_do_not_stop_the_others() -> None:
    """Each line of JSON Lines and each row of a table stands for itself; faults name record and line."""
    lines = (
        b'\xef\xbb\xbf{"text":"a"}\r\n\r\nnot json\n{"text":"a","text":"b"}\n{"text":NaN}\n{"text":"x"}{"text":"y"}\n'
    )
    lines += b'{"text":"\\ud800"}\n[1]\n{"text":" "}\n{"other":1}\n{"text":"b"}'
    table = b'id,text\n1,one\n2\n3,"a"b"\n4,"two\nlines"\n5,=SUM(1)\n'

    found = items(lines, "a.jsonl")
    rows = items(table, "a.csv")

    assert [(item.record, item.text) for item in found if isinstance(item, Document)] == [(1, "a"), (10, "b")]
    assert [(item.code, item.line) for item in found if isinstance(item, Fault)] == [
        *(("record-unreadable", line) for line in (3, 4, 5, 6)),
        ("text-undecodable", 7),
        ("record-unreadable", 8),
        ("text-empty", 9),
        ("text-field-missing", 10),
    ]
    assert [(i.record, i.line if isinstance(i, Fault) else i.text) for i in rows] == [
        (1, "one"),
        (2, 3),
        (3, 4),
        (4, "two\nlines"),
        (5, "=SUM(1)"),
    ]


def test_dates_and_numbers_of_typed_forms() -> None:
    """Dates become ISO 8601, whole numbers lose their `.0`; a naive midnight is a date, finer moments stay moments."""
    day, moment = datetime.date(2024, 1, 31), datetime.datetime(2024, 1, 31, 9, 30)
    book = openpyxl.Workbook()
    book.active.append(["id", "text", "date"])
    book.active.append([7, "Rents rose.", day])
    book.active.append([8.0, "Rents fell.", moment])
    out, table = io.BytesIO(), io.BytesIO()
    book.save(out)
    nanoseconds = pa.array([1706659200 * 10**9, 1706693400 * 10**9 + 1], pa.timestamp("ns"))
    pq.write_table(pa.table({"id": [7.0, 8.0], "text": ["Rents rose.", "Rents fell."], "date": nanoseconds}), table)

    wanted = [{"id": "7", "published": "2024-01-31"}, {"id": "8", "published": "2024-01-31T09:30:00"}]
    for data, name in ((out.getvalue(), "a.xlsx"), (table.getvalue(), "a.parquet")):
        assert [dict(item.facts) for item in items(data, name) if isinstance(item, Document)] == wanted, name


def test_sheets_that_are_not_read_are_named() -> None:
    """The first visible sheet with cells is read; a note names another, and the place of the row is the sheet's."""
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["text"])
    for title in ("Press", "More"):
        book.create_sheet(title).append(["text"])
        book[title].append([f"From {title}."])
    book.active = 1
    out = io.BytesIO()
    book.save(out)

    assert codes(out.getvalue(), "a.xlsx") == ["sheet-unread"]
    assert text_of(out.getvalue(), "a.xlsx") == "From Press."


def test_html_gives_what_a_reader_sees() -> None:
    """Blocks, line breaks and rows are lines; cells are parted by tabs; what is hidden is left out."""
    page = """<html lang="fr"><head><meta charset="iso-8859-1"><title>Export</title>
    <meta name="author" content="A. Bée">
    <style>p{}</style></head><body><h1>Les  loyers</h1><p>Un&nbsp;mot “cité”,<br>deux.<script>x</script></p>
    <div style="display: none">caché</div><p hidden>caché</p><table><tr><td>Date</td><td>mai</td></tr>
    <tr><td><p>Corps</p><p>suite</p></td></tr></table><!-- non --><pre>a  b
c</pre> fin</body></html>""".encode("cp1252")

    (item,) = items(page, "a.html")

    assert isinstance(item, Document)
    assert item.text == "Les loyers\nUn\u00a0mot “cité”,\ndeux.\nDate\tmai\nCorps\nsuite\na  b\nc\nfin"
    assert item.facts == {"authors": "A. Bée", "language": "fr"}


def as_docx(body: str, prolog: str = "") -> bytes:
    """A document with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("word/document.xml", f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def test_docx_gives_paragraphs_and_rows() -> None:
    """Hidden, deleted and field code text is left out; a row of a table is a line of cells."""
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Rents</w:t><w:tab/>"
        "<w:t xml:space='preserve'> rose</w:t><w:br/><w:t>again.</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl><w:sdt><w:sdtContent><w:p><w:r><w:t>Last.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    assert text_of(as_docx(body), "a.docx") == "Rents\t rose\nagain.\n\na\tb\nLast."


def test_rtf_gives_the_words_of_the_body() -> None:
    """Code pages by file and by font, `\\u` with its substitutes, tables, and nothing that is not the body's text."""
    data = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\info{\title No}}"
        rb"{\header no\par}\uc1 Caf\'e9 \u8217\'92s \uc2\u8212--\uc0\u233 \f1\'cf\'f0\f0\par"
        b"\r\n"
        rb"{\trowd a\cell b\cell\row}{\v no}{\*\unknown no}{\pict\bin4 }{}\}ok {\field{\*\fldinst HYPERLINK "
        rb'"https://example.org/a"}{\fldrslt a link}}, \{x\}\~\uc1\u-10179?\u-8704?}trailing'
    ).replace(rb"\uc2", rb"\uc2 ")

    assert text_of(data, "a.rtf") == "Café ’s —éПр\na\tb\nok a link, {x}\u00a0\U0001f600"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.rtf", "a.json", "a.jsonl", "a.csv", "a.tsv"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode()])
def test_a_file_without_text_says_so(name: str, data: bytes) -> None:
    """Empty and blank files end in a fault, never in an empty document."""
    assert codes(data, name) == ["container-unreadable" if name == "a.rtf" else "text-empty"]


def test_forms_load_their_libraries_when_needed() -> None:
    """Reading plain text loads neither pyarrow nor a parser of office files."""
    heavy = "{'pyarrow', 'lxml', 'python_calamine', 'charset_normalizer'}"
    code = f"import sys; import corpus.forms; print({heavy} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "set()"
