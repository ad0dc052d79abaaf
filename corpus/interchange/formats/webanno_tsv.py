"""WebAnno TSV 3, which WebAnno and INCEpTION export: read only. Offsets are UTF-16 code units."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import partial

from corpus.interchange.faults import Faults
from corpus.interchange.files import files_of, own_id, read_text, without_bom
from corpus.interchange.offsets import Unit
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Link, Mark
from corpus.interchange.webanno import Column, Row, Table, fits, parts, read_table, unescaped_value, with_number
from corpus.text.spans import Span

_CHAIN = re.compile(r"(.*?)->(\d{1,9})-(\d{1,9})", re.DOTALL)
_NONE, _NO_VALUE = "_", "*"
_SLOTS = ("role", "target")
_TOKEN_LAYERS = ("Token", "POS", "Lemma")
Key = tuple[str, ...]


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each file. Tokens and sentences are not kept as marks, but tokens that links lead to."""
    for path in files_of(reading.place, (".tsv",), reading.faults):
        text = read_text(path, reading.faults)
        table = None if text is None else read_table(without_bom(text), reading.faults)
        if table is not None:
            document = _Annotations(table, reading.unit or "utf-16", reading.faults).document(
                own_id(path, reading.place)
            )
            yield document


class _Annotations:
    """The annotations of one table, put together from the cells that speak of each."""

    def __init__(self, table: Table, unit: Unit, faults: Faults) -> None:
        self._table = table
        self._faults = faults
        stated = [Stated(row.row_id, ((row.begin, row.end),), row.words, row.line) for row in table.rows]
        placed = place([table.text], stated, (unit,), faults, partial(fits, minor=table.minor))
        self._text = placed.text
        spans = zip(table.rows, placed.places, strict=True)
        self._places = {row.row_id: places[0] for row, places in spans if places is not None}
        self._names: dict[Key, Key] = {}  # (layer, row, index) to the annotation that stands there
        self._first: dict[str, Key] = {}  # row to the first annotation there
        self._spans: dict[Key, Span] = {}
        self._labels: dict[Key, str] = {}
        self._values: dict[Key, dict[str, str]] = {}
        self._links: list[Link] = []

    def document(self, document_id: str) -> AnnotatedDocument:
        """The document: first all annotations, then what leads from one to another."""
        for row in self._table.rows:
            if row.row_id in self._places:
                for column, cell in self._cells(row, links=False):
                    self._annotate(row, column, cell)
        for row in self._table.rows:
            if row.row_id in self._places:
                self._relate(row)
        self._chain()
        marks = tuple(
            Mark(_id(key), self._labels[key], (span,), tuple(self._values[key].items()))
            for key, span in self._spans.items()
        )
        return AnnotatedDocument(document_id, self._text, marks, tuple(self._links))

    def _cells(self, row: Row, *, links: bool) -> Iterator[tuple[Column, str]]:
        """The cells of a row that say something; of a chain, the one that numbers its elements first."""
        relations = {column.layer for column in self._table.columns if column.kind == "base"}
        pairs = list(zip(self._table.columns, row.cells, strict=False))
        if not links and len(row.cells) < len(self._table.columns):
            expected = f"{len(self._table.columns)} cells of annotations"
            self._faults.add("annotation-unreadable", row.row_id, expected, f"{len(row.cells)}", row.line)
        for column, cell in sorted(pairs, key=lambda pair: pair[0].kind == "chain-type"):
            is_link = column.layer in relations or column.kind in _SLOTS
            if cell not in (_NONE, "") and (is_link == links or (column.kind in _SLOTS and not links)):
                yield column, cell

    def _annotate(self, row: Row, column: Column, cell: str) -> None:
        for index, value in enumerate(parts(cell, "|")):
            # In the column of a slot's targets, numbers are theirs and not the annotation's.
            words, number = with_number(value) if column.kind not in ("target", "chain-link") else (value, "")
            chained = _CHAIN.fullmatch(value) if column.kind == "chain-link" else None
            words = chained[1] if chained else words
            here = (column.layer, row.row_id, str(index))
            named = ("chain", column.layer, chained[2], chained[3]) if chained else ("", number)
            key = self._names.setdefault(here, named if chained or (number and column.kind != "chain-type") else here)
            self._first.setdefault(row.row_id, key)
            span = self._places[row.row_id]
            before = self._spans.get(key, span)
            self._spans[key] = Span(min(before.start, span.start), max(before.end, span.end))
            self._labels.setdefault(key, column.label)
            values = self._values.setdefault(key, {})
            if column.feature and column.kind not in _SLOTS and words != _NO_VALUE:
                values.setdefault(column.feature, unescaped_value(words))

    def _relate(self, row: Row) -> None:
        """The links that a row states: slots of its annotations, and relations that end there."""
        cells = list(self._cells(row, links=True))
        roles = {(c.layer, c.feature): cell for c, cell in cells if c.kind == "role"}
        values: dict[str, list[tuple[str, list[str]]]] = {}
        for column, cell in cells:
            if column.kind == "value":
                values.setdefault(column.layer, []).append((column.feature, list(parts(cell, "|"))))
        for column, cell in cells:
            if column.kind == "target":
                self._slots(row, column, roles.get((column.layer, column.feature), ""), cell)
            elif column.kind == "base":
                self._relations(row, column, cell, values.get(column.layer, []))

    def _slots(self, row: Row, column: Column, roles: str, targets: str) -> None:
        named = list(parts(roles, "|"))
        for index, group in enumerate(parts(targets, "|")):
            source = self._names.get((column.layer, row.row_id, str(index)))
            words = list(parts(with_number(named[index])[0], ";")) if index < len(named) else []
            for place_of, target in enumerate(parts(group, ";")):
                if source is None or target in (_NONE, _NO_VALUE, ""):
                    continue
                row_id, number = with_number(target)
                end = self._found(column.base, row_id, number, row)
                role = words[place_of] if place_of < len(words) else _NO_VALUE
                label = column.feature if role in (_NO_VALUE, _NONE) else unescaped_value(role)
                if end is not None:
                    self._link(label, source, end, ())

    def _relations(self, row: Row, column: Column, cell: str, values: list[tuple[str, list[str]]]) -> None:
        for index, value in enumerate(parts(cell, "|")):
            row_id, numbers = with_number(value)
            first, _, second = numbers.partition("_")
            source = self._found(column.base, row_id, first, row)
            target = self._found(column.base, row.row_id, second, row)
            pairs = [(name, held[index]) for name, held in values if index < len(held)]
            kept = tuple((name, unescaped_value(held)) for name, held in pairs if held not in (_NONE, _NO_VALUE))
            if source is not None and target is not None:
                self._link(column.label, source, target, kept)

    def _found(self, layer: str, row_id: str, number: str, row: Row) -> Key | None:
        """The annotation that a reference leads to: by its number, or as the first of its layer in its row."""
        key: Key | None = ("", number) if number not in ("", "0") else self._names.get((layer, row_id, "0"))
        if key is None and layer.endswith("tcas.Annotation"):
            key = self._first.get(row_id)
        if key is None and layer.rpartition(".")[2] in _TOKEN_LAYERS and row_id in self._places:
            key = ("Token", row_id, "0")
            self._spans[key], self._labels[key] = self._places[row_id], "Token"
            self._values.setdefault(key, {})
        if key is None or key not in self._spans:
            found = f"{row_id}[{number}]" if number else row_id
            self._faults.add("annotation-reference-broken", row.row_id, f"an annotation of {layer}", found, row.line)
            return None
        return key

    def _link(self, label: str, source: Key, target: Key, attributes: tuple[tuple[str, str], ...]) -> None:
        ends = ((SOURCE, _id(source)), (TARGET, _id(target)))
        self._links.append(Link(f"link-{len(self._links) + 1}", label, ends, attributes))

    def _chain(self) -> None:
        """A link from each element of a chain to the next."""
        chained = sorted((key for key in self._spans if key[0] == "chain"), key=lambda k: (*k[1:3], int(k[3])))
        for one, other in itertools.pairwise(chained):
            if one[:3] == other[:3]:
                self._link(self._values[one].get("referenceRelation", "next"), one, other, ())


def _id(key: Key) -> str:
    """The id of a mark, from what tells annotations apart in a file."""
    return f"#{key[1]}" if key[0] == "" else "/".join((key[0].rpartition(".")[2], *key[1:]))


FORMAT = Format(
    name="webanno-tsv",
    tool="WebAnno and INCEpTION, TSV 3",
    offsets="UTF-16 code units",
    carries="marks with features, relations, slots, chains",
    drops="tokens and sentences, which are not marks; it is read only",
    read=read,
)
