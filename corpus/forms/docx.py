"""DOCX: the words of the document's body, one line for each paragraph or row of a table.

Read from the part itself with a streaming parser, because python-docx builds the whole tree and passes over content
controls and text boxes. Left out: deleted and moved text, hidden text, field codes, headers, footers, notes, comments.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpus.forms.archives import Archive, ArchiveError
from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.limits import UNPACKED
from corpus.forms.records import blank, flaw

_PART = "word/document.xml"
# `Fallback` repeats what `Choice` beside it says, for programs that do not know it.
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "delInstrText", "pict"))
_STANDS_FOR = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_OFF = frozenset(("0", "false", "off"))


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """The document's text. No facts: the properties of such files name who last had them open, not who wrote."""
    try:
        part = Archive(file).read_xml(_PART, UNPACKED)
    except ArchiveError as error:
        yield error.fault
        return
    text = _read(part)
    yield (
        text if isinstance(text, Fault) else flaw(text, 0, "the text") or blank(text, 0) or Document(0, None, text, {})
    )


def _read(part: bytes) -> str | Fault:
    from lxml import etree

    body = _Body()
    events = etree.iterparse(
        io.BytesIO(part), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for event, element in events:
            if event == "start":
                body.begin(_local(element.tag))
            else:
                body.end(_local(element.tag), element)
    except etree.LxmlError as error:
        return Fault("container-unreadable", None, f"well-formed XML in {_PART}", short(error))
    return body.text()


def _local(tag: object) -> str:
    """The name without its namespace, of which there are two (transitional and strict)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Body:
    """Collects words from the events of the parser."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._left_out = 0
        self._cells = 0
        self._is_hidden = False

    def begin(self, tag: str) -> None:
        if self._left_out or tag in _LEFT_OUT:
            self._left_out += 1
        elif tag == "r":
            self._is_hidden = False
        elif tag == "tc":
            self._cells += 1
            self._parts.append("\t")

    def end(self, tag: str, element: Any) -> None:
        if self._left_out:
            self._left_out -= 1
        elif tag in {"vanish", "webHidden"}:
            self._hide(element)
        elif tag == "t":
            self._add(element.text or "")
        elif tag in _STANDS_FOR and _local(element.getparent().tag) == "r":
            self._add(_STANDS_FOR[tag])
        elif tag == "tc":
            self._cells -= 1
        elif tag in {"p", "tr"}:
            self._close(tag)
        if tag in {"p", "tr"}:
            element.clear()  # keeps memory flat: what was read is not needed again

    def _hide(self, element: Any) -> None:
        values = (value for name, value in element.attrib.items() if _local(name) == "val")
        run = element.getparent().getparent()
        if run is not None and _local(run.tag) == "r" and next(values, "1") not in _OFF:
            self._is_hidden = True

    def _add(self, words: str) -> None:
        if not self._is_hidden:
            self._parts.append(words)

    def _close(self, tag: str) -> None:
        """A paragraph ends a line; the last one of a cell does not, so that a row of short cells stays one line."""
        self._parts.append("\n" if tag == "tr" or not self._cells else "\v")

    def text(self) -> str:
        """The text; a cell's last paragraph mark gives way to the tab or line end that follows."""
        text = "".join(self._parts).replace("\v\t", "\t").replace("\v\n", "\n").replace("\v", "\n")
        return text.replace("\n\t", "\n").strip("\t\n")
