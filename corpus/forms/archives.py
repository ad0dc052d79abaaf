"""ZIP containers of office files, read without trusting what they say about themselves."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from corpus.forms.documents import Fault, short
from corpus.forms.encodings import size_of, too_large
from corpus.forms.limits import MEMBERS, MIB, RATIO, UNPACKED, WHOLE_FILE

_CHUNK = 1 << 16
_DIRECTORY = 4 * MIB
_END = struct.Struct("<4s4H2LH")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


class ArchiveError(Exception):
    """A container that is damaged, too large or made to do harm. `fault` says which."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.found)
        self.fault = fault


class Archive:
    """A ZIP container of at most 64 MiB whose directory has been checked: no links, no names that lead out of it, no
    part twice or inside another, nothing encrypted. Raises `ArchiveError` where it does not hold.
    """

    def __init__(self, file: BinaryIO) -> None:
        size = size_of(file)
        if size > WHOLE_FILE:
            raise ArchiveError(too_large(size, WHOLE_FILE))
        _check_directory(file, size)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_BROKEN, UnicodeError) as error:
            raise _unreadable(error) from error
        _check_members(self._zip)
        self._left = UNPACKED
        self.names = frozenset(info.filename for info in self._zip.infolist())

    def read(self, name: str, most: int) -> bytes:
        """A part unpacked, of at most `most` bytes; counted while it is unpacked, whatever the directory says."""
        if name not in self.names:
            raise _unreadable(f"no part {name}")
        most = min(most, self._left)
        parts: list[bytes] = []
        size = 0
        packed = self._zip.getinfo(name).compress_size
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    _check_size(name, size, packed, most)
                    parts.append(chunk)
        except _BROKEN as error:
            raise _unreadable(error) from error
        self._left -= size
        return b"".join(parts)

    def read_xml(self, name: str, most: int) -> bytes:
        """As `read`, for a part in XML. Office files have no document type, the only place where entities are made."""
        data = self.read(name, most)
        if any(word in data for word in _DOCTYPES):
            raise unsafe("XML without a document type", f"a document type in {name}")
        return data


def unsafe(expected: str, found: str) -> ArchiveError:
    """The error of a container that is made to do harm."""
    return ArchiveError(Fault("container-unsafe", None, expected, short(found)))


def _unreadable(why: object) -> ArchiveError:
    return ArchiveError(Fault("container-unreadable", None, "a whole ZIP container", short(why)))


def _check_size(name: str, size: int, packed: int, most: int) -> None:
    if size > 8 * MIB and size > RATIO * max(packed, 1):
        raise unsafe(f"parts at most {RATIO} times as large as packed", f"{name}: {size >> 20} MiB from {packed} bytes")
    if size > most:
        raise ArchiveError(too_large(size, most, f"unpacked, {name}"))


def _check_directory(file: BinaryIO, size: int) -> None:
    """Look at the directory's size before the library reads it: a million entries take it minutes."""
    file.seek(max(size - (1 << 16) - _END.size, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise _unreadable("no directory at its end")
    *_, count, length, _, _ = _END.unpack_from(tail, at)
    if tail[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        raise unsafe("a ZIP container of usual size", "a ZIP64 directory")
    if count > MEMBERS or length > _DIRECTORY:
        raise unsafe(f"at most {MEMBERS} parts", f"{count} parts, directory of {length} bytes")
    file.seek(0)


def _check_members(archive: zipfile.ZipFile) -> None:
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if len(infos) > MEMBERS:
        raise unsafe(f"at most {MEMBERS} parts", f"{len(infos)} parts")
    if len({info.filename for info in infos}) < len(infos):
        raise unsafe("each part once", "two parts of one name")
    for info in infos:
        _check_member(info)
    for one, other in pairwise(infos):
        if one.header_offset + 30 + one.compress_size > other.header_offset:
            raise unsafe("parts apart from each other", f"{one.filename} overlaps {other.filename}")


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\0" in name:
        raise unsafe("names inside the container", name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise unsafe("files only", f"{name} is a link")
    if info.flag_bits & 0x1:
        raise _unreadable(f"{name} is encrypted")
