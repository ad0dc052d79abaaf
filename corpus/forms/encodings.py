"""Which encoding bytes are in: what is certain first, a guess by statistics last, and how sure either is."""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from corpus.forms.documents import Fault, short
from corpus.text.decoding import text_codec

_CHUNK = 1 << 20
_HEAD = 1 << 16
_WINDOW = 1 << 14
_MOST_WINDOWS = 4
_UNSURE_BELOW = 0.6
_PRINTED = [bytes((code,)) for code in (9, 10, 13, *range(32, 127))]
_HIGH = re.compile(rb"[\x80-\xff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What press texts are kept in. The other code pages only draw guesses away from these.
_CANDIDATES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_2 iso8859_5 iso8859_6 iso8859_15 koi8_r "
    "mac_roman cp437 cp850 cp866 gb18030 big5 shift_jis euc_jp euc_kr"
).split()
_CLOSE = 0.02
# Quotation marks and dashes of the Windows code pages are letters in these: “w is ìw in Mac Roman, ôw in cp850.
_WITHOUT_WINDOWS_MARKS = frozenset(("mac_roman", "cp437", "cp850", "cp866"))
_WINDOWS_MARKS = re.compile(rb"(?<![^\s(\[])[\x91\x93](?=[A-Za-z])|[.,!?a-z]\x94(?=[\s,.)])|n\x92t\b| [\x96\x97] ")
_LETTERS_BETWEEN = re.compile(rb"[a-z][\x80-\x90\x95\x98-\x9f](?=[a-z])")
# Differ from cp1252 in few letters: some dozens of bytes do not tell them apart.
_SIBLINGS = frozenset(("cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15"))


@dataclass(frozen=True, slots=True)
class Detection:
    """An encoding by its Python name, or None where the bytes are no text; on what `basis`, in words; how sure, 0 to 1.

    The name never stands for a mark: decoded text begins with U+FEFF where the bytes have one.
    """

    encoding: str | None
    basis: str
    sureness: float

    def faults(self) -> tuple[Fault, ...]:
        """A fault where the bytes are no text, a note where the encoding is not sure."""
        if self.encoding is None:
            return (Fault("text-control", None, "text", self.basis),)
        if self.sureness >= _UNSURE_BELOW:
            return ()
        found = f"{self.encoding}, {self.basis}, sureness {self.sureness:.2f}"
        return (Fault("encoding-unsure", None, "a mark, UTF-8, or an encoding that is named", found),)


def detect_encoding(file: BinaryIO) -> Detection:
    """The encoding of the seekable `file`, which is read once as a stream, whatever its size.

    In order: a byte-order mark; zero bytes at every second or fourth place (UTF-16 and UTF-32 without a mark); UTF-8
    throughout; UTF-8 but for a few bytes; statistics (the library charset-normalizer) on windows of the bytes that
    are not ASCII.
    """
    file.seek(0)
    head = file.read(_HEAD)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Detection(encoding, "byte-order mark", 1.0)
    if b"\0" in head:
        return _by_zeros(head)
    file.seek(0)
    windows, is_utf8 = _scanned(file)
    if not windows:
        return Detection("utf-8", "ASCII only", 1.0)
    if is_utf8:
        return Detection("utf-8", "UTF-8 throughout", 0.99)
    return _damaged_utf8(windows) or _by_statistics(b"\n".join(windows))


