"""The tokens of a written date: folded words, numbers, times of day, and the marks between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_COMBINING_BEFORE = "\u0700"  # marks of later scripts are vowels, a name without them is another word
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ׳`´‘", "'") | {"ı": "i", "−": "-", "–": "-", "—": "-", "‑": "-"})
_THAI_ORDINAL = "ที่"  # stands between weekday and day, without a space
# Alternatives start with different characters or stop at the first that does not fit; no quantifier is nested.
_TOKEN = re.compile(
    r"""
    (?P<cjk>(?P<cy>\d{4})\s?[年년]\s?(?P<cm>\d{1,2})\s?[月월](?:\s?(?P<cd>\d{1,2})\s?[日号號일])?)
  | (?P<viet>(?:(?P<vd>\d{1,2})\s)?(?:thang|thg)\s(?P<vm>\d{1,2}),?\s(?:nam\s)?(?P<vy>\d{4})(?!\d))
  | (?P<date>(?P<a>\d{1,4})(?P<sep>[-/.])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<c>\d{1,4})(?!\d|[-:.]\d|/\d(?!\d{3}-)))
  | (?P<time>
        t?\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?![\d:])
        (?:\s?(?:am|pm|[ap]\.\s?m\b\.?))?
        (?:\s?(?:gmt|utc|z)?\s?[+-]\d\d:?(?:\d\d)?(?![\d:/-]))?
      | \d{1,2}(?:[.:]\d\d)?\s?(?:am\b|pm\b|[ap]\.\s?m\b\.?)
      | \d{1,2}\s?h(?:\s?\d\d)?(?!\w)
      | \d{1,2}\.\d\d(?![\d.])
      | (?:gmt|utc)\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)
      | \d{1,2}\s?[时時시](?:\s?\d{1,2}\s?[分분])?
    )
  | (?P<number>\d+)(?:(?:st|nd|rd|th|er|re|[eao]|°|ο?ς|η|го)(?![^\W\d_]))?
  | (?P<mark>[-/])
  | (?P<word>[^\s\d,.;:/()\[\]\-|·،"'ʿ<>]+)
  | [\s,.;:()\[\]|·،"']
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: date, time, number, mark, word or other. `text`: folded. `parts`: the numbers of a date and its mark.

    The parts of a date that names its units (`2024年1月5日`) are year, month, day, with the mark `年`.
    """

    kind: str
    text: str
    parts: tuple[str, ...] = ()


def fold(words: str) -> str:
    """The words with no difference of case, accent, apostrophe, dash, digit or white space that a date does not mean.

    A superscript or a fraction stays a sign of its own: folded to a digit, it would change a number.
    """
    if not words.isascii():
        words = "".join(map(_folded, unicodedata.normalize("NFD", words).translate(_APOSTROPHES)))
        words = unicodedata.normalize("NFC", words).replace(_THAI_ORDINAL, f" {_THAI_ORDINAL} ")
    return " ".join(words.casefold().translate(_APOSTROPHES).split())


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf" or (category == "Mn" and character < _COMBINING_BEFORE):
        return ""  # marks of writing direction, accents
    if category == "No" or character < "\u007f":
        return character
    return unicodedata.normalize("NFKC", character)


def tokens(folded: str) -> Iterator[Token]:
    """The tokens of folded words; commas, dots, brackets and white space are none."""
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup
        if match["cjk"]:
            yield Token("date", match[0], (match["cy"], match["cm"], match["cd"] or "", "年"))
        elif match["viet"]:
            yield Token("date", match[0], (match["vy"], match["vm"], match["vd"] or "", "年"))
        elif match["date"]:
            yield Token("date", match[0], (match["a"], match["b"], match["c"], match["sep"]))
        elif kind is not None:
            yield Token(kind, match["number"] or match[0])


def words_of(name: str) -> tuple[str, ...]:
    """The tokens of a name, as `tokens` gives them for words that hold it; empty where it holds a number."""
    found = list(tokens(fold(name)))
    return tuple(token.text for token in found) if all(token.kind in ("word", "mark") for token in found) else ()
