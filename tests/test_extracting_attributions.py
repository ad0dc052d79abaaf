"""Quotations and attributions: one invented sentence for each construction, and linear time on hostile texts."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from corpus.extracting.attributions import Attribution, find_attributions
from corpus.extracting.lexicon import cue_forms
from corpus.extracting.quotations import Quotation, find_quotations
from corpus.extracting.wordlists import read_lexicon
from corpus.extracting.words import Words
from corpus.text.sentences import split_sentences
from corpus.text.spans import Span

_CASES = json.loads((Path(__file__).parent / "cases" / "attributions.json").read_text("utf-8"))
_CLASSES = {"say", "write", "think", "show", "according_to", "attitude", "intention", "decree"}
_QUOTATIONS = [
    ("paired", "He said “it rains a lot here” again.", ["it rains a lot here"]),
    ("straight marks", 'He said "it rains" again and "it snows" too.', ["it rains", "it snows"]),
    ("nested", "“She called it ‘a fair’ then,” he said.", ["She called it ‘a fair’ then,"]),
    ("no opening mark", "It rains” he said.", []),
    ("slip inside a line", "The 6“ pipe burst.\nIt rained.", []),
    ("left open over paragraphs", "“It rains.\n“It snows.”", ["It rains.", "It snows."]),
]
_HOSTILE = [
    "“" * 1000,
    '" ' * 1000,
    "he said, " * 1000,
    "said " * 1000,
    "(the claim that " * 1000,
    "according to the mayor, " * 1000,
    "“it,” he said; " * 1000,
    "A b, " * 1000,
    "- Anna " * 1000,
]


def _sentences(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        found += [span.shifted(at) for span in split_sentences(line)]
        at += len(line) + 1
    return found


def _find(text: str) -> list[Attribution]:
    return find_attributions(Words(text), _sentences(text), find_quotations(text))


@pytest.mark.parametrize("case", _CASES, ids=[case["label"] for case in _CASES])
def test_construction(case: dict):
    text = case["text"]
    attribution = _find(text)[case.get("at", 0)]
    assert [span.of(text) for span in attribution.content] == case["content"]
    assert (attribution.source.of(text) if attribution.source else None) == case["source"]
    assert (attribution.cue.of(text) if attribution.cue else None) == case["cue"]
    assert (attribution.via.of(text) if attribution.via else None) == case.get("via")
    assert attribution.cue_class == case["class"]
    assert attribution.certainty == case.get("certainty", "asserted")


@pytest.mark.parametrize(("text", "inner"), [row[1:] for row in _QUOTATIONS], ids=[row[0] for row in _QUOTATIONS])
def test_quotations(text: str, inner: list[str]):
    assert [quotation.inner.of(text) for quotation in find_quotations(text)] == inner


def test_quotation_over_paragraphs_continues():
    first, second = find_quotations("“It rains.\n“It snows.”")
    assert (first.is_closed, first.continues, second.is_closed, second.continues) == (False, False, True, True)


def test_scare_quotes_are_no_speech():
    text = "The “fair” was closed."
    assert find_quotations(text) == [Quotation(Span(4, 10), Span(5, 9), is_speech=False, is_closed=True)]
    assert _find(text) == []


def test_nothing_is_attributed_without_a_cue():
    assert _find("The river rose by two metres. Nobody was hurt.") == []


def test_contents_of_an_attribution_are_in_order_and_apart():
    text = " ".join(case["text"].replace("\n", " ") for case in _CASES)
    for attribution in _find(text):
        ends = [0, *(span.end for span in attribution.content)]
        assert all(end <= span.start < span.end for end, span in zip(ends, attribution.content, strict=False))


def test_figures_and_classes_of_the_lexicon():
    cues = [cue for forms in cue_forms().values() for form in forms.values() for cue in form.cues]
    assert {cue.cue_class for cue in cues} <= _CLASSES
    assert all(0 <= figure <= 1 for cue in cues for figure in cue.takes.values())
    assert all(0 <= rate <= 1 for table in read_lexicon("constructions")["rates"].values() for rate in table.values())


@pytest.mark.parametrize("piece", _HOSTILE, ids=[piece[:12] for piece in _HOSTILE])
def test_time_doubles_with_the_text(piece: str):
    seconds = []
    for times in (4, 16):
        text = piece * times
        sentences = [Span(0, len(text))]
        started = time.process_time()
        find_attributions(Words(text), sentences, find_quotations(text))
        seconds.append(time.process_time() - started)
    assert seconds[1] < 10 * seconds[0] + 0.2
