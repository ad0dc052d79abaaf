"""Which attributions make claims of the scheme, and over which words.

Attributions are found more widely than claims are marked: what somebody wants, likes or does is the author's claim,
and reporting inside a subordinate clause or a participle stays inside the clause around it.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.extracting.attributions import Attribution
from corpus.extracting.documents import Document
from corpus.extracting.labels import certainty
from corpus.extracting.lexicon import cue_forms
from corpus.extracting.wordlists import read_lexicon
from corpus.extracting.words import Words
from corpus.text.spans import Bounds, Span

_FREE = ("relay", "carried", "inherited quote", "left quote", "inverted quote", "according")
_CLAUSAL = ("that", "clause", "quote", "np clause", "that*", "it that")
_RUNS_ON = ("that", "clause", "np")
_VERBS = frozenset("XMRbkenKvwBcg")
_GROUP = 4
_LONGEST_START = 600
_NEAR = 60
_HEDGE_REACH = 30
_FEWEST_WORDS = 3


class _Frame(NamedTuple):
    """A sentence and its clause around a cue."""

    sentence: Span
    start: int
    end: int


def select(document: Document, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions that make claims, in text order, each with the contents that are its own."""
    chosen: list[Attribution] = []
    last = -1
    for attribution in sorted(attributions, key=_position):
        position = _position(attribution)
        frame = _frame_around(document, position)
        if frame:
            earlier = last >= frame.sentence.start
            if _is_claim(document.words, attribution, frame, follows=earlier):
                chosen.append(_over_clause(document.words, attribution, frame))
                last = _position(chosen[-1])
    return [kept for kept in _apart(document.text, chosen) if kept.content]


def unattributed(document: Document, taken: Sequence[Bounds]) -> Iterator[Attribution]:
    """Speech that nobody is named for: quotations of clauses that stand by themselves or after a colon.

    `taken`: what attributions cover, in order.
    """
    ends = [end for _, end in taken]
    for quotation in document.quotations:
        inner = quotation.inner
        at = document.sentence_at(quotation.outer.start)
        if at < 0 or not quotation.is_speech or not len(inner) or not _is_clause(document.words, inner):
            continue
        after = bisect_right(ends, inner.start)
        is_free = after >= len(taken) or taken[after][0] >= inner.end
        before = document.text[document.starts[at] : quotation.outer.start].rstrip()
        if is_free and (not before or before.endswith(":")):
            yield Attribution((inner,), None, None, None, None, True, "asserted", "quotation alone", 0.5)


def _position(attribution: Attribution) -> int:
    cue = attribution.cue
    return attribution.content[0].start if cue is None else cue.start


def _frame_around(document: Document, position: int) -> _Frame | None:
    number = document.sentence_at(position)
    if number < 0:
        return None
    sentence = document.sentences[number]
    clauses = document.clauses(number)
    if not clauses:
        return _Frame(sentence, sentence.start, sentence.end)
    at = bisect_left(clauses, (position + 1, 0)) - 1
    return _Frame(sentence, *clauses[max(0, at)])


def _is_claim(words: Words, attribution: Attribution, frame: _Frame, *, follows: bool) -> bool:
    """Whether an attribution makes a claim; `follows`: whether another one before it in its sentence does."""
    construction, _, complement = attribution.rule.partition(" ")
    cue = attribution.cue
    if attribution.rule.startswith(_FREE) or cue is None:
        return construction != "headline" or _is_clause(words, attribution.content[0])
    if construction == "hearsay":
        return True
    lemmas = _lemmas(cue.of(words.text))
    if construction in ("passive", "raising") and complement in ("to", "np", "to0"):
        return not lemmas.isdisjoint(_listed("hearsay"))
    if not _takes(words, attribution, complement, lemmas):
        return False
    if follows or construction in ("left", "inverted") or complement == "it that":
        return True
    return _is_main(words, cue, frame)


def _takes(words: Words, attribution: Attribution, complement: str, lemmas: frozenset[str]) -> bool:
    """Whether the cue, with the complement that it has, puts its content forward as somebody's word."""
    if complement == "left" or (complement in _CLAUSAL and _is_clause(words, attribution.content[0])):
        return not lemmas.isdisjoint(_listed("telling")) and lemmas.isdisjoint(_listed("mental"))
    if complement == "to":
        return not lemmas.isdisjoint(_listed("committing"))
    if complement in ("np", "clause", "ing", "that", "quote", "on", "about", "np clause"):
        return not lemmas.isdisjoint(_listed("phrasal"))
    return False


def _is_main(words: Words, cue: Span, frame: _Frame) -> bool:
    """Whether the cue is the main verb of its clause, or goes with a main verb that reports."""
    part = words.part(frame.start, frame.end)
    start = end = frame.start
    main_words: list[str] = []
    if (verb := part.verb) >= 0:
        last = _end_of_group(part.tags, verb)
        start, end, main_words = part.start(verb), part.end(last), part.lower(verb, last + 1)
    if cue.start < end and start < cue.end:
        return True
    if any(not _lemmas(word).isdisjoint(_listed("telling")) for word in main_words):
        return True
    before = words.text[max(frame.sentence.start, cue.start - _NEAR) : cue.start].split()
    return bool(before) and before[-1].lower() in _listed("documents")


