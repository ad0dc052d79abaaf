"""Attributions that layout makes: a headline's colon, a name behind a dash, a speaker carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.extracting.drafts import Draft, Page, Sentence

_BEHIND_DASH = re.compile(r"Q-[NXwD#,.P]{1,14}")
_HEADLINE_SPEAKER = re.compile(r"[NwXDC#oP]{1,8}:")
_LONGEST_SPEAKER = 9
_WORDS_OF_NAME = 3


def read_layout(page: Page, sentence: Sentence) -> Draft | None:
    """The attribution of a sentence without a cue, where its layout names a speaker."""
    if sentence.low == 0 and (draft := _headline(page, sentence)):
        return draft
    if _BEHIND_DASH.fullmatch(page.tags, sentence.low, sentence.end):
        first = sentence.low + 2
        source = (first, min(sentence.end, first + _WORDS_OF_NAME))
        return Draft(None, "dash", "dash", "left", source, [(sentence.low, sentence.low + 1)])
    return None


def _headline(page: Page, sentence: Sentence) -> Draft | None:
    """`Mayor: Rents will fall`."""
    found = _HEADLINE_SPEAKER.match(page.tags, sentence.low, min(sentence.end, sentence.low + _LONGEST_SPEAKER))
    if found is None or sentence.end - found.end() < _WORDS_OF_NAME:
        return None
    colon = found.end() - 1
    is_set_off = page.tokens.end(colon - 1) == page.tokens.starts[colon]
    source = (sentence.low, colon)
    return Draft(None, "headline", "headline", "right", source, [(colon + 1, sentence.end)]) if is_set_off else None


def carry_over(page: Page) -> Iterator[Draft]:
    """Give quotations without a cue to the speaker before them; yields the attributions that this adds.

    In the paragraph of an attributed quotation, the next one goes on with it; a paragraph that is a quotation
    goes on with what a colon or the quotation before it announced.
    """
    last: Draft | None = None
    announced: Draft | None = None
    paragraph = 0
    for sentence in page.sentences:
        is_new = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        if not sentence.drafts and page.tags[sentence.low] != "Q":
            last = announced = None
            continue
        if page.tags[sentence.low] == "Q" and not _has_own(sentence):
            last, added = _continued(page, sentence, last, announced, is_new)
            if added:
                yield added
        else:
            last = _speaker(page, sentence)
        announced = _announcement(sentence) if sentence.drafts else None
        last = announced or last


def _continued(
    page: Page, sentence: Sentence, last: Draft | None, announced: Draft | None, is_new: bool
) -> tuple[Draft | None, Draft | None]:
    """Who speaks on, and the attribution that is added for it."""
    end = sentence.low
    while end < sentence.high and page.tags[end] == "Q":
        end += 1
    content = (sentence.low, end)
    if announced and is_new:
        announced.contents, announced.frame = [content], "colon quote"
        return announced, None
    if last and not is_new:
        last.contents.append(content)
        return last, None
    if last and sentence.end - sentence.low == 1:
        added = Draft(None, "carried", "carried", "right", last.source, [content])
        sentence.drafts.append(added)
        return added, added
    return None, None


def _has_own(sentence: Sentence) -> bool:
    return any(draft.contents and draft.contents[0][0] == sentence.low for draft in sentence.drafts)


def _speaker(page: Page, sentence: Sentence) -> Draft | None:
    """The last attribution of a sentence that holds a quotation."""
    if page.tags.find("Q", sentence.low, sentence.high) < 0:
        return None
    for draft in reversed(sentence.drafts):
        if draft.rule != "nominal" and any("Q" in page.tags[first:end] for first, end in draft.contents):
            return draft
    return None


def _announcement(sentence: Sentence) -> Draft | None:
    """The attribution whose colon ends the sentence."""
    for draft in sentence.drafts:
        if draft.frame == "colon" and not draft.contents:
            return draft
    return None
