"""XLSX: the first visible sheet that holds anything; its first row names the fields.

The parts are unpacked, measured and packed again without compression before python-calamine sees them: it keeps
the whole rectangle that the cells span, and a copy of a shared string for each cell, so that a file of a few
kilobytes could otherwise end the process for want of memory. Formulas are not computed; what was saved counts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, BinaryIO

from corpus.forms.archives import Archive, ArchiveError, unsafe
from corpus.forms.delimited import checked_header
from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.limits import CELLS, UNPACKED
from corpus.forms.records import Record, Source, chosen, written

_PLACE = re.compile(r"([A-Za-z]{0,3})([0-9]{1,7})", re.ASCII)


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each row below the first."""
    yield from chosen(records(file, fields, encoding), fields)[1]


def records(file: BinaryIO, fields: Fields, encoding: str | None) -> Source:
    """The rows of the first visible sheet that is not empty; a note names the others that are not."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(_measured(Archive(file)))
        sheets = _filled(workbook)
    except ArchiveError as error:
        yield error.fault
    except (CalamineError, OSError, ValueError) as error:
        yield Fault("container-unreadable", None, "an XLSX workbook", short(error))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a bug in the library's Rust code; derives from BaseException
            raise
        yield Fault("container-unreadable", None, "an XLSX workbook", short(error))
    else:
        yield from _records(sheets)


def _measured(archive: Archive) -> io.BytesIO:
    """The container again, of XML parts only, each within bounds. Raises `ArchiveError`."""
    parts = {
        name: archive.read_xml(name, UNPACKED) for name in sorted(archive.names) if name.endswith((".xml", ".rels"))
    }
    lengths: list[int] = []  # of each shared string, at most, whichever part the workbook takes them from
    for name, part in parts.items():
        if b"si>" in part or b"si " in part:
            lengths = [max(pair) for pair in zip_longest(lengths, _string_lengths(name, part), fillvalue=0)]
    for name, part in parts.items():
        _check_sheet(name, part, lengths)
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    again.seek(0)
    return again


def _events(name: str, part: bytes, tags: tuple[str, ...]) -> Iterator[Any]:
    from lxml import etree

    try:
        for _, element in etree.iterparse(
            io.BytesIO(part), events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            yield element
            element.clear()
    except etree.LxmlError as error:
        raise ArchiveError(
            Fault("container-unreadable", None, f"well-formed XML in {short(name)}", short(error))
        ) from error


def _string_lengths(name: str, part: bytes) -> list[int]:
    return [sum(map(len, element.itertext())) for element in _events(name, part, ("{*}si",))]


def _check_sheet(name: str, part: bytes, lengths: Sequence[int]) -> None:
    """Raise `ArchiveError` where the cells span more, or hold more words, than can be kept."""
    spread = _Spread()
    held = 0
    for element in _events(name, part, ("{*}c", "{*}row")):
        spread.place(element)
        if element.get("t") == "s":
            index = "".join(element.itertext()).strip()
            held += lengths[int(index)] if index.isdecimal() and len(index) < 9 and int(index) < len(lengths) else 0
        if spread.cells > CELLS:
            raise unsafe(f"a sheet of at most {CELLS} cells", f"{name} spans {spread.cells}")
        if held > UNPACKED:
            raise unsafe(f"a sheet of at most {UNPACKED} code points", f"{name} repeats shared strings beyond that")


class _Spread:
    """The rectangle that the cells of a sheet span, counted as the library does: a cell without a place follows."""

    def __init__(self) -> None:
        self._rows = (1 << 30, 0)
        self._columns = (1 << 30, 0)
        self._row = self._column = 0

    @property
    def cells(self) -> int:
        (top, bottom), (left, right) = self._rows, self._columns
        return max(bottom - top + 1, 0) * max(right - left + 1, 0)

    def place(self, element: Any) -> None:
        if element.tag.endswith("row"):  # its cells have come before
            self._row, self._column = self._row + 1, 0
            return
        self._column += 1
        place = element.get("r") or (element.getparent().get("r") if element.getparent() is not None else None)
        if place:
            self._move(place)
        row, column = self._row, self._column
        self._rows = (min(self._rows[0], row), max(self._rows[1], row))
        self._columns = (min(self._columns[0], column), max(self._columns[1], column))

    def _move(self, place: str) -> None:
        """Go to a cell (`B7`), or to a row (`7`)."""
        match = _PLACE.fullmatch(place)
        if not match:
            raise unsafe("cells at places like B7", place)
        self._row = int(match[2])
        if match[1]:
            self._column = 0
            for letter in match[1].upper():
                self._column = self._column * 26 + ord(letter) - ord("A") + 1


def _filled(workbook: Any) -> list[tuple[str, Any]]:
    """The visible sheets that hold anything, with their names. The first one is read; the others are named."""
    found = []
    for sheet in workbook.sheets_metadata:
        if str(sheet.visible).endswith(".Visible") and str(sheet.typ).endswith("WorkSheet"):
            held = workbook.get_sheet_by_name(sheet.name)
            if held.start is not None:
                found.append((sheet.name, held))
    return found


def _records(sheets: Sequence[tuple[str, Any]]) -> Source:
    if not sheets:
        yield Fault("text-empty", None, "a table", "nothing")
        return
    if len(sheets) > 1:
        others = ", ".join(name for name, _ in sheets[1:])
        yield Fault("sheet-unread", None, f"one sheet; {short(sheets[0][0])} is read", short(others))
    sheet = sheets[0][1]
    first = sheet.start[0] + 1
    rows = (([written(cell, "; ") for cell in row], line) for line, row in enumerate(sheet.iter_rows(), start=first))
    filled = ((row, line) for row, line in rows if any(row))
    header = checked_header([name.strip() for name in next(filled, ([], 0))[0]])
    if isinstance(header, Fault):
        yield header
        return
    for number, (row, line) in enumerate(filled, start=1):
        yield Record(number, dict(zip(header, row, strict=False)), line)
