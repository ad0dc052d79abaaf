"""Labels of a claim by its words: modality, certainty, topic. The words are data (`lexicon/labels.toml`)."""

from __future__ import annotations

import functools
import re

from corpus.extracting.vocabulary import (
    DIRECTIVE,
    HEDGE,
    JUDGEMENT,
    JUDGING_VERB,
    PREDICTION,
    TOPIC,
    WISH,
    longest_word,
    marked_with,
)
from corpus.extracting.wordlists import alternatives, phrases, read_lexicon
from corpus.extracting.words import Part, Words

# The month, which is no modal verb: beside a number, or after a preposition.
_MONTH = re.compile(
    r"\bMay(?:(?= \d)|\b(?:(?<=\d May)|(?<=\b[IiOo][nf] May)|(?<=\b[Bb]y May)|(?<=\b[Ss]ince May)|(?<=\b[Ll]ast May)))"
)
_STANCE = marked_with(DIRECTIVE | WISH | PREDICTION)
_JUDGEMENT, _JUDGING_VERB = marked_with(JUDGEMENT), marked_with(JUDGING_VERB)
_JUDGES = marked_with(JUDGEMENT | JUDGING_VERB)
_HEDGE, _TOPIC = marked_with(HEDGE), marked_with(TOPIC)
_PREDICATE = 8
_JUDGED = 6
_GROUP = 3
_TOPIC_SHARE = 0.6
_PARTICIPLES = ("e", "g", "k", "n")
_POINTING = ("this", "these", "it", "that")
_OBLIGED = ("have", "has", "had")


def modality(part: Part, voice: str) -> str:
    """`fact`, `evaluation`, `prediction` or `directive`, by the main predicate of the claim.

    A wish or an aim is a `directive` where somebody speaks of it himself (`voice` reported), else an `evaluation`.
    """
    part = without_months(part)
    verb = part.verb
    finite = part.word(verb) if verb >= 0 else ""
    if finite and part.tags[verb] in "MZ" and (by_modal := _by_modal(finite, part, voice)):
        return by_modal
    end = max(verb, 0) + _PREDICATE + 1
    if _STANCE.search(part.marks, 0, end):
        is_reported = voice == "reported"
        head = part.lower(0, end)
        if _holds("directive", head):
            return "directive" if is_reported or finite in _OBLIGED else "evaluation"
        if _holds("wish", head):
            return "directive" if is_reported else "evaluation"
        if _holds("prediction", head):
            return "prediction"
    return "evaluation" if _is_judgement(part, verb, finite) else "fact"


def certainty(part: Part) -> str:
    """`hedged` or `asserted` by the words of the claim; that a claim is `denied` only its cue can tell."""
    if not _HEDGE.search(part.marks):
        return "asserted"
    part = without_months(part)
    found = part.lower(0, part.high - part.low)
    is_hedged = not _hedges().isdisjoint(found) or _holds("hedged_phrases", found)
    return "hedged" if is_hedged else "asserted"


def topic(part: Part) -> str | None:
    """What the claim is about: the first topic of the scheme's order that its words tell; None where none does."""
    scores: dict[str, float] = {}
    entries = part.entries
    for match in _TOPIC.finditer(part.marks):
        for name, weight in entries[part.low + match.start()][3]:
            scores[name] = scores.get(name, 0.0) + weight
    if not scores:
        return None
    if len(scores) == 1:
        ((name, score),) = scores.items()
        return name if score >= 1 else None
    least = max(1.0, _TOPIC_SHARE * max(scores.values()))
    return next((name for name in read_lexicon("labels")["topics"] if scores.get(name, 0.0) >= least), None)


def without_months(part: Part) -> Part:
    """The part itself; where it has the month of May, a part in which that is no modal verb."""
    if "M" not in part.tags:
        return part
    words = part.text[part.start(0) : part.end(part.high - part.low - 1)]
    plain = _MONTH.sub("Maytime", words)
    if plain == words:
        return part
    read = Words(plain)
    return read.part(0, len(plain))


def _by_modal(finite: str, part: Part, voice: str) -> str | None:
    """The modality that a modal verb tells."""
    kind = _modals().get(finite)
    if kind is None and not finite.endswith(("'ll", "’ll")):
        return None
    if kind in ("directive", "evaluation"):
        return kind
    if voice == "author":
        return "prediction"
    is_vow = part.word(0) in ("we", "i", "our") or _holds("vow", part.lower(part.verb, part.verb + _PREDICATE))
    return "directive" if is_vow else "prediction"


def _is_judgement(part: Part, verb: int, finite: str) -> bool:
    """Whether the predicate judges: its verb, or enough words of judgement near it.

    One such word is enough after a form of "be" without a participle, none after "this is" and the like.
    """
    start, judged = max(verb, 0), 0
    if _JUDGES.search(part.marks, start, start + _JUDGED):
        if _JUDGING_VERB.search(part.marks, start, start + _GROUP):
            return True
        judged = len(_JUDGEMENT.findall(part.marks, start, start + _JUDGED))
    if verb < 0 or finite not in _copulas() or part.tags[verb + 1 : verb + 4].lstrip("R").startswith(_PARTICIPLES):
        return judged > 1
    return judged > 0 or part.word(0) in _POINTING


@functools.cache
def _modals() -> dict[str, str]:
    """What the modal verbs tell of a claim's modality."""
    lexicon = read_lexicon("labels")["modality"]
    names = ("evaluation", "prediction", "directive")  # of a word in several lists the last one counts
    return {word: name for name in names for word in lexicon[f"modal_{name}"].split()}


@functools.cache
def _copulas() -> frozenset[str]:
    return frozenset(read_lexicon("labels")["modality"]["copulas"].split())


@functools.cache
def _hedges() -> frozenset[str]:
    return frozenset(read_lexicon("labels")["certainty"]["hedged"].split())


def _holds(name: str, words: list[str]) -> bool:
    """Whether one of the phrases of a list stands in `words`."""
    triggers, pattern = _phrases(name)
    return not triggers.isdisjoint(words) and pattern.search(" ".join(words)) is not None


@functools.cache
def _phrases(name: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The longest word of each phrase, without which it cannot stand there, and a pattern for all phrases."""
    lexicon = read_lexicon("labels")
    listed = phrases({**lexicon["modality"], **lexicon["certainty"]}[name])
    return frozenset(map(longest_word, listed)), re.compile(rf"\b(?:{alternatives(listed)})\b")
