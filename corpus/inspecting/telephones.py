"""Telephone numbers in a text: found by `phonenumbers`, among candidates that a figure rarely looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.inspecting.lexicon import read_lexicon
from corpus.text.spans import Span

# Digits in groups, none of it inside a word, a figure or a path. Repetitions are bounded and give nothing back.
_CANDIDATE = re.compile(
    r"(?<![\w/=_@#&?+.,-])(?<!\d )[+＋]?(?:\((?=\d{1,5}\)))?\d"
    r"(?:[ ().\-/\u2010-\u2015]{0,3}+\d){6,16}+(?![\w@])(?!,\d)"
)
# What every candidate holds; a text without it, which is most of them, is known many times faster.
_DIGITS = re.compile(r"\d(?:[ ().\-/\u2010-\u2015]{0,3}+\d){6}")
_SURE_SHAPE = re.compile(r"[+＋]|00|\(0?\d{2,5}\) ?\d|0\d{1,4}[ ./\-\u2010-\u2015]|(?:1[-. ])?\d{3}([-.])\d{3}\1\d{4}$")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?![./-])")
_BOOK = re.compile(r"\bI[SB]{2}N(?:-1[03])?:? ?$")
_LONGEST_BEFORE = 10
MOST_TRIES = 500


def telephone_numbers(text: str, primary: str) -> Iterator[Span]:
    """Where telephone numbers stand, in code points: international ones, and national ones that are clearly written.

    `primary`: the primary subtag of the text's language; the lexicon names the regions whose national numbers are
    looked for in it. A national number counts where it begins with 0 or a bracket, or is written as in 555-010-0199,
    in the grouping of its region. Dates and numbers of books are left out. The first MOST_TRIES candidates are tried.
    """
    if not _DIGITS.search(text):
        return
    regions = (None, *read_lexicon("contacts")["regions"].get(primary, "").split())
    for match in islice(filter(_is_likely, _CANDIDATE.finditer(text)), MOST_TRIES):
        number = f"+{match[0][2:].lstrip()}" if match[0].startswith("00") else match[0]
        tried = regions[:1] if number[0] in "+＋" else regions[1:]
        if any(_is_valid(number, region) for region in tried):
            yield Span(*match.span())


def _is_likely(match: re.Match[str]) -> bool:
    """Whether a candidate has the shape of a number that is dialled."""
    before = match.string[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    return bool(_SURE_SHAPE.match(match[0])) and not _DATE.match(match[0]) and not _BOOK.search(before)


def _is_valid(candidate: str, region: str | None) -> bool:
    """Whether the candidate is a valid number in the grouping of its region."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    return PhoneNumberMatcher(candidate, region, leniency=Leniency.STRICT_GROUPING, max_tries=5).has_next()