def _by_zeros(head: bytes) -> Detection:
    """Zero bytes are every second one in UTF-16 of Latin letters, and of spaces and full stops in any script."""
    even = head[: len(head) // 4 * 4]
    zeros = [even[at::4].count(0) for at in range(4)]
    guesses = {
        "utf-32-le": min(zeros[2:]) * 4 == len(even) and len(even) > 0,
        "utf-32-be": min(zeros[:2]) * 4 == len(even) and len(even) > 0,
        "utf-16-le": zeros[0] + zeros[2] == 0 < zeros[1] + zeros[3] or head[:2].endswith(b"\0"),
        "utf-16-be": zeros[1] + zeros[3] == 0 < zeros[0] + zeros[2] or head.startswith(b"\0"),
    }
    words = sum(map(head.count, _PRINTED))
    if words >= 0.95 * (len(head) - sum(zeros)) and sum(zeros) < 0.3 * len(head):  # in UTF-16 of ASCII: half of all
        return Detection(None, f"a zero byte at byte {head.index(0)}", 1.0)
    for encoding, fits in guesses.items():
        if fits and _reads(head, encoding):
            return Detection(encoding, f"zero bytes placed as in {encoding.upper()}", 0.95)
    return Detection(None, f"a zero byte at byte {head.index(0)}", 1.0)


def _reads(head: bytes, encoding: str) -> bool:
    """Whether `head`, of which the last character may be cut, is words in `encoding`."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    odd = sum(not (character.isprintable() or character in "\t\n\r\x0b\x0c") for character in text)
    return "\0" not in text and odd * 50 <= len(text)


def _scanned(file: BinaryIO) -> tuple[list[bytes], bool]:
    """Windows of the bytes that are not ASCII, and whether the file is UTF-8 throughout."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    windows: list[bytes] = []
    while chunk := file.read(_CHUNK):
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return [*windows[:_MOST_WINDOWS], _window(chunk, max(error.start - 2, 0))], False
        if len(windows) < _MOST_WINDOWS and (found := _HIGH.search(chunk)):
            windows.append(_window(chunk, found.start()))
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return windows, False
    return windows, True


def _window(chunk: bytes, at: int) -> bytes:
    """The bytes around `at`, from the start of a line, so that no character is cut at the front."""
    first = max(at - _WINDOW // 2, 0)
    start = chunk.find(b"\n", first, at) + 1 if first else 0
    end = chunk.find(b"\n", at + _WINDOW, at + 2 * _WINDOW)
    return chunk[start : end if end > 0 else at + _WINDOW]


def _damaged_utf8(windows: Sequence[bytes]) -> Detection | None:
    text = b"\n".join(windows).decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(ord(character) > 0x7F for character in text) - bad
    if good < max(9 * bad, 1):
        return None
    return Detection("utf-8", "UTF-8 but for a few bytes", 0.9)


def _by_statistics(sample: bytes) -> Detection:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(sample, cp_isolation=_candidates(sample), enable_fallback=False))
    if not matches:
        return Detection("cp1252", "no encoding fits well; the most usual one is assumed", 0.1)
    best = matches[0]
    # Where the numbers do not part them, the encoding in which most of such files are goes first.
    usual = [match for match in matches if match.encoding == "cp1252" and match.chaos <= best.chaos + _CLOSE]
    high = len(_HIGH.findall(sample))
    if usual and (usual[0].coherence >= best.coherence - _CLOSE or (best.encoding in _SIBLINGS and high < 50)):
        best = usual[0]
    name = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding  # they may read these bytes alike
    sureness = min(0.9, best.coherence + 0.3) * (1 - best.chaos) * min(1.0, high / 10)
    return Detection(name, "statistics of its letters (charset-normalizer)", round(sureness, 2))


def _candidates(sample: bytes) -> list[str]:
    """Without the Mac's and DOS's pages where bytes stand as only the quotation marks of Windows do."""
    if len(_WINDOWS_MARKS.findall(sample)) <= len(_LETTERS_BETWEEN.findall(sample)):
        return _CANDIDATES
    return [name for name in _CANDIDATES if name not in _WITHOUT_WINDOWS_MARKS]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without a byte-order mark, and notes about its encoding."""

    text: str
    notes: tuple[Fault, ...]


def decoded(data: bytes, encoding: str | None) -> Decoded | Fault:
    """`data` as text, in the `encoding` that is named or else detected; strictly, no byte is replaced."""
    notes: tuple[Fault, ...] = ()
    if encoding is None:
        detection = detect_encoding(io.BytesIO(data))
        notes = detection.faults()
        if detection.encoding is None:
            return notes[0]
        encoding = detection.encoding
    try:
        text_codec(encoding)
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), notes)
    except UnicodeDecodeError as error:
        return undecodable(encoding, error.start, data[error.start : error.start + 1])
    except (LookupError, ValueError) as error:
        return Fault("text-undecodable", None, "the name of a text encoding", short(error))


def undecodable(encoding: str, byte: int, found: bytes, record: int | None = None, line: int | None = None) -> Fault:
    """The fault of a `byte` (its offset in the file, or in the line that is named) that `encoding` does not know."""
    return Fault("text-undecodable", record, f"bytes in {encoding}", f"{found!r} at byte {byte}", line)


def size_of(file: BinaryIO) -> int:
    """The size of a seekable file in bytes."""
    return file.seek(0, os.SEEK_END)


def too_large(size: int, most: int, what: str = "a file") -> Fault:
    """The fault of what is larger than it may be; sizes in bytes."""
    return Fault("container-too-large", None, f"{what} of at most {most >> 20} MiB", f"{size >> 20} MiB")


def whole(file: BinaryIO, most: int) -> bytes | Fault:
    """All bytes of a file of at most `most` bytes; nothing is read of a larger one."""
    size = size_of(file)
    if size > most:
        return too_large(size, most)
    file.seek(0)
    return file.read(most)
