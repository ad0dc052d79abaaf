"""Which form a file has: by its content first, then by its name."""

from __future__ import annotations

import io
import json
from pathlib import PurePath
from typing import BinaryIO

from corpus.forms.archives import Archive, ArchiveError
from corpus.forms.delimited import sniffed
from corpus.forms.documents import Fields
from corpus.forms.encodings import detect_encoding
from corpus.forms.fields import proposed
from corpus.forms.lines import Lines

ENDINGS = {
    "txt": "text",
    "text": "text",
    "md": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "docx": "docx",
    "rtf": "rtf",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "xlsx": "xlsx",
    "parquet": "parquet",
}
_HEAD = 1 << 18
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_FOREIGN = {
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file, or an encrypted one",
    b"PK\x03\x04": "a ZIP container that is neither DOCX nor XLSX",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"7z\xbc\xaf": "a 7z container",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF file",
    b"PAR1": "a Parquet file",
}
_PAGE_STARTS = (
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta ",
    "<title",
    "<div",
    "<table",
    "<p>",
    "<article",
    "<h1",
)


def detect_form(file: BinaryIO, name: str) -> str:
    """The name of the file's form. A file whose content tells nothing and whose name ends in no known way is text."""
    file.seek(0)
    head = file.read(_HEAD)
    by_name = ENDINGS.get(PurePath(name).suffix.lower().lstrip("."), "text")
    if head.startswith(b"PK"):
        return _office(file) or by_name
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        return "rtf"
    return _by_text(head, by_name) or by_name


def foreign(file: BinaryIO) -> str | None:
    """What a file is, by its first bytes, that has no text to be read as; None for anything else."""
    file.seek(0)
    head = file.read(16)
    return next((what for mark, what in _FOREIGN.items() if head.startswith(mark)), None)


def _office(file: BinaryIO) -> str | None:
    try:
        names = Archive(file).names
    except ArchiveError:
        return None
    return next((form for part, form in _PARTS.items() if part in names), None)


def _by_text(head: bytes, by_name: str) -> str | None:
    encoding = detect_encoding(io.BytesIO(head)).encoding
    if encoding is None:
        return None
    text = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    low = text[:200].lower()
    if low.startswith(_PAGE_STARTS) or (low.startswith("<?xml") and "<html" in text[:2000].lower()):
        return "html"
    if text.startswith("{") and text[1:].lstrip()[:1] in {'"', "}"}:
        return _lines_or_value(text, by_name)
    if text.startswith("[") and text[1:].lstrip()[:1] in {"{", "]"}:
        return "json"
    return _table(head, encoding, by_name)


def _lines_or_value(text: str, by_name: str) -> str:
    """JSON Lines where the first line is whole and another follows; a single line is what its name says."""
    first, _, rest = text.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        is_whole = not rest and len(text) * 2 > _HEAD  # the first line goes on beyond what was looked at
        return "jsonl" if by_name == "jsonl" or (is_whole and by_name != "json") else "json"
    if rest.strip():
        return "jsonl"
    return by_name if by_name in {"json", "jsonl"} else "json"


def _table(head: bytes, encoding: str, by_name: str) -> str | None:
    """A table only where its header names a text, since prose has commas, too; a name that says so is believed."""
    if by_name not in {"text", "csv", "tsv"}:
        return None
    lines = Lines(io.BytesIO(head), encoding)
    try:
        delimiter = sniffed(lines)
    finally:
        lines.close()
    if delimiter is None:
        return None
    if by_name == "text":
        header = head.decode(encoding, "ignore").lstrip("\ufeff\r\n").partition("\n")[0]
        names = dict.fromkeys(name.strip().strip('"') for name in header.split(delimiter))
        if proposed(Fields(), [names]).fields.text is None:
            return None
        return "tsv" if delimiter == "\t" else "csv"
    return "tsv" if by_name == "tsv" and delimiter == "\t" else "csv"
