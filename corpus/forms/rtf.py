r"""RTF: the words of the document's body (Rich Text Format Specification 1.9.1), in one pass over its bytes.

Of its own because the library striprtf, measured, keeps hidden text, writes the addresses of links into the text,
leaves halves of surrogate pairs, raises on `\uc` without a number, and takes quadratic time for unclosed fields.
Left out: headers, footers, notes, comments, pictures, field codes, hidden and deleted text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.encodings import whole
from corpus.forms.limits import WHOLE_FILE
from corpus.forms.records import blank, flaw

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|(?P<brace>[{}])"
    rb"|\\(?P<symbol>[^A-Za-z])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# Destinations that are older than the mark `\*`, which says that what follows may be left out.
_LEFT_OUT = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf "
    b"footnote annotation atnid atnauthor tc tcn xe rxe bkmkstart bkmkend fldinst filetbl revtbl listtable "
    b"listoverridetable nonshppict nextfile template private ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn sn sv "
    b"generator shprslt nonesttables rsidtbl themedata datastore latentstyles xmlnstbl userprops objdata".split()
)
# Marked with `\*` and seen all the same: shapes, of which `shptxt` holds the words.
_SEEN = frozenset((b"shpinst", b"shptxt"))
_STANDS_FOR: Mapping[bytes, str] = {
    **dict.fromkeys((b"par", b"line", b"sect", b"page", b"row", b"nestrow", b"column"), "\n"),
    **dict.fromkeys((b"tab", b"cell", b"nestcell"), "\t"),
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
    b"bullet": "\u2022",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
    b"ltrmark": "\u200e",
    b"rtlmark": "\u200f",
}
_SYMBOLS = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_PAGES = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5"}
_PAGES |= {161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251"}
_PAGES |= {222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850"}
_SETS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_MOST_GROUPS = 10_000


class _RtfError(ValueError):
    """The file is no RTF, or made to do harm."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group and ends with it."""

    is_left_out: bool = False
    is_hidden: bool = False
    is_fonts: bool = False
    skips: int = 1
    font: int | None = None


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """The document's text. `encoding` is not used: RTF names its code pages itself."""
    data = whole(file, WHOLE_FILE)
    if isinstance(data, Fault):
        yield data
        return
    try:
        text = _Reader().read(data)
    except _RtfError as error:
        yield Fault("container-unreadable", 0, "RTF", short(error))
    except UnicodeDecodeError as error:
        found = f"{error.object[error.start : error.start + 1]!r} in {error.encoding}"
        yield Fault("text-undecodable", 0, "bytes of the code page that the file names", found)
    else:
        yield flaw(text, 0, "the text") or blank(text, 0) or Document(0, None, text, {})


class _Reader:
    """Reads tokens into parts of text; bytes are gathered first, as a character may be two of them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._stack: list[_State] = []
        self._state = _State()
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font: int | None = None
        self._to_skip = 0
        self._may_be_left_out = False

    def read(self, data: bytes) -> str:
        """The text of `data`, in time in proportion to its size."""
        if not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
            raise _RtfError("no {\\rtf at its start")
        at = data.index(b"{\\rtf")
        while match := _TOKEN.match(data, at):
            at = match.end()
            at += self._take(match)
            if not self._stack and match["brace"] == b"}":
                break
        if self._stack:
            raise _RtfError(f"{len(self._stack)} group(s) that are not closed: the file is cut off")
        self._flush()
        # Two halves of a pair come as two `\\u`; here they meet. A half that stays alone is found afterwards.
        text = "".join(self._parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return text.replace("\t\n", "\n")

    def _take(self, match: re.Match[bytes]) -> int:
        """Take one token; gives the bytes of raw data after it that are to be passed over."""
        kind = match.lastgroup
        if kind == "text":
            self._add_bytes(match[0])
        elif kind == "hex":
            self._add_bytes(bytes.fromhex(match["hex"].decode("ascii")))
        elif kind == "brace":
            self._open() if match[0] == b"{" else self._close()
        elif kind == "symbol":
            self._symbol(match["symbol"])
        elif match["word"]:
            number = match["number"]
            return self._word(match["word"], None if number is None else int(number))
        return 0

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= _MOST_GROUPS:
            raise _RtfError(f"more than {_MOST_GROUPS} groups inside each other")
        self._stack.append(self._state)
        self._to_skip = 0

    def _close(self) -> None:
        self._flush()
        self._state = self._stack.pop()
        self._to_skip = 0

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._may_be_left_out = True
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> int:
        is_optional, self._may_be_left_out = self._may_be_left_out, False
        if word in _LEFT_OUT or (is_optional and word not in _SEEN):
            self._flush()
            self._state = replace(self._state, is_left_out=True, is_fonts=word == b"fonttbl")
        elif word == b"bin":
            return max(number or 0, 0)
        elif word == b"u":
            self._unicode(number)
        elif word in _STANDS_FOR:
            self._add(_STANDS_FOR[word])
        elif word in _SETTINGS:
            self._flush()
            _SETTINGS[word](self, number)
        elif word in _SETS:
            self._page = _SETS[word]
        return 0

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) % 0x10000 if (number or 0) < 0 else number or 0
        if code > 0x10FFFF:
            raise _RtfError(f"\\u{code}, which is no character")
        self._add(chr(code))
        self._to_skip = self._state.skips

    def _add(self, words: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        if not (self._state.is_left_out or self._state.is_hidden):
            self._parts.append(words)

    def _add_bytes(self, raw: bytes) -> None:
        raw, self._to_skip = raw[self._to_skip :], max(self._to_skip - len(raw), 0)
        if not (self._state.is_left_out or self._state.is_hidden):
            self._bytes += raw

    def _flush(self) -> None:
        if self._bytes:
            font = self._state.font if self._state.font is not None else self._default_font
            page = self._page if font is None else self._fonts.get(font, self._page)
            self._parts.append(self._bytes.decode(page))
            self._bytes.clear()

    def set_skips(self, number: int | None) -> None:
        self._state = replace(self._state, skips=min(max(1 if number is None else number, 0), 16))

    def set_hidden(self, number: int | None) -> None:
        self._state = replace(self._state, is_hidden=number != 0)

    def set_plain(self, number: int | None) -> None:
        self._state = replace(self._state, is_hidden=False, font=None)

    def set_font(self, number: int | None) -> None:
        self._state = replace(self._state, font=number)

    def set_default_font(self, number: int | None) -> None:
        self._default_font = number

    def set_font_page(self, number: int | None) -> None:
        r"""`\fcharset` in the table of fonts; 0 and 1 leave the page that the whole file has."""
        if self._state.is_fonts and self._state.font is not None and number in _PAGES and number:
            self._fonts[self._state.font] = _PAGES[number]

    def set_page(self, number: int | None) -> None:
        name = "utf-8" if number == 65001 else f"cp{number}"
        try:
            self._page = codecs.lookup({"cp10000": "mac_roman", "cp936": "gbk"}.get(name, name)).name
        except LookupError:
            raise _RtfError(f"the code page {number}, which is not known") from None


_SETTINGS: Mapping[bytes, Callable[[_Reader, int | None], None]] = {
    b"uc": _Reader.set_skips,
    b"v": _Reader.set_hidden,
    b"deleted": _Reader.set_hidden,
    b"plain": _Reader.set_plain,
    b"f": _Reader.set_font,
    b"deff": _Reader.set_default_font,
    b"fcharset": _Reader.set_font_page,
    b"ansicpg": _Reader.set_page,
}
