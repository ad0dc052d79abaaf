"""Normalising: a visible tuple of steps, each of which says what it changes.

Decode as declared; drop byte-order marks, soft hyphens and zero-width spaces (not joiners, which carry
meaning); every Unicode space to one U+0020, runs to one; line ends and paragraph breaks to one line feed,
lines trimmed; NFC. Quotation marks, dashes and the text's own typos stay as they are.
"""

from __future__ import annotations

import functools
import itertools
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.text.decoding import DecodedText
from corpus.text.edits import Edit, Edits, apply_edits, compose
from corpus.text.limits import MOST_EDITS, TextTooLargeError

Step = Callable[[str], Iterator[Edit]]

# Written as escapes: these characters cannot be told apart in an editor.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_ODD = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Runs of spaces that are not one U+0020: most spaces are one, and are passed over without a match.
_SPACES = re.compile(f"[{_ODD}][ {_ODD}]*| [ {_ODD}]+")
_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
# One class repeated, not a group: of a group the library remembers each turn, 100 bytes for each of millions of breaks.
_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029][ \n\r\x0b\x0c\x85\u2028\u2029]*")
_LONG_RUN = 64
# The blocks that marks stand in; letters and signs of most European texts stand in others.
_MAYBE_MARK = re.compile("[\u0300-\u1fff\u20d0-\u20ff\u2cef-\U0010ffff]")
_INVISIBLE_REASON = {"\u00ad": "soft_hyphen", "\u200b": "zero_width_space"}


def drop_invisible(text: str) -> Iterator[Edit]:
    """Drop byte-order marks, soft hyphens and zero-width spaces."""
    for match in _INVISIBLE.finditer(text):
        reason = _INVISIBLE_REASON.get(match[0], "byte_order_mark")
        yield Edit(match.start(), match.end(), "", reason)


def unify_spaces(text: str) -> Iterator[Edit]:
    """Turn every Unicode space and tab into U+0020, and runs of them into one."""
    for match in _SPACES.finditer(text):
        run, start = match[0], match.start()
        if run[0] != " ":
            yield Edit(start, start + 1, " ", "unicode_space")
        if len(run) > 1:
            yield Edit(start + 1, match.end(), "", "space_run")


def unify_lines(text: str) -> Iterator[Edit]:
    """Turn line ends and paragraph breaks into one line feed; trim lines and the whole text."""
    found = [match.span() for match in _BREAKS.finditer(text)]
    breaks = [(start - (text[start - 1 : start] == " "), end) for start, end in found]
    if text.startswith(" ") and not (breaks and breaks[0][0] == 0):
        yield Edit(0, 1, "", "trimmed")
    for start, end in breaks:
        if start == 0 or end == len(text):
            yield Edit(start, end, "", "outer_break")
        elif text[start:end] != "\n":
            yield from _one_break(text, start, end)
    if len(text) > 1 and text.endswith(" ") and not (breaks and breaks[-1][1] == len(text)):
        yield Edit(len(text) - 1, len(text), "", "trimmed")


def _one_break(text: str, start: int, end: int) -> Iterator[Edit]:
    """Keep one line feed of the run where it has one; drop what stands around it."""
    kept = text.find("\n", start, end)
    rewritten = kept < 0
    if rewritten:
        found = _BREAK.search(text, start, end)
        assert found is not None
        kept = found.start()
    several = len(_BREAK.findall(text[start:end].replace("\r\n", "\n"))) > 1
    reason = "paragraph_break" if several else "line_end"
    if start < kept:
        yield Edit(start, kept, "", reason)
    if rewritten:
        yield Edit(kept, kept + 1, "\n", reason)
    if kept + 1 < end:
        yield Edit(kept + 1, end, "", reason)


def compose_characters(text: str) -> Iterator[Edit]:
    """Bring the text into Unicode normalisation form C, piece by piece."""
    if not _is_long_run(text) and unicodedata.is_normalized("NFC", text):
        return
    joins = _joins_previous()
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (text[at] in joins or unicodedata.combining(text[at])):
            continue
        piece = text[start:at]
        composed = unicodedata.normalize("NFC", piece if at - start < _LONG_RUN else _ordered(piece))
        if composed != piece:
            yield _narrowed(piece, composed, start)
        start = at


def _is_long_run(text: str) -> bool:
    """Whether marks stand in a run so long that the library must not sort them."""
    return _MAYBE_MARK.search(text) is not None and _marks().search(text) is not None


def _ordered(piece: str) -> str:
    """`piece` decomposed, its marks in canonical order (Unicode Standard, 3.11).

    The library orders marks in time that grows with the square of their number: minutes for a megabyte of them.
    Handed over in order, they cost it no more than other letters.
    """
    characters = "".join(unicodedata.normalize("NFD", character) for character in piece)
    parts: list[str] = []
    for _, run in itertools.groupby(characters, lambda character: unicodedata.combining(character) > 0):
        parts += sorted(run, key=unicodedata.combining)  # of letters, which are all of class 0, it leaves the order
    return "".join(parts)


def _narrowed(piece: str, composed: str, start: int) -> Edit:
    """The edit without the code points that both ends share, so that a line feed is never part of it."""
    head = _shared(piece, composed)
    tail = _shared(piece[head:][::-1], composed[head:][::-1])
    return Edit(start + head, start + len(piece) - tail, composed[head : len(composed) - tail], "nfc")


def _shared(one: str, other: str) -> int:
    """How many code points the two strings have in common from their start."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@functools.cache
def _joins_previous() -> frozenset[str]:
    """Characters of combining class 0 that compose with the one before, or are marks in disguise (some Tibetan)."""
    hangul = {chr(c) for block in (range(0x1161, 0x1176), range(0x11A8, 0x11C3)) for c in block}
    found = set(hangul)
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            if unicodedata.combining(second) == 0:
                found.add(second)
            elif unicodedata.combining(chr(int(parts[0], 16))):
                found.add(chr(code))
    return frozenset(found)


@functools.cache
def _marks() -> re.Pattern[str]:
    """Runs of combining marks that are longer than any word's."""
    codes = (code for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code)))
    disguised = (character for character in _joins_previous() if unicodedata.combining(_first_part(character)))
    return re.compile(f"[{''.join((*map(chr, codes), *disguised))}]{{{_LONG_RUN}}}")


def _first_part(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]


STEPS: tuple[Step, ...] = (drop_invisible, unify_spaces, unify_lines, compose_characters)


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """Normalised text that remembers its bytes: `apply_edits(source.text, edits) == text`."""

    text: str
    source: DecodedText
    edits: Edits


def normalise(source: DecodedText) -> NormalisedText:
    """Run every step over `source`. Idempotent: normalising the result again changes nothing."""
    return renormalise(NormalisedText(source.text, source, ()))


def renormalise(known: NormalisedText, edits: Edits = ()) -> NormalisedText:
    """`known` after `edits` of its text (a declared removal, say), and normalised again.

    Raises `TextTooLargeError` where the changes would be more than memory should hold.
    """
    known = _changed(known, edits)
    for step in STEPS:
        changes = tuple(itertools.islice(step(known.text), MOST_EDITS + 1))
        if len(changes) > MOST_EDITS:
            raise TextTooLargeError(MOST_EDITS, "characters that are changed")
        known = _changed(known, changes)
    return known


def _changed(known: NormalisedText, edits: Edits) -> NormalisedText:
    composed = compose(known.edits, edits, known.text)
    return NormalisedText(apply_edits(known.text, edits), known.source, composed)
