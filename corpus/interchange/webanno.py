"""The rows and columns of WebAnno TSV 3 files.

Source: WebAnno's user guide, "WebAnno TSV 3.3 File format". Offsets are UTF-16 code units of the text that the
sentences give one after the other, with a line feed between them where their offsets leave one place free, and spaces
where they leave more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.interchange.faults import Faults
from corpus.interchange.files import lines_of, offset_of
from corpus.interchange.offsets import Offsets

Kind = Literal["value", "placeholder", "role", "target", "base", "chain-type", "chain-link"]
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.(\d+)\s*")
_LAYER = re.compile(r"#(T_SP|T_CH|T_RL)=(.*)")
_ROLE = re.compile(r"ROLE_[^:]*:([^_]+)_(.+)")
_ROW = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(-?\d+)-(-?\d+)\t([^\t]*)(?:\t(.*))?")
_IN_TEXT = re.compile(r"\\([tnfrb\\\x00-\x07\x0e-\x1f])")
_IN_OLD_TEXT = re.compile(r"\\(u+[0-9a-fA-F]{4}|[tnfrb\\'\"])")
_IN_VALUE = re.compile(r"\\(->|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_WIDEST_GAP = 1 << 20
_MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its layer (a name with dots), what it holds, and the feature that it is about."""

    layer: str
    kind: Kind
    feature: str = ""
    base: str = ""

    @property
    def label(self) -> str:
        """The layer's own name, without the names of what it lies in."""
        return short_name(self.layer)


@dataclass(frozen=True, slots=True)
class Row:
    """A token, or a part of one: offsets in UTF-16 code units, its words as written, a cell for each column."""

    row_id: str
    begin: int
    end: int
    words: str
    cells: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Table:
    """One file: its columns, its text, its rows."""

    minor: int = 0
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    text: str = ""


def short_name(type_name: str) -> str:
    """`NamedEntity` of `de.tudarmstadt.….NamedEntity`."""
    return type_name.rpartition(".")[2] or type_name


def read_table(text: str, faults: Faults) -> Table | None:
    """The table of a file, None with a finding where it is none in version 3."""
    lines = lines_of(text)
    _, first = next(lines)
    match = _FORMAT.fullmatch(first)
    if match is None or len(match[1]) > 3:
        faults.add("annotation-unreadable", None, "#FORMAT=WebAnno TSV 3.3 in the first line", first, 1)
        return None
    table = Table(int(match[1]))
    builder = _Text(table, faults)
    for number, line in lines:
        layer = _LAYER.fullmatch(line) if not table.rows else None
        if layer is not None:
            table.columns += _columns(layer[1], layer[2])[:_MOST_COLUMNS]
        elif line.startswith("#Text="):
            builder.add_text(line[6:])
        elif line and not line.startswith("#"):
            builder.add_row(line, number)
    table.text = builder.finished()
    return table


def _columns(layer: str, declared: str) -> list[Column]:
    """The columns of a layer: one for each feature, a placeholder where it has none."""
    name, *features = [part for part in declared.strip().split("|") if part]
    found: list[Column] = []
    for feature in features:
        role = _ROLE.fullmatch(feature) if layer == "T_SP" else None
        if role is not None:
            found.append(Column(name, "role", role[1]))
        elif found and found[-1].kind == "role":
            found.append(Column(name, "target", found[-1].feature, feature))
        elif layer == "T_RL" and feature.startswith("BT_"):
            found.append(Column(name, "base", "", feature[3:]))
        elif layer == "T_CH" and feature == "referenceRelation":
            found.append(Column(name, "chain-link", feature))
        elif layer == "T_CH" and feature == "referenceType":
            found.append(Column(name, "chain-type", feature))
        else:
            found.append(Column(name, "value", feature))
    return found or [Column(name, "placeholder")]


class _Text:
    """The text of a file, put together from its sentences."""

    def __init__(self, table: Table, faults: Faults) -> None:
        self._table = table
        self._faults = faults
        self._pieces: list[str] = []
        self._length = 0  # in UTF-16 code units
        self._waiting: list[str] = []

    def add_text(self, line: str) -> None:
        self._waiting.append(unescaped_text(line, self._table.minor) + "\n")

    def add_row(self, line: str, number: int) -> None:
        match = _ROW.fullmatch(line)
        begin, end = (offset_of(match[2]), offset_of(match[3])) if match else (None, None)
        if match is None or begin is None or end is None:
            self._faults.add("annotation-unreadable", None, "a row such as 1-2<tab>4-8<tab>words", line, number)
            return
        if self._waiting:
            self._begin_sentence(begin, match[1], number)
        cells = tuple((match[5] or "").split("\t"))
        self._table.rows.append(Row(match[1], begin, end, match[4], cells, number))

    def _begin_sentence(self, begin: int, row_id: str, number: int) -> None:
        """Add the text that waits, at the offset of its first token."""
        if self._length == begin + 1:  # no space between this sentence and the one before
            self._pieces[-1] = self._pieces[-1][:-1]
        elif self._length > begin or begin - self._length > _WIDEST_GAP:
            self._faults.add("annotation-outside", row_id, f"a sentence that begins at {self._length}", begin, number)
        else:
            self._add(" " * (begin - self._length))
        self._length = min(self._length, begin) if self._length == begin + 1 else self._length
        self._add("".join(self._waiting))
        self._waiting = []

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        offsets = Offsets(piece, "utf-16")
        self._length += offsets.from_code_points(offsets.length)

    def finished(self) -> str:
        """The text, without the line feed that ends the last sentence."""
        return "".join([*self._pieces, *self._waiting]).removesuffix("\n")


def unescaped_text(words: str, minor: int) -> str:
    """Text of a file as it is meant. Before version 3.2 escapes were Java's."""
    if "\\" not in words:
        return words
    if minor >= 2:
        return _IN_TEXT.sub(lambda match: _LETTERS.get(match[1], match[1]), words)
    found = _IN_OLD_TEXT.sub(_java, words)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _java(match: re.Match[str]) -> str:
    word = match[1]
    return chr(int(word.lstrip("u"), 16)) if len(word) > 1 else _LETTERS.get(word, word)


def unescaped_value(words: str) -> str:
    """A value of a cell as it is meant."""
    return _IN_VALUE.sub(lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[1]), words)


def parts(cell: str, separator: str) -> Iterator[str]:
    """The parts of a cell, parted where the separator is not escaped."""
    begin, at = 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 2
            continue
        if cell[at] == separator:
            yield cell[begin:at]
            begin = at + 1
        at += 1
    yield cell[begin:]


def with_number(value: str) -> tuple[str, str]:
    """A value and what stands in brackets after it, such as the `1` of `PER[1]`."""
    if not value.endswith("]") or value.endswith("\\]"):
        return value, ""
    before, _, number = value.rpartition("[")
    return before, number[:-1]


def fits(words: str, slices: Sequence[str], minor: int) -> bool:
    """Whether the words of a row are those of its place in the text."""
    return slices[0] in (words, unescaped_text(words, minor), unescaped_value(words))
