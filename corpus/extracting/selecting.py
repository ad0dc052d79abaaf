"""Which attributions make claims of the scheme, and over which words.

Attributions are found more widely than claims are marked: what somebody wants, likes or does is the author's claim,
and reporting inside a subordinate clause or a participle stays inside the clause around it.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extracting.attributions import Attribution
from corpus.extracting.clauses import split_clauses
from corpus.extracting.labels import certainty
from corpus.extracting.lexicon import cue_forms
from corpus.extracting.predicates import likely_verb
from corpus.extracting.quotations import Quotation
from corpus.extracting.tags import WORD, tag_words
from corpus.extracting.wordlists import read_lexicon
from corpus.text.spans import Span

_FREE = ("relay", "carried", "inherited quote", "left quote", "inverted quote", "according")
_CLAUSAL = ("that", "clause", "quote", "np clause", "that*", "it that")
_RUNS_ON = ("that", "clause", "np")
_VERBS = frozenset("XMRbkenKvwBcg")
_GROUP = 4
_LONGEST_START = 600
_NEAR = 60
_HEDGE_REACH = 30
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence, its clause around a cue, and the finite verb of that clause with the words that go with it."""

    sentence: Span
    clause: Span
    verb: Span
    main_words: tuple[str, ...]


def select(text: str, sentences: Sequence[Span], attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions that make claims, in text order, each with the contents that are its own."""
    frames = _Frames(text, sentences)
    chosen: list[Attribution] = []
    for attribution in sorted(attributions, key=_position):
        frame = frames.around(_position(attribution))
        earlier = chosen[-1] if chosen and frame and _position(chosen[-1]) >= frame.sentence.start else None
        if frame and _is_claim(text, attribution, frame, earlier):
            chosen.append(_over_clause(text, attribution, frame))
    return [kept for kept in _apart(text, chosen) if kept.content]


def unattributed(
    text: str, sentences: Sequence[Span], quotations: Iterable[Quotation], taken: Sequence[Span]
) -> Iterator[Attribution]:
    """Speech that nobody is named for: quotations of clauses that stand by themselves or after a colon.

    `taken`: what attributions cover, by start.
    """
    starts = [sentence.start for sentence in sentences]
    ends = [span.end for span in taken]
    for quotation in quotations:
        inner = quotation.inner
        at = bisect_right(starts, quotation.outer.start) - 1
        if at < 0 or not quotation.is_speech or not len(inner) or not _is_clause(text, inner):
            continue
        after = bisect_right(ends, inner.start)
        is_free = after >= len(taken) or taken[after].start >= inner.end
        before = text[sentences[at].start : quotation.outer.start].rstrip()
        if is_free and (not before or before.endswith(":")):
            yield Attribution((inner,), None, None, None, None, True, "asserted", "quotation alone", 0.5)


def _position(attribution: Attribution) -> int:
    return attribution.cue.start if attribution.cue else attribution.content[0].start


class _Frames:
    """The sentences of a text with their clauses; each is read once, when a cue in it is first asked for."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._clauses: list[_Frame] = []
        self._clause_starts: list[int] = []

    def around(self, position: int) -> _Frame | None:
        """The sentence and clause around `position`; positions are asked for in ascending order."""
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return None
        sentence = self._sentences[at]
        if not self._clauses or self._clauses[0].sentence != sentence:
            clauses = split_clauses(self._text, sentence) or [sentence]
            self._clauses = [_frame(self._text, sentence, clause) for clause in clauses]
            self._clause_starts = [clause.start for clause in clauses]
        return self._clauses[max(0, bisect_right(self._clause_starts, position) - 1)]


def _frame(text: str, sentence: Span, clause: Span) -> _Frame:
    words = tag_words(text, clause.start, clause.end)
    verb = likely_verb(words.tags, 0, len(words.tags))
    if verb < 0:
        return _Frame(sentence, clause, Span(clause.start, clause.start), ())
    last = min(verb + _GROUP, len(words.tags) - 1)
    while last > verb and words.tags[last] not in _VERBS:
        last -= 1
    found = Span(words.starts[verb], words.ends[last])
    return _Frame(sentence, clause, found, tuple(WORD.findall(found.of(text).lower())))


def _is_claim(text: str, attribution: Attribution, frame: _Frame, earlier: Attribution | None) -> bool:
    construction, _, complement = attribution.rule.partition(" ")
    cue = attribution.cue
    if attribution.rule.startswith(_FREE) or cue is None:
        return construction != "headline" or _is_clause(text, attribution.content[0])
    lemmas = _lemmas(cue.of(text))
    if construction == "hearsay":
        return True
    if construction in ("passive", "raising") and complement in ("to", "np", "to0"):
        return not lemmas.isdisjoint(_listed("hearsay"))
    if not _takes(text, attribution, complement, lemmas):
        return False
    if construction in ("left", "inverted") or complement == "it that":
        return True
    return _is_main(text, cue, frame, earlier)


def _takes(text: str, attribution: Attribution, complement: str, lemmas: frozenset[str]) -> bool:
    """Whether the cue, with the complement that it has, puts its content forward as somebody's word."""
    if complement == "left" or (complement in _CLAUSAL and _is_clause(text, attribution.content[0])):
        return not lemmas.isdisjoint(_listed("telling")) and lemmas.isdisjoint(_listed("mental"))
    if complement == "to":
        return not lemmas.isdisjoint(_listed("committing"))
    if complement in ("np", "clause", "ing", "that", "quote", "on", "about", "np clause"):
        return not lemmas.isdisjoint(_listed("phrasal"))
    return False


def _is_main(text: str, cue: Span, frame: _Frame, earlier: Attribution | None) -> bool:
    """Whether the cue is the main verb of its clause, or goes with a main verb that reports."""
    if cue.overlaps(frame.verb) or earlier is not None:
        return True
    reporting = _listed("telling")
    if any(not _lemmas(word).isdisjoint(reporting) for word in frame.main_words):
        return True
    before = text[max(frame.sentence.start, cue.start - _NEAR) : cue.start].split()
    return bool(before) and before[-1].lower() in _listed("documents")


def _over_clause(text: str, attribution: Attribution, frame: _Frame) -> Attribution:
    """The attribution with the whole clause as its content where the cue stands inside it."""
    construction, _, complement = attribution.rule.partition(" ")
    content = attribution.content
    if construction == "hearsay" or (construction in ("passive", "raising") and complement in ("to", "np", "to0")):
        content = (frame.clause,)
    elif attribution.rule == "according lead":
        content = (Span(content[0].start, max(content[-1].end, frame.sentence.end)),)
    elif attribution.rule == "according trail" and _goes_on(text, attribution, frame):
        content = (frame.clause,)
    elif complement in _RUNS_ON and attribution.cue and attribution.cue.end <= content[-1].start:
        content = (*content[:-1], _with_participle(text, content[-1], frame))
    sure = attribution.certainty
    if sure == "asserted" and attribution.cue:
        start = max(frame.sentence.start, attribution.cue.start - _HEDGE_REACH)
        end = attribution.source.end if attribution.source else attribution.cue.end
        sure = certainty(text[start : max(end, attribution.cue.end)])
    return replace(attribution, content=content, certainty=sure)


def _with_participle(text: str, content: Span, frame: _Frame) -> Span:
    """A content that is a clause with the participle or relative clause that goes on after a comma."""
    rest = tag_words(text, content.end, min(frame.clause.end, content.end + _NEAR))
    if content.end >= frame.clause.end or not _is_clause(text, content) or not rest.tags.startswith((",g", ",W")):
        return content
    return Span(content.start, frame.clause.end)


def _goes_on(text: str, attribution: Attribution, frame: _Frame) -> bool:
    """Whether the clause goes on after an attribution in its middle."""
    content = attribution.content[-1]
    words = tag_words(text, max(content.start, content.end - _NEAR), content.end)
    end = max(span.end for span in (attribution.cue, attribution.source) if span)
    return (
        words.tags[-1:] in tuple("XMbBk")
        and len(text[end : min(frame.clause.end, end + _NEAR)].split()) > _FEWEST_WORDS
    )


def _apart(text: str, chosen: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with contents that end where the words of another cue begin."""
    frames = sorted({_frame_start(attribution) for attribution in chosen if attribution.cue})
    kept: list[Attribution] = []
    for index, attribution in enumerate(chosen):
        if attribution.rule.startswith("hearsay") and _has_cue(chosen, index):
            continue
        own = _frame_start(attribution)
        content = tuple(
            cut for span in attribution.content for cut in [_cut(text, span, frames, own)] if cut is not None
        )
        kept.append(replace(attribution, content=content))
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
    return source.start if source and 0 <= cue.start - source.end <= _NEAR else cue.start


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


def _is_clause(text: str, span: Span) -> bool:
    words = tag_words(text, span.start, min(span.end, span.start + _LONGEST_START))
    return likely_verb(words.tags, 0, len(words.tags)) >= 0


@functools.lru_cache(maxsize=10_000)
def _lemmas(words: str) -> frozenset[str]:
    """The base forms of the cues that these words can be."""
    forms = (form for word in words.lower().split() for form in cue_forms().get(word, {}).values())
    return frozenset(cue.lemma for form in forms for cue in form.cues)


@functools.cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("selecting")[name].split())
