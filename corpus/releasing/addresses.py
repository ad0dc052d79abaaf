"""Addresses to publish to: a folder, or a place that a protocol leads to (`s3://bucket/place`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from corpus.errors import UnsafeAddressError

_LONGEST = 1000
_PROTOCOL = re.compile(r"([a-z][a-z0-9+.-]{0,30}):/(/?)(.*)", re.DOTALL)
# Words that name a place, and no pattern, query or fragment that a library may act on.
_SEGMENT = re.compile(r"[\w .,+=@:~()'!&$-]{1,255}")
_HUB = re.compile(r"datasets/([A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A place of releases. `protocol`: empty for a folder of this machine. `path`: what follows `://`."""

    text: str
    protocol: str
    path: str

    @property
    def folder(self) -> Path | None:
        """The folder of this machine that it is; None for any other place."""
        return None if self.protocol else Path(self.path)

    @property
    def repository(self) -> str | None:
        """`owner/name` of a dataset on the Hub; None for any other place."""
        match = _HUB.fullmatch(self.path) if self.protocol == "hf" else None
        return match[1] if match else None


def parse_address(text: str) -> Address:
    """Take an address apart. Raises `UnsafeAddressError` for one that is not taken, with the reason.

    A folder may begin with `..`, since one types it oneself; within an address `..` leads astray and is refused,
    as are control characters, empty parts, passwords, patterns and chains of protocols (`zip::s3://…`).
    """
    if not text.strip() or len(text) > _LONGEST or not text.isprintable():
        raise UnsafeAddressError(text, "an address is a line of printable characters, and not too long")
    match = _PROTOCOL.fullmatch(text)
    if match is None:
        if "::" in text or "://" in text:
            raise UnsafeAddressError(text, "it is neither a folder nor PROTOCOL://PLACE")
        return _folder(text, text)
    protocol, slash, rest = match.groups()
    if not slash:
        raise UnsafeAddressError(text, f"two slashes follow a protocol: {protocol}://…")
    if protocol in {"file", "local"}:
        return _folder(text, rest)
    return _remote(text, protocol, rest.rstrip("/"))


def _folder(text: str, place: str) -> Address:
    parts = PurePosixPath(place).parts
    climbs = [number for number, part in enumerate(parts) if part == ".."]
    if climbs != list(range(len(climbs))):
        raise UnsafeAddressError(text, "`..` stands amid it: write the folder that is meant")
    return Address(text, "", place)


def _remote(text: str, protocol: str, path: str) -> Address:
    for number, segment in enumerate(path.split("/")):
        plain = unquote(segment)
        if number == 0 and protocol == "memory" and not segment:
            continue
        if not _SEGMENT.fullmatch(plain) or plain.strip(". ") == "" or "::" in plain:
            raise UnsafeAddressError(text, f"{segment!r} is no part of a place")
    if re.match(r"[^/]*:[^/]*@", path):
        raise UnsafeAddressError(
            text.replace(path, "…"), "it holds a password, which logs would keep: leave it to the settings"
        )
    address = Address(f"{protocol}://{path}", protocol, path)
    if protocol == "hf" and (address.repository is None or ".." in path or "--" in path):
        raise UnsafeAddressError(text, "on the Hub, an address is hf://datasets/OWNER/NAME")
    return address
