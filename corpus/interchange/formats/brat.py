"""brat standoff: `.ann` files beside `.txt` files.

brat counts code points of the `.txt` file as its bytes decode, both characters of a CRLF among them. Other tools that
write the format count UTF-16 code units (Java), or a CRLF as one: which it is the words of the marks tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.interchange.faults import Losses
from corpus.interchange.files import file_name, files_of, own_id, read_text, without_bom, write_text
from corpus.interchange.offsets import Unit
from corpus.interchange.placing import place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.standoff import EQUIV, NOTE, assembled, fits, read_lines
from corpus.interchange.values import TRIGGER, AnnotatedDocument, Attributes, Link, Mark

_UNITS: tuple[Unit, ...] = ("code-points", "utf-16", "bytes")
_NAME = re.compile(r"[^\s:]+")
_NOT_IN_A_NAME = re.compile(r"[\s:]+")
_VALUE = re.compile(r"\S(?:[^\t\n\r]*\S)?")
_NORMALISED = re.compile(r"\S+:\S+\t[^\n\r]*")
_BREAKS = re.compile(r"[\t\n\r]")


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each `.ann` file; one without a text is a finding."""
    for path in files_of(reading.place, (".ann",), reading.faults):
        lines = read_text(path, reading.faults)
        if lines is None:
            continue
        document_id = own_id(path, reading.place)
        text = reading.texts.of(path.stem, path, reading.faults)
        if text is None:
            expected = f"the text in {path.stem}.txt"
            reading.faults.add("annotation-text-missing", document_id, expected, "no such file")
            continue
        yield _document(document_id, text, lines, reading)


def _document(document_id: str, text: str, lines: str, reading: Reading) -> AnnotatedDocument:
    found = read_lines(without_bom(lines), reading.faults)
    folded = text.replace("\r\n", "\n").replace("\r", "\n")
    texts = list(dict.fromkeys((text, without_bom(text), folded, without_bom(folded))))
    units = _UNITS if reading.unit is None else (reading.unit,)
    placed = place(texts, found.stated, units, reading.faults, fits)
    pairs = zip(found.stated, placed.places, strict=True)
    places = {one.record: fragments for one, fragments in pairs if fragments is not None}
    return AnnotatedDocument(document_id, placed.text, *assembled(found, places, reading.faults))


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """Two files for each document."""
    for document in documents:
        name = file_name(document.document_id)
        write_text(folder / f"{name}.txt", document.text)
        lines = _Lines(document, losses).lines
        write_text(folder / f"{name}.ann", "".join(f"{line}\n" for line in lines))
        losses.add("facts about a whole document", len(document.attributes))


class _Lines:
    """The lines of one document, with ids as brat gives them."""

    def __init__(self, document: AnnotatedDocument, losses: Losses) -> None:
        self.lines: list[str] = []
        self._losses = losses
        self._counts = dict.fromkeys("ANRE#", 0)
        self._ids: dict[str, str] = {}
        for number, mark in enumerate(document.marks, 1):
            self._ids[mark.mark_id] = f"T{number}"
            self._mark(mark, document.text)
        kinds = {link.link_id: _kind(link) for link in document.links}
        for link in document.links:
            if kind := kinds[link.link_id]:
                self._ids[link.link_id] = "*" if kind == "*" else self._next(kind)
        for link in document.links:
            self._link(link, kinds[link.link_id])

    def _next(self, prefix: str) -> str:
        self._counts[prefix] += 1
        return f"{prefix}{self._counts[prefix]}"

    def _name(self, name: str) -> str:
        if _NAME.fullmatch(name):
            return name
        self._losses.add("names with white space or a colon, which are written with _ instead")
        return _NOT_IN_A_NAME.sub("_", name) or "_"

    def _mark(self, mark: Mark, text: str) -> None:
        where = ";".join(f"{span.start} {span.end}" for span in mark.fragments)
        own = self._ids[mark.mark_id]
        self.lines.append(f"{own}\t{self._name(mark.label)} {where}\t{_BREAKS.sub(' ', mark.words(text))}")
        self._said(own, mark.attributes, mark.notes)

    def _link(self, link: Link, kind: str) -> None:
        if not kind or any(target not in self._ids for _, target in link.ends):
            self._losses.add("links of a form that brat has not")
            return
        own, label = self._ids[link.link_id], self._name(link.label)
        ends = [f"{self._name(role)}:{self._ids[target]}" for role, target in link.ends]
        if kind == "*":
            self.lines.append(f"*\t{label} {' '.join(self._ids[target] for _, target in link.ends)}")
            self._losses.add("attributes and notes of equivalences", len(link.attributes) + len(link.notes))
            return
        if kind == "E":
            trigger = self._ids[link.ends[0][1]]
            self.lines.append(f"{own}\t{' '.join([f'{label}:{trigger}', *ends[1:]])}")
        else:
            self.lines.append(f"{own}\t{label} {' '.join(ends)}")
        self._said(own, link.attributes, link.notes)

    def _said(self, target: str, attributes: Attributes, notes: tuple[str, ...]) -> None:
        for name, value in attributes:
            if _NAME.fullmatch(name) and _NORMALISED.fullmatch(value):
                self.lines.append(f"{self._next('N')}\t{name} {target} {value}")
            elif _NAME.fullmatch(name) and _VALUE.fullmatch(value):
                own = f"{self._next('A')}\t{name} {target}"
                self.lines.append(own if value == "true" else f"{own} {value}")
            else:
                self._losses.add("attributes that are empty, hold a line break, or have a name of several words")
        for note in notes:
            self._losses.add("line breaks in notes, which are written as spaces", bool(_BREAKS.search(note)))
            self.lines.append(f"{self._next('#')}\t{NOTE} {target}\t{_BREAKS.sub(' ', note)}")


def _kind(link: Link) -> str:
    """The first letter of the lines that links of this form are written in; empty where there is none."""
    roles = [role for role, _ in link.ends]
    if roles[0] == TRIGGER:
        return "E"
    if link.label == EQUIV and set(roles) == {EQUIV}:
        return "*"
    return "R" if len(roles) == 2 and roles[0] != roles[1] else ""


FORMAT = Format(
    name="brat",
    tool="brat, standoff",
    offsets="code points of the `.txt` file",
    carries="marks of several fragments, attributes, notes, relations, events, equivalences, normalisations",
    drops="facts about a whole document; empty attributes; line breaks inside of notes and values",
    read=read,
    write=write,
)
