"""Clauses of sentences: cases that are data, promises for any text, and time that grows with the text alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extracting.authoring import is_claim
from corpus.extracting.clauses import split_clauses
from corpus.extracting.labels import certainty, modality, topic
from corpus.extracting.words import Part, Words

CASES = json.loads((Path(__file__).parent / "cases" / "clauses.json").read_text("utf-8"))
WORDS = (
    "rain",
    "and",
    "but",
    "it",
    "was",
    "that",
    "who",
    ",",
    ";",
    ":",
    "“",
    "”",
    "(",
    ")",
    "…",
    "farms",
    "held",
    "to",
    "?",
)
UNITS = (
    "and ",
    "it rained and ",
    "that ",
    "because it rained ",
    "; ",
    "… ",
    ", this is ",
    "“",
    "(",
    "ab",
    "a: ",
    "as ",
)


def whole(text: str) -> Part:
    """All words of a text."""
    return Words(text).part(0, len(text))


def seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time that `work` takes, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_clauses(case: dict[str, Any]) -> None:
    """A sentence is cut into its independent clauses, trimmed."""
    text = case["text"]

    found = split_clauses(Words(text), 0, len(text), is_reported=case.get("reported", False))

    assert case["clauses"] == [text[start:end] for start, end in found]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_clauses_are_in_order(text: str) -> None:
    """Clauses lie in the span, in order, and do not overlap; splitting a part of a text keeps its offsets."""
    found = split_clauses(Words(f"xx{text}yy"), 2, 2 + len(text))

    assert all(2 <= start < end <= 2 + len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harvest was late", True),
        ("A late harvest in the north", False),
        ("No more", False),
        ("Thanks to all who came", False),
        ("Farms in the north, where it rained all day", False),
    ],
)
def test_fragments_are_no_claims(text: str, *, expected: bool) -> None:
    """Without a finite verb of its own, or with thanks, there is no claim."""
    assert is_claim(Words(text), 0, len(text)) is expected


def test_questions_are_no_claims() -> None:
    """A question puts nothing forward."""
    text = "Was the harvest late?"

    assert not is_claim(Words(text), 0, len(text) - 1)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_text(unit: str) -> None:
    """Twice the text takes about twice the time, whatever it repeats."""
    text = unit * (20_000 // len(unit))

    def work(words: str) -> None:
        split_clauses(Words(words), 0, len(words))
        modality(whole(words), "author")

    assert seconds(work, text * 4) < 10 * seconds(work, text) + 0.1


@pytest.mark.parametrize(
    ("words", "voice", "expected"),
    [
        ("the farm sold 30 cows", "author", "fact"),
        ("the harvest will be late", "author", "prediction"),
        ("the owners must lower the rents", "author", "directive"),
        ("this is a serious mistake", "author", "evaluation"),
        ("the owners want lower taxes", "author", "evaluation"),
        ("the owners want lower taxes", "reported", "directive"),
        ("we will not sell the farm", "reported", "directive"),
    ],
)
def test_modality(words: str, voice: str, expected: str) -> None:
    """The main predicate tells the modality; a wish depends on who speaks of it."""
    assert modality(whole(words), voice) == expected


def test_certainty() -> None:
    """A hedge is one wherever it stands."""
    assert certainty(whole("the harvest may be late")) == "hedged"
    assert certainty(whole("the harvest is late")) == "asserted"


@pytest.mark.parametrize("words", ["The fair was held in May 2024", "In May rents rose", "It was sold on 3 May"])
def test_a_month_is_no_hedge(words: str) -> None:
    """The month of May is no modal verb."""
    assert (modality(whole(words), "author"), certainty(whole(words))) == ("fact", "asserted")


def test_topic() -> None:
    """The words tell the topic; where none does, there is none."""
    assert topic(whole("prices and wages rose on all markets")) == "economy"
    assert topic(whole("both sides signed the treaty after long negotiations")) == "diplomacy"
    assert topic(whole("it was so")) is None
