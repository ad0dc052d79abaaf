"""Numbers in text: digits with separators of any script and language, number words and scales (English)."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from corpus.extracting.wordlists import any_case, read_lexicon

# Languages in which a comma divides the decimals.
_DECIMAL_COMMA = frozenset(
    [
        "de",
        "es",
        "fr",
        "it",
        "pt",
        "nl",
        "pl",
        "ru",
        "uk",
        "tr",
        "id",
        "da",
        "sv",
        "no",
        "nb",
        "fi",
        "cs",
        "sk",
        "hu",
        "ro",
        "bg",
        "el",
        "hr",
        "sr",
        "sl",
        "lt",
        "lv",
        "et",
        "ca",
        "gl",
        "eu",
        "vi",
        "is",
    ]
)
_GROUPED = r"\d{1,3}(?:[,.٬’'\u00a0\u202f]\d{3})+(?!\d)(?:[.,٫]\d{1,9})?"
DIGITS = rf"(?:{_GROUPED}|\d{{1,30}}(?:[.,٫]\d{{1,9}})?)"
_SEPARATORS = re.compile(r"[,.٬٫’'\u00a0\u202f]")


class Number(NamedTuple):
    """A number and the code points where it stands; `value` is None for "hundreds", "dozens"."""

    start: int
    end: int
    value: float | None
    is_word: bool


@functools.cache
def number_pattern() -> re.Pattern[str]:
    """Where a number may begin and how far it reaches: digits with a scale, number words, vague words."""
    lexicon = read_lexicon("numbers")
    units, scales = any_case(lexicon["words"]), any_case(lexicon["scales"])
    vague = any_case(lexicon["vague"]["words"])
    short = any_case(lexicon["short_scales"])
    word = rf"(?:{units}|{scales})"
    first = rf"(?:{units}|(?:{scales})(?![A-Za-z]))"
    joint = r"(?:[ -]|(?i:(?<=hundred)\sand\s)|(?i:(?<=thousand)\sand\s))"
    pattern = (
        rf"(?P<digits>{DIGITS})(?:(?P<short>{short})\b|[ \u00a0-](?P<scale>{scales}))?"
        rf"|(?P<vague>[Tt](?i:ens\sof\s(?:thousands|millions))"
        rf"|(?:{vague})(?i:\sof\s(?:thousands|millions|billions))?)\b"
        rf"|(?P<half>[Hh](?i:alf))\b"
        rf"|(?P<words>{first}(?:{joint}{word}(?![A-Za-z])){{0,12}})(?![A-Za-z])"
    )
    return re.compile(pattern)


def read_number(match: re.Match[str], language: str) -> Number:
    """The number that a match of `number_pattern` holds."""
    start, end = match.span()
    if match["vague"]:
        return Number(start, end, None, True)
    if match["half"]:
        return Number(start, end, 50.0, True)
    if match["words"]:
        return Number(start, end, value_of_words(match["words"]), True)
    value = value_of_digits(match["digits"], language)
    lexicon = read_lexicon("numbers")
    if match["scale"]:
        value *= lexicon["scales"][match["scale"].lower()]
    elif match["short"]:
        value *= lexicon["short_scales"].get(match["short"], 1.0)
    return Number(start, end, value, False)


def value_of_digits(words: str, language: str) -> float:
    """The value of digits in any script; what a lone separator means depends on the language."""
    if words.isascii() and words.isdigit():
        return float(words)
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in words)
    marks = _SEPARATORS.findall(digits)
    if not marks:
        return float(digits)
    decimal = "," if language in _DECIMAL_COMMA else "."
    last = marks[-1]
    groups = _SEPARATORS.split(digits)
    grouped = all(len(group) == 3 for group in groups[1:])
    is_decimal = last == "٫" or not grouped or (last == decimal and marks.count(last) == 1)
    if not is_decimal or (len(set(marks)) == 1 and len(marks) > 1):
        return float("".join(groups))
    return float("".join(groups[:-1]) + "." + groups[-1])


def value_of_words(words: str) -> float:
    """The value of number words ("two hundred and fifty thousand")."""
    lexicon = read_lexicon("numbers")
    if (value := lexicon["words"].get(words.lower())) is not None:
        return float(value)
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in lexicon["words"]:
            current += lexicon["words"][word]
        elif word in lexicon["scales"]:
            scale = lexicon["scales"][word]
            if scale in (100, 12):
                current = (current or 1) * scale
            else:
                total, current = total + (current or 1) * scale, 0.0
    return total + current
