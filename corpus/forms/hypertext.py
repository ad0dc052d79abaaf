"""HTML: what a reader of the page sees, one line for each block, row of a table or line break."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.encodings import decoded, detect_encoding, whole
from corpus.forms.limits import WHOLE_FILE
from corpus.forms.records import blank, flaw

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
# libxml2 stops at these silently: the rest of the page would be missing.
_CUT_SHORT = re.compile("depth|huge|too (?:long|large)|limit|memory", re.IGNORECASE)


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
    import codecs

    found = _DECLARED.search(data[:_PRESCAN]) or _XML_DECLARED.search(data[:_PRESCAN])
    if not found or detect_encoding(io.BytesIO(data[:_PRESCAN])).basis == "byte-order mark":
        return None
    name = found[1].decode("ascii").lower()
    name = _READ_AS.get(name, name)
    try:
        codec = codecs.lookup(name).name
        data[:_PRESCAN].decode("ascii", "ignore").encode(codec)
    except (LookupError, ValueError):
        return None
    # A page that can be searched for ASCII words is in no encoding of two or four bytes a character.
    return None if codec.startswith(("utf-16", "utf-32")) else name


def _document(page: str) -> Document | Fault:
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return blank("", 0) if _is_empty(error) else _unreadable(error)  # type: ignore[return-value]
    stops = [entry.message for entry in parser.error_log if _CUT_SHORT.search(entry.message)]
    if stops:
        return _unreadable(stops[0])
    text = _text(root, etree)
    return blank(text, 0) or Document(0, None, text, _facts(root))


def _is_empty(error: Exception) -> bool:
    return "empty" in str(error).lower()


def _unreadable(why: object) -> Fault:
    return Fault("container-unreadable", None, "an HTML page", short(why))


def _text(root: Any, etree: Any) -> str:
    """The visible text. Walks by events: recursion would end at pages nested deeply."""
    parts: list[str] = []
    hidden = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "script"
        step = 1 if event == "start" else -1
        if hidden or _is_hidden(tag, element):
            hidden += step
        else:
            preformatted += step * (tag == "pre")
            parts.append(_edge(tag, step))
            if event == "start":
                parts.append(_words(element.text, preformatted))
        if event == "end" and not hidden and element is not root:
            parts.append(_words(element.tail, preformatted))
    return _tidied("".join(parts))


def _is_hidden(tag: str, element: Any) -> bool:
    return tag in _UNSEEN or "hidden" in element.attrib or bool(_HIDING.search(element.get("style", "")))


def _edge(tag: str, step: int) -> str:
    """What stands where an element begins (`step` 1) or ends (-1)."""
    if tag in _BLOCKS or (tag == "br" and step == 1):
        return "\n"
    return "\t" if tag in _CELLS else ""


def _words(text: str | None, preformatted: int) -> str:
    if not text:
        return ""
    return text if preformatted else _SPACES.sub(" ", text)


def _tidied(text: str) -> str:
    """Lines without space at their edges, and one tab between two cells."""
    return re.sub("[ \t]*\t[ \t]*", "\t", "\n".join(_NEAR_BREAK.split(text))).strip()


def _facts(root: Any) -> Mapping[str, str]:
    facts: dict[str, str] = {}
    for element in root.iter("meta"):
        name = _STATED.get((element.get("property") or element.get("name") or "").strip().lower())
        value = (element.get("content") or "").strip()
        if name and value and (name == "locator" or not value.startswith("http")):  # `article:author` is often a link
            facts.setdefault(name, value)
    language = (root.get("lang") or "").strip()
    return facts | {"language": language} if language else facts
