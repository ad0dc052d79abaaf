"""The extractor's public face: any text, the same marks in any order, in bounded time."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
from corpus.tables.shapes import columns

TEXT = """Late harvest worries growers
The mayor said that the harvest had been late, and the growers agreed.
“It rained for 40 days,” Ada Okafor told the Ferry Post. “Nobody could have foreseen it.”
According to the ministry, more than 1,200 tons were lost."""


def words(text: str) -> list[tuple[str, str]]:
    """The words and the voice of each claim of a text."""
    return [(text[claim.char_start : claim.char_end], claim.voice) for claim in corpus.extract(text)]


def test_claims_of_a_text() -> None:
    """Claims of the author and reported ones are found with their words."""
    found = dict(words(TEXT))

    assert found["the harvest had been late"] == "reported"
    assert found["Nobody could have foreseen it"] == "reported"
    assert found["more than 1,200 tons were lost"] == "reported"


def test_fields_are_named_as_the_columns() -> None:
    """What is extracted has the names of the columns of `claims`."""
    names = {column.name for column in columns("claims_automatic")}

    assert set(corpus.ExtractedClaim._fields) - {"figures", "in_scheme"} <= names


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .,;:“”\"'’\n—–()[]?!40% saidthatAccording to", max_size=80))
def test_spans_are_true_for_any_text(text: str) -> None:
    """For any text sentences and claims ascend, do not overlap, and lie in the text; figures lie in their claim."""
    sentences, claims = corpus.sentences(text), corpus.extract(text)

    assert all(0 <= start < end <= len(text) for start, end in sentences)
    assert all(before.end <= after.start for before, after in itertools.pairwise(sentences))
    in_scheme = [claim for claim in claims if claim.in_scheme]
    assert all(before.char_end <= after.char_start for before, after in itertools.pairwise(in_scheme))
    for claim in claims:
        assert 0 <= claim.char_start < claim.char_end <= len(text)
        assert all(claim.char_start <= f.span.start < f.span.end <= claim.char_end for f in claim.figures)
        assert "\n" not in text[claim.char_start : claim.char_end]


def test_wishes_are_found_beside_the_claims() -> None:
    """What somebody wants lies within the author's claim, has a cue class, and is told apart."""
    text = "The mayor hopes to open a bakery near the station."
    author, wish = corpus.extract(text)

    assert (author.voice, author.in_scheme) == ("author", True)
    assert (wish.cue_class, wish.in_scheme, wish.is_assertion) == ("attitude", False, False)
    assert text[wish.char_start : wish.char_end] == "open a bakery near the station"


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("The mayor said that rents had risen.", True),
        ("“Rents have risen in the town,” the mayor said.", True),
        ("According to the mayor, rents had risen.", True),
        ("The mayor announced a strike at the port.", False),
        ("The mayor ordered the port to close.", False),
    ],
)
def test_reports_are_narrowed_to_assertions(text: str, asserted: bool) -> None:
    """Reports of clauses and quotations are assertions; wishes, orders and phrases are none."""
    assert any(claim.is_assertion for claim in corpus.extract(text) if claim.voice == "reported") == asserted


def test_same_marks_in_another_process() -> None:
    """Another process with another hash seed gives the same marks."""
    code = f"import corpus; print(corpus.extract({TEXT!r}))"
    command = [sys.executable, "-c", code]
    outputs = {
        subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }

    assert outputs == {f"{corpus.extract(TEXT)}\n"}


def test_other_languages_have_quotations_and_figures_only() -> None:
    """In a language that the rules do not know, quotations are direct claims, and nothing else is one."""
    text = "La alcaldesa dijo: «Se perdieron 40 toneladas de trigo en el valle». Nadie lo sabía."

    found = corpus.extract(text, language="es")
    assert all(claim.is_assertion for claim in found)

    assert {claim.attribution for claim in found} <= {"direct"}
    assert all(claim.voice == "reported" for claim in found)


HOSTILE = {
    "quotation marks": "“",
    "straight quotation marks": '"',
    "cues without a stop": "said ",
    "brackets": "([",
    "commas": "a, ",
    "numbers": "4 ",
    "one long sentence": "the mayor said that rents rose and ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length(name: str) -> None:
    """A hostile text four times as long does not take sixteen times as long."""

    def seconds(times: int) -> float:
        text = HOSTILE[name] * times
        started = time.process_time()
        corpus.extract(text)
        return time.process_time() - started

    seconds(100)
    assert seconds(12_000) < 10 * seconds(3_000) + 0.5
