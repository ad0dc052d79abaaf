"""Undoing hard wraps: paragraphs come together again, everything else stays as it is."""

from __future__ import annotations

import random
import textwrap
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import paragraph, stories

from corpus.text.edits import apply_edits
from corpus.text.wrapping import unwrap


def unwrapped(text: str) -> list[str]:
    """The lines that are left, trimmed, blank ones left out."""
    return [line.strip() for line in apply_edits(text, tuple(unwrap(text))).split("\n") if line.strip()]


def paragraphs(count: int) -> list[str]:
    chance = random.Random(count)  # noqa: S311
    return [paragraph(chance) for _ in range(count)]


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize(("apart", "indent"), [("\n\n", ""), ("\n", "   "), ("\n\n", "  ")])
def test_paragraphs_come_together_again(width: int, apart: str, indent: str) -> None:
    kept = paragraphs(30)
    text = apart.join(textwrap.fill(words, width, initial_indent=indent, break_on_hyphens=False) for words in kept)

    assert unwrapped(text) == kept


def test_centred_headers_stay_apart() -> None:
    kept = paragraphs(12)
    head = ["1 of 2 DOCUMENTS".center(72), "The Northam Herald".center(72), "January 9, 2024, Tuesday".center(72)]
    text = "\n".join(head) + "\n\n" + "\n\n".join(textwrap.fill(words, 72) for words in kept)

    assert unwrapped(text) == [*(line.strip() for line in head), *kept]


def test_a_title_is_not_joined_to_its_header() -> None:
    kept = paragraphs(12)
    title = "Council of Northam to vote on rents, ferries, and on the late harvest"
    text = f"{title}\nThe Northam Herald – January 9, 2024\n" + "\n\n".join(textwrap.fill(words, 72) for words in kept)

    assert unwrapped(text)[:2] == [title, "The Northam Herald – January 9, 2024"]


def test_texts_with_one_paragraph_a_line_stay_untouched() -> None:
    for story in stories(20, random.Random(3)):  # noqa: S311
        assert not list(unwrap("\n".join([story.title, story.outlet, *story.body])))


VERSES = """The ferry lies beside the quay,
The apples lie in heaps,
And no one sails across the bay
While all the harbour sleeps.
The rents are high, the fields are wide,
The rain comes down in sheets,
And all the boats wait for the tide
In rows along the streets.
"""


def test_verses_and_lists_stay_as_they_are() -> None:
    listed = "\n".join(f"- {number} tons of apples from the orchards of Northam" for number in range(9))

    assert not list(unwrap(VERSES))
    assert not list(unwrap(listed))


def test_a_hyphen_at_a_lines_end_stays() -> None:
    kept = paragraphs(20)
    wrapped = "\n\n".join(textwrap.fill(words, 60) for words in kept)
    text = wrapped + "\n\nThe growers of the orchards near Northam spoke of a well-\nknown tree that bore no fruit.\n"

    assert unwrapped(text)[-1].endswith("a well- known tree that bore no fruit.")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .-\n\r\t\u2028é", max_size=400))
def test_only_white_space_changes(text: str) -> None:
    """Edits ascend, lie apart, and put a space where a line break stood."""
    edits = list(unwrap(text))

    assert "".join(apply_edits(text, edits).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(edit.replacement == " " and not text[edit.start : edit.end].strip() for edit in edits)


@pytest.mark.parametrize("unit", ["a" * 59 + " ", "It rained for days on end and then it rained\n", "a\n", " \n", "a "])
def test_unwrapping_takes_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        list(unwrap(text))
        return time.process_time() - started

    seconds(1_000)
    assert seconds(400_000) < 40 * seconds(40_000) + 0.5
