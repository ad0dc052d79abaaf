"""Bytes to text, without losing a byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

_BYTE_ORDER_MARKS = {
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}


class UndecodableError(ValueError):
    """The bytes are no text in the declared encoding. `byte` is the offset of the first offender."""

    def __init__(self, byte: int, reason: str) -> None:
        super().__init__(f"byte {byte}: {reason}")
        self.byte = byte
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A seed's text as decoded, nothing dropped: `text.encode(encoding)` gives the bytes again."""

    text: str
    encoding: str

    def byte_offsets(self, positions: Iterable[int]) -> list[int]:
        """The byte offset of each code point position; `positions` must ascend."""
        offsets: list[int] = []
        at = byte = 0
        for position in positions:
            byte += len(self.text[at:position].encode(self.encoding))
            at = position
            offsets.append(byte)
        return offsets


# Of names of hosts, of source code, or of whichever machine runs this; some take time that grows with the square.
_OF_NO_FILE = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))


def decode(data: bytes, encoding: str) -> DecodedText:
    """Decode `data` strictly as `encoding`.

    A byte-order mark stays in the text as U+FEFF (normalising drops it), and the encoding that results
    names its byte order, so that slices of the text encode to slices of the bytes.

    Raises `UndecodableError` where a byte does not fit, or where encoding the text again would give
    other bytes (as for encodings with shift states), and `LookupError` for an unknown encoding.
    """
    exact = exact_encoding(data, encoding)
    try:
        text = data.decode(exact)
        again = text.encode(exact)
    except UnicodeDecodeError as error:
        raise UndecodableError(error.start, error.reason) from error
    except UnicodeError as error:
        raise UndecodableError(0, str(error)) from error
    if again != data:
        byte = next((i for i, (a, b) in enumerate(zip(again, data, strict=False)) if a != b), len(again))
        raise UndecodableError(byte, f"{exact} does not give these bytes back when the text is encoded again")
    return DecodedText(text, exact)


def text_codec(encoding: str) -> codecs.CodecInfo:
    """The codec of an encoding that files of text are in. Raises `LookupError` for any other name."""
    try:
        info = codecs.lookup(encoding)
    except ValueError as error:  # a name with U+0000
        raise LookupError(str(error)) from error
    if not getattr(info, "_is_text_encoding", True) or info.name in _OF_NO_FILE:
        msg = f"{encoding} is not a text encoding"
        raise LookupError(msg)
    return info


def exact_encoding(data: bytes, encoding: str) -> str:
    """The encoding's name with its byte order, by the first bytes of the data. Raises as `decode` does."""
    info = text_codec(encoding)
    if info.name == "utf-8-sig":
        return "utf-8"
    for mark, exact in _BYTE_ORDER_MARKS.get(info.name, ()):
        if data.startswith(mark):
            return exact
    if info.name in _BYTE_ORDER_MARKS:
        raise UndecodableError(0, f"{info.name} without a byte-order mark: declare {info.name}-le or {info.name}-be")
    return info.name
