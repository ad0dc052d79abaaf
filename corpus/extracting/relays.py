"""Relayed speech: `The daily cited a farmer as saying …`, `the farmer was quoted as saying …`."""

from __future__ import annotations

from corpus.extracting.complements import content_end, cue_complement
from corpus.extracting.drafts import Draft, Page, Range, Reading, Sentence

_FARTHEST_RELAY = 20


def read_relay(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """The attribution of `as saying` behind a verb that relays; that verb's own attribution is dropped."""
    before = reading.first - 1
    if before <= sentence.low or page.word(before) != "as":
        return None
    relay = _relaying(page, sentence, before)
    if relay is None:
        return None
    frame, start = cue_complement(page, sentence, reading)
    end = content_end(page, sentence, reading, start, frame, None)
    if end <= start:
        return None
    subject = page.finder.before(relay, sentence.low)
    is_passive = relay + 1 == before
    source: Range | None = subject if is_passive else (relay + 1, before)
    via = None if is_passive else subject
    sentence.drafts[:] = [draft for draft in sentence.drafts if not draft.reading or draft.reading.first != relay]
    return Draft(reading, frame, "relay", "right", source, [(start, end)], via)


def _relaying(page: Page, sentence: Sentence, before: int) -> int | None:
    """The nearest verb to the left that can relay."""
    marks = page.tokens.marks
    lowest = max(sentence.low, before - _FARTHEST_RELAY)
    at = marks.rfind("!", lowest, before)
    while at >= 0:
        if any("relays" in cue.flags for form in page.tokens.forms(at).values() for cue in form.cues):
            return at
        at = marks.rfind("!", lowest, at)
    return None
