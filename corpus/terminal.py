"""Showing words of a text in a terminal without letting them steer it."""

from __future__ import annotations

import unicodedata

# Format characters that join or shape letters carry meaning and steer nothing.
_HARMLESS = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    r"""`text` with control, bidirectional and other invisible characters written as escapes (`\x1b`)."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def shortened(text: str, most: int = 120) -> str:
    """`printable(text)`, cut in the middle where it is longer than `most` code points."""
    if len(text) > most:
        half = (most - 3) // 2
        text = f"{text[:half]}...{text[-half:]}"
    return printable(text)


def _shown(character: str) -> str:
    if character.isprintable() or character in _HARMLESS:
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")
