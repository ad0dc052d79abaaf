"""Characters that change the order in which a text is shown: what a reader sees is then not what is stored.

The controls are those of UAX #9; how they deceive is told in Boucher and Anderson, "Trojan Source: Invisible
Vulnerabilities" (USENIX Security 2023).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.inspecting.suspicions import Suspicion, character_names, lines_with_starts, primary_language
from corpus.text.spans import Span

# Written as escapes: these characters cannot be told apart in an editor.
_RUN = re.compile("[\u202a-\u202e\u2066-\u2069]+|[\u200e\u200f\u061c]+")
_MARKS = "\u200e\u200f\u061c"
_OVERRIDES = frozenset("\u202d\u202e")
_TURNS = _OVERRIDES | frozenset("\u202b\u2067")  # what turns words round in a left-to-right text
_CLOSES = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
_OPENS = frozenset("\u202a\u202b\u2066\u2067\u2068")
_MOST_DEPTH = 125  # UAX #9, BD2
_RIGHT_TO_LEFT = frozenset("ar arc ary arz ckb dv fa he iw ji nqo ps sd syr ug ur yi".split())
_FIRST_CHARACTERS = 1_000


def inspect_bidi(text: str, language: str | None) -> Iterator[Suspicion]:
    """Controls of direction: `bidi-control` where they can deceive, `bidi-mark` where they merely have no place.

    Overrides always can deceive, right-to-left embeddings and isolates in a text of a left-to-right language; its other
    controls and marks are the remains of a page. In a right-to-left language LRM, RLM and ALM are part of writing, and
    so are embeddings and isolates that their line closes. Without a declared language the first letter with a direction
    decides.
    """
    if text.isascii() or not _RUN.search(text):
        return
    right_to_left = _is_right_to_left(text, language)
    for start, line in lines_with_starts(text):
        yield from _of_line(line, start, right_to_left=right_to_left)


def _of_line(line: str, start: int, *, right_to_left: bool) -> Iterator[Suspicion]:
    """The suspicions of one line that starts at `start`."""
    runs = list(_RUN.finditer(line))
    is_written = right_to_left and _is_closed("".join(run[0] for run in runs))
    for run in runs:
        span = Span(*run.span()).shifted(start)
        if not (_OVERRIDES if right_to_left else _TURNS).isdisjoint(run[0]):
            yield Suspicion("bidi-control", span, "text in the order in which it is read", character_names(run[0]))
        elif not (is_written or (right_to_left and run[0][0] in _MARKS)):
            yield Suspicion("bidi-mark", span, "no controls of direction", character_names(run[0]))


def _is_closed(controls: str) -> bool:
    """Whether every embedding and isolate is closed in the right order, and none is an override."""
    opened: list[str] = []
    for control in controls:
        if control in _OVERRIDES or len(opened) > _MOST_DEPTH:
            return False
        if control in _OPENS:
            opened.append(control)
        elif control in _CLOSES and not (opened and opened.pop() in _CLOSES[control]):
            return False
    return not opened


def _is_right_to_left(text: str, language: str | None) -> bool:
    """Whether the declared language, or else the first letter with a direction, runs from right to left."""
    if primary := primary_language(language):
        return primary in _RIGHT_TO_LEFT
    directions = (unicodedata.bidirectional(character) for character in text[:_FIRST_CHARACTERS] if character.isalpha())
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
