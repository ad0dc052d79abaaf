"""Attributions in English news: who says, thinks, shows, wants or orders what, by which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.extracting.confidence import confidence
from corpus.extracting.drafts import Draft, Page, Range, Reading, Sentence
from corpus.extracting.layouts import carry_over, read_layout
from corpus.extracting.nominals import read_noun, read_phrase
from corpus.extracting.quotations import Quotation
from corpus.extracting.readings import read_form
from corpus.extracting.relays import read_relay
from corpus.extracting.verbs import read_passive, read_verb
from corpus.extracting.words import Words
from corpus.text.spans import Span

LEAST_CONFIDENCE = 0.28
_READERS = {"noun": read_noun, "pas": read_passive, "phrase": read_phrase}
_EDGES = frozenset(" \t\n\u00a0,;:–—―-“”„\"«»＂'‘’")
_AUXILIARIES = "bamd"
_POSSESSIVE = 2


class Attribution(NamedTuple):
    """What somebody is said to put forward; offsets are code points of the whole text.

    `content`: its words without quotation marks at the edges and without "that" or "to", in text order.
    `cue`: the reporting words with their auxiliaries, None where only layout reports; `cue_class` their class.
    `source`: the noun phrase that names who commits to it, None where the text names nobody.
    `via`: who relays the source. `is_quoted`: whether all of the content stands in quotation marks.
    `certainty`: asserted, hedged or denied. `rule`: construction and complement, `subject that`.
    `confidence`: the share of attributions of its kind that hold, from 0 to 1.
    """

    content: tuple[Span, ...]
    cue: Span | None
    cue_class: str | None
    source: Span | None
    via: Span | None
    is_quoted: bool
    certainty: str
    rule: str
    confidence: float


def find_attributions(
    words: Words, sentences: Sequence[Span], quotations: Sequence[Quotation], least: float = LEAST_CONFIDENCE
) -> list[Attribution]:
    """The attributions of an English text, in the order of their cues.

    `sentences` are those of all paragraphs. What is less sure than `least` is left out.
    """
    page = Page(words, sentences, quotations)
    for sentence in page.sentences:
        _read_sentence(page, sentence, least)
    for draft in carry_over(page):
        draft.confidence = confidence(page, draft)
    drafts = [draft for sentence in page.sentences for draft in sentence.drafts if draft.contents]
    found = [_attribution(page, draft) for draft in drafts if draft.confidence >= least]
    return [attribution for attribution in found if attribution.content]


def _read_sentence(page: Page, sentence: Sentence, least: float) -> None:
    marks = page.tokens.marks
    at = marks.find("!", sentence.low, sentence.high)
    while at >= 0:
        reading = read_form(page, sentence, at)
        draft = _read(page, sentence, reading) if reading else None
        if draft and accept(page, sentence, draft, least):
            assert reading
            at = reading.last
        at = marks.find("!", at + 1, sentence.high)
    if not sentence.drafts and (draft := read_layout(page, sentence)):
        draft.confidence = confidence(page, draft)
        sentence.drafts.append(draft)


def _read(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    if reading.voice == "ing" and (draft := read_relay(page, sentence, reading)):
        return draft
    return _READERS.get(reading.voice, read_verb)(page, sentence, reading)


def accept(page: Page, sentence: Sentence, draft: Draft, least: float) -> bool:
    """Keep a draft that is sure enough: contents before it then end where its own words begin."""
    draft.confidence = confidence(page, draft)
    if draft.confidence < least:
        return False
    if sentence.drafts and draft.place != "left" and draft.reading and draft.reading.voice != "noun":
        _cut(page, sentence, draft, draft.reading)
    sentence.drafts.append(draft)
    return True


def _cut(page: Page, sentence: Sentence, draft: Draft, reading: Reading) -> None:
    """End the contents that run on into a coordinated cue (`…, adding that`, `… and said`)."""
    tags = page.tags
    if draft.rule == "subject" and draft.source and draft.source[1] <= reading.first:
        head = draft.source[0]
    else:
        head = page.finder.group_start(reading.first)
    at = head - 1
    while at > sentence.low and tags[at] in "CBRS":
        at -= 1
    if tags[at] != ",":
        if draft.rule != "inherited" or reading.voice != "fin" or tags[head - 1] not in "CB":
            return
        at = head - 1
    for earlier in sentence.drafts:
        if earlier.contents and earlier.place != "left":
            first, end = earlier.contents[-1]
            if first < at < end and end > reading.first:
                earlier.contents[-1] = (first, at)


def _attribution(page: Page, draft: Draft) -> Attribution:
    reading = draft.reading
    spans = [_content_span(page, first, end - 1) for first, end in draft.contents]
    is_quoted = all(not page.tags[first:end].strip("Q,.:-") for first, end in draft.contents)
    return Attribution(
        content=tuple([span for span in spans if span is not None]),
        cue=_cue_span(page, reading) if reading else None,
        cue_class=reading.cue.cue_class if reading else None,
        source=_source_span(page, draft.source),
        via=_source_span(page, draft.via),
        is_quoted=is_quoted,
        certainty=_certainty(reading),
        rule=f"{draft.rule} {draft.frame}",
        confidence=round(draft.confidence, 2),
    )


def _certainty(reading: Reading | None) -> str:
    flags = reading.cue.flags if reading else frozenset()
    return "denied" if "denied" in flags else "hedged" if "hedged" in flags else "asserted"


def _cue_span(page: Page, reading: Reading) -> Span:
    first = reading.first
    if reading.voice in ("fin", "pas", "adj"):
        while first and page.tags[first - 1] in _AUXILIARIES and not page.breaks_line(first):
            first -= 1
    return page.tokens.span(first, reading.last)


def _source_span(page: Page, source: Range | None) -> Span | None:
    """The span of a source; a possessive loses its ending."""
    if source is None or source[1] <= source[0]:
        return None
    tokens, last = page.tokens, source[1] - 1
    if page.tags[last] == "X" and tokens.word(last).endswith("'s"):
        return Span(tokens.starts[source[0]], tokens.end(last) - _POSSESSIVE)
    return tokens.span(source[0], last)


def _content_span(page: Page, first: int, last: int) -> Span | None:
    """The span of a content without commas, dashes and quotation marks at its edges; None where no more is left."""
    text, tokens = page.text, page.tokens
    start, end = tokens.starts[first], tokens.end(last)
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if start < end else None
