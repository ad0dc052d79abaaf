"""Figures in texts: cases that are data, promises for any text, and time that grows with the text alone."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extracting.figures import find_figures
from corpus.extracting.numbers import value_of_digits, value_of_words
from corpus.extracting.words import Words

CASES = json.loads((Path(__file__).parent / "cases" / "figures.json").read_text("utf-8"))
PARTS = (
    "1",
    "5,000",
    "two",
    "hundred",
    "half",
    "dozens",
    "of",
    "$",
    "%",
    "-",
    "to",
    "more than",
    "people",
    ".",
    "“",
    "١",
)
UNITS = ("1", "one ", "one-", "1,000,", "5 to 7 to ", "more than ", "hundred and ", "$5 per day ", "86 of the ")


def seconds(text: str) -> float:
    """The processor time that finding figures takes, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        find_figures(Words(text), 0, len(text))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_figures(case: dict[str, Any]) -> None:
    """A figure has its words, its value, its comparator and its unit."""
    text = case["text"]

    found = find_figures(Words(text), 0, len(text), case.get("language", "en"))

    assert case["figures"] == [[f.span.of(text), f.value, f.comparator, f.unit] for f in found]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30 cows", 30, 30),
        ("at least 30 cows", 30, None),
        ("up to 30 cows", None, 30),
        ("about 30 cows", None, None),
        ("5 to 7 cows", 5, 7),
        ("5 to 7 million cows", 5e6, 7e6),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None) -> None:
    """The comparator tells which bounds a figure has."""
    (figure,) = find_figures(Words(text), 0, len(text))

    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    ("digits", "language", "value"),
    [
        ("1,234", "en", 1234),
        ("1.234", "en", 1.234),
        ("1.234", "de", 1234),
        ("1,5", "fr", 1.5),
        ("1.234.567", "en", 1234567),
        ("1,234.5", "en", 1234.5),
        ("١٢٫٥", "ar", 12.5),
    ],
)
def test_separators(digits: str, language: str, value: float) -> None:
    """What a separator means depends on the language, and on the digits after it."""
    assert value_of_digits(digits, language) == value


def test_number_words() -> None:
    """Number words add up."""
    assert value_of_words("three million two hundred and five thousand") == 3_205_000
    assert value_of_words("forty-two") == 42
    assert value_of_words("a dozen".removeprefix("a ")) == 12


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join))
def test_figures_lie_in_the_span(text: str) -> None:
    """Figures lie inside the span, in text order, whatever stands around it."""
    found = find_figures(Words(f"9{text}9"), 1, 1 + len(text))

    assert all(1 <= figure.span.start < figure.span.end <= 1 + len(text) for figure in found)
    assert [f.span.start for f in found] == sorted(f.span.start for f in found)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text(unit: str) -> None:
    """Twice the text takes about twice the time, whatever it repeats."""
    text = unit * (20_000 // len(unit))

    assert seconds(text * 4) < 10 * seconds(text) + 0.1
