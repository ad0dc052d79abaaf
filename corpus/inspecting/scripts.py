"""Words in which letters of one script stand in for look-alikes of another.

The danger is that of Unicode's report on security (UTS #39): such a word reads as one word and is another, so that no
search finds it and no count counts it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from corpus.inspecting.suspicions import Suspicion, primary_language
from corpus.text.spans import Span

_OTHER = r"[\p{Greek}\p{Cyrillic}]"
_MEETING = rf"\p{{Latin}}\p{{M}}*+{_OTHER}|{_OTHER}\p{{M}}*+\p{{Latin}}"
# Where Greek and Cyrillic letters stand, and some others: a text without any is known many times faster.
_FOREIGN = re.compile(
    "[\u0342-\u0345\u0370-\u052f\u1c80-\u1dbf\u1f00-\u1fff\u2126\u2de0-\u2dff\ua640-\uab65\ufe2e-\ufe2f"
    "\U00010140-\U0001e08f]"
)
_WORD = r"[\p{L}\p{M}]{2,}+"
_LONGEST_SHOWN = 40
# Greek letters that pass for Latin ones; all others (Δt, μm, COVIDβ) are symbols and deceive nobody.
_GREEK_ALIKE = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορστυχ")
_CYRILLIC_LANGUAGES = frozenset("be bg kk ky mk mn ru sr tg tt uk".split())


def inspect_scripts(text: str, language: str | None) -> Iterator[Suspicion]:
    """Each word that mixes Latin with Greek or Cyrillic letters (`script-mixing`).

    Left alone: one Greek letter at either end of a word that looks like no Latin one, and, in languages written in
    Cyrillic, a foreign name with an ending (`SMSка`: two or more Latin letters, then Cyrillic ones).
    """
    if text.isascii() or not _FOREIGN.search(text) or not _pattern(_MEETING).search(text):
        return
    cyrillic = primary_language(language) in _CYRILLIC_LANGUAGES
    meeting = _pattern(_MEETING)
    for match in _pattern(_WORD).finditer(text):
        word = match[0]
        if not word.isascii() and meeting.search(word) and not _is_usual(word, cyrillic=cyrillic):
            yield Suspicion("script-mixing", Span(*match.span()), "a word in one script", _shown(word))


def _is_usual(word: str, *, cyrillic: bool) -> bool:
    """Whether a mixed word is of a kind that is written on purpose."""
    if cyrillic and _pattern(r"\p{Latin}{2,}+\p{Cyrillic}++").fullmatch(word):
        return True
    symbol = _pattern(r"(\p{Greek})\p{Latin}++|\p{Latin}++(\p{Greek})").fullmatch(word)
    return bool(symbol) and not {symbol[1] or symbol[2]} & _GREEK_ALIKE


def _shown(word: str) -> str:
    """The word, cut where it is long, with its foreign letters by number: they cannot be told apart by eye."""
    shown = word[:_LONGEST_SHOWN]
    few = _pattern(r"\p{Latin}").findall(shown)
    others = _pattern(_OTHER).findall(shown)
    told = few if len(few) < len(others) else others
    return f"{shown}{'…' if len(word) > _LONGEST_SHOWN else ''} with {_numbers(told)}"


def _numbers(letters: list[str]) -> str:
    """Up to three different letters by number."""
    different = list(dict.fromkeys(letters))
    return ", ".join(f"U+{ord(letter):04X}" for letter in different[:3]) + (", …" if len(different) > 3 else "")


@functools.cache
def _pattern(source: str) -> Any:
    import regex

    return regex.compile(source)