def _end_of_group(tags: str, verb: int) -> int:
    """The place of the last verb or adverb that stands near a finite verb."""
    last = min(verb + _GROUP, len(tags) - 1)
    while last > verb and tags[last] not in _VERBS:
        last -= 1
    return last


def _over_clause(words: Words, attribution: Attribution, frame: _Frame) -> Attribution:
    """The attribution with the whole clause as its content where the cue stands inside it."""
    construction, _, complement = attribution.rule.partition(" ")
    cue, content = attribution.cue, attribution.content
    if construction == "hearsay" or (construction in ("passive", "raising") and complement in ("to", "np", "to0")):
        content = (Span(frame.start, frame.end),)
    elif attribution.rule == "according lead":
        content = (Span(content[0].start, max(content[-1].end, frame.sentence.end)),)
    elif attribution.rule == "according trail" and _goes_on(words, attribution, frame):
        content = (Span(frame.start, frame.end),)
    elif complement in _RUNS_ON and cue is not None and cue.end <= content[-1].start:
        content = (*content[:-1], _with_participle(words, content[-1], frame))
    sure = attribution.certainty
    if sure == "asserted" and cue is not None:
        start = max(frame.sentence.start, cue.start - _HEDGE_REACH)
        end = cue.end if attribution.source is None else attribution.source.end
        sure = certainty(words.beginning(start, max(end, cue.end)))
    return attribution._replace(content=content, certainty=sure)


def _with_participle(words: Words, content: Span, frame: _Frame) -> Span:
    """A content that is a clause with the participle or relative clause that goes on after a comma."""
    rest = words.beginning(content.end, min(frame.end, content.end + _NEAR))
    if content.end >= frame.end or not rest.tags.startswith((",g", ",W")) or not _is_clause(words, content):
        return content
    return Span(content.start, frame.end)


def _goes_on(words: Words, attribution: Attribution, frame: _Frame) -> bool:
    """Whether the clause goes on after an attribution in its middle."""
    content = attribution.content[-1]
    before = words.beginning(max(content.start, content.end - _NEAR), content.end)
    end = max(span.end for span in (attribution.cue, attribution.source) if span)
    return (
        before.tags[-1:] in tuple("XMbBk")
        and len(words.text[end : min(frame.end, end + _NEAR)].split()) > _FEWEST_WORDS
    )


def _apart(text: str, chosen: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with contents that end where the words of another cue begin."""
    frames = sorted({_frame_start(attribution) for attribution in chosen if attribution.cue is not None})
    kept: list[Attribution] = []
    for index, attribution in enumerate(chosen):
        if attribution.rule.startswith("hearsay") and _has_cue(chosen, index):
            continue
        own = _frame_start(attribution)
        content = tuple(
            cut for span in attribution.content for cut in [_cut(text, span, frames, own)] if cut is not None
        )
        kept.append(attribution._replace(content=content))
    return kept


def _has_cue(chosen: Sequence[Attribution], index: int) -> bool:
    """Whether another cue stands in the clause that a hearsay adverb marks."""
    clause = chosen[index].content[0]
    near = (*chosen[max(0, index - 2) : index], *chosen[index + 1 : index + 3])
    return any(other.cue is not None and other.cue.within(clause) for other in near)


def _frame_start(attribution: Attribution) -> int:
    """Where the words begin that name the source and report."""
    cue, source = attribution.cue, attribution.source
    if cue is None:
        return attribution.content[0].start
    return source.start if source is not None and 0 <= cue.start - source.end <= _NEAR else cue.start


def _cut(text: str, span: Span, frames: Sequence[int], own: int) -> Span | None:
    """The content up to the next frame; None where hardly a word is left."""
    at = bisect_right(frames, span.start)
    inner = next((start for start in frames[at : at + 3] if start != own), span.end)
    if inner >= span.end:
        return span if not (at and frames[at - 1] == span.start != own) else None
    end = inner
    words = text[span.start : end].split()
    while words and (words[-1].strip(',;–—-“”"').lower() in _listed("joints") or not words[-1].strip(',;–—-“”"')):
        end = text.rindex(words.pop(), span.start, end)
    return Span(span.start, end) if len(words) >= _FEWEST_WORDS else None


def _is_clause(words: Words, span: Span) -> bool:
    return words.part(span.start, min(span.end, span.start + _LONGEST_START)).verb >= 0


@functools.lru_cache(maxsize=10_000)
def _lemmas(words: str) -> frozenset[str]:
    """The base forms of the cues that these words can be."""
    forms = (form for word in words.lower().split() for form in cue_forms().get(word, {}).values())
    return frozenset(cue.lemma for form in forms for cue in form.cues)


@functools.cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("selecting")[name].split())
