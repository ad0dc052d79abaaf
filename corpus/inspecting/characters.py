"""Characters that no article is written with: controls, private use, unassigned, hidden tags."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from corpus.inspecting.suspicions import Suspicion, character_names
from corpus.text.spans import Span

_EXPECTED = "letters, digits, marks, punctuation and symbols"
_BAD = (
    r"[\p{Cc}--[\t\n]]"  # C0, C1 and DEL
    r"\p{Cs}\p{Co}\p{Cn}"  # lone surrogates, private use, unassigned and noncharacters
    r"\uFFF9-\uFFFC"  # interlinear annotation, object replacement
    r"\U000E0000-\U000E007F"  # tags: a text can be hidden in them
)
# The flags of England, Scotland and Wales, the only tag sequences recommended for interchange (UTS #51, annex B).
_TAGS = ["".join(f"\\U{0xE0000 + ord(letter):08X}" for letter in flag) for flag in ("gbeng", "gbsct", "gbwls")]
_FLAGS = rf"\U0001F3F4(?:{'|'.join(_TAGS)})\U000E007F"
# One selector chooses the shape of the character before it; rows of them hide bytes.
_SELECTORS = r"[\uFE00-\uFE0F\U000E0100-\U000E01EF]{2,}+|(?<!\p{Han})[\U000E0100-\U000E01EF]"
# Whether a text has anything but what most have: many times faster to tell than what is wrong with it.
_UNUSUAL = re.compile("[^ -~\n\t\u00a0-\u017e\u2010-\u2027\u20ac]")


def inspect_characters(text: str, language: str | None) -> Iterator[Suspicion]:
    """Each run of characters that stand for nothing a reader can see (`control-character`).

    Controls but line feed and tab, lone surrogates, private use, unassigned, noncharacters, tags outside flags,
    interlinear annotation, object replacement, and rows of variation selectors. What is assigned, `regex` says: a
    character of a later version of Unicode counts as unassigned.
    """
    del language
    if not _UNUSUAL.search(text):
        return
    for match in _pattern().finditer(text):
        if match.lastgroup == "bad":
            yield Suspicion("control-character", Span(*match.span()), _EXPECTED, character_names(match[0]))


@functools.cache
def _pattern() -> Any:
    import regex

    return regex.compile(rf"(?V1){_FLAGS}|(?P<bad>[{_BAD}]++|{_SELECTORS})")
