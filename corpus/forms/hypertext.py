"""HTML: what a reader of the page sees, one line for each block, row of a table or line break."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.encodings import decoded, detect_encoding, whole
from corpus.forms.limits import WHOLE_FILE
from corpus.forms.records import blank, flaw
from corpus.text.decoding import text_codec

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol optgroup p pre section summary table tbody "
    "tfoot thead tr ul".split()
)
_UNSEEN = frozenset(
    "applet audio button canvas datalist embed frame frameset head iframe input math noframes noscript object option "
    "script select style svg template textarea title video".split()
)
_CELLS = frozenset(("td", "th"))
_HIDING = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_SPACES = re.compile("[ \t\n\r\f]+")
_NEAR_BREAK = re.compile("[ \t]*\n[ \t\n]*")
_NEAR_CELL = re.compile("[ \t]*\t[ \t]*")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([a-z0-9_.-]{1,40})", re.IGNORECASE)
# Browsers read these names as the larger code page (WHATWG Encoding Standard, "Names and labels").
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
_PRESCAN = 4096
_STATED = {
    "author": "authors",
    "article:author": "authors",
    "dc.creator": "authors",
    "og:title": "title",
    "dc.title": "title",
    "og:site_name": "outlet",
    "article:published_time": "published",
    "dc.date": "published",
    "og:url": "locator",
}


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """The page's visible text as one document. Facts are what its `meta` elements state, never its `title` element."""
    data = whole(file, WHOLE_FILE)
    if isinstance(data, Fault):
        yield data
        return
    read = decoded(data, encoding or declared_encoding(data))
    if isinstance(read, Fault):
        yield read
        return
    yield from read.notes
    yield flaw(read.text, 0, "the page") or _document(read.text)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page itself names near its start, where it fits the bytes; None where a mark tells more."""
    found = _DECLARED.search(data[:_PRESCAN]) or _XML_DECLARED.search(data[:_PRESCAN])
    if not found or detect_encoding(io.BytesIO(data[:_PRESCAN])).basis == "byte-order mark":
        return None
    name = found[1].decode("ascii").lower()
    name = _READ_AS.get(name, name)
    try:
        codec = text_codec(name).name
        data[:_PRESCAN].decode("ascii", "ignore").encode(codec)
    except (LookupError, ValueError):
        return None
    # A page that can be searched for ASCII words is in no encoding of two or four bytes a character.
    return None if codec.startswith(("utf-16", "utf-32")) else name


def _document(page: str) -> Document | Fault:
    from lxml import etree

    seen = _Page()
    # Events, not a tree: in a tree, each attribute of an element is sought among all before it, so that two megabytes
    # of attributes would take minutes. Without a tree, `huge_tree` costs no memory; without it, the library takes a
    # comment of 10 MB for text and does not say so. The file's size is the bound.
    parser = etree.HTMLParser(
        target=seen, encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        if page.strip():
            parser.feed(page.encode())
            parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return Fault("container-unreadable", None, "an HTML page", short(error))
    text = seen.text()
    return blank(text, 0) or Document(0, None, text, seen.facts)


class _Page:
    """Collects what a reader sees from the events of the parser, and what the page states about itself."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self._parts: list[str] = []
        self._hidden = 0
        self._preformatted = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._state(tag, attributes)
        if self._hidden or _is_hidden(tag, attributes):
            self._hidden += 1
            return
        self._preformatted += tag == "pre"
        self._parts.append(_edge(tag, "\n"))

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        self._preformatted -= tag == "pre"
        self._parts.append(_edge(tag, ""))

    def data(self, words: str) -> None:
        if not self._hidden:
            self._parts.append(words if self._preformatted else _SPACES.sub(" ", words))

    def close(self) -> None:
        """The parser asks for it at the end; there is nothing to hand over."""

    def text(self) -> str:
        """Lines without space at their edges, and one tab between two cells."""
        lines = "\n".join(_NEAR_BREAK.split("".join(self._parts)))
        return _NEAR_CELL.sub("\t", lines).strip()

    def _state(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "html" and attributes.get("lang", "").strip():
            self.facts.setdefault("language", attributes["lang"].strip())
        if tag != "meta":
            return
        name = _STATED.get((attributes.get("property") or attributes.get("name") or "").strip().lower())
        value = attributes.get("content", "").strip()
        if name and value and (name == "locator" or not value.startswith("http")):  # `article:author` is often a link
            self.facts.setdefault(name, value)


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in _UNSEEN or "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))


def _edge(tag: str, line_break: str) -> str:
    """What stands where an element begins or ends; a `br` breaks the line once, where it begins."""
    if tag in _BLOCKS:
        return "\n"
    if tag == "br":
        return line_break
    return "\t" if tag in _CELLS else ""
