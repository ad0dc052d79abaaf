"""The independent clauses of a sentence, told without a parser.

A boundary is a semicolon, a colon between clauses, a coordinating conjunction or a comma with a subject and a finite
verb on both sides, and outside subordinate clauses, brackets and quotation marks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from corpus.extracting.predicates import is_finite, is_surely_finite, likely_verb, main_verb, opens_clause
from corpus.extracting.trimming import trim
from corpus.extracting.wordlists import alternatives, phrases, read_lexicon
from corpus.extracting.words import Part, Words
from corpus.text.spans import Bounds

_CANDIDATE = re.compile(r"[;:AY…,](?:(?<!,)|(?=[PQZ]))")
_BREAKS = ",-…"
_REACH = 60
_MOST_SKIPPED = 6
_FRAME_REACH = 60
_LONGEST_FRONT = 25
_FRONTS = frozenset("IhaGTWyg")
# Where the words after a conjunction end at the latest; what makes a subject unclear.
_NEXT_CLAUSE = re.compile(r'[;:]|,"?[AY]|Y')
_UNCLEAR = re.compile(r"[T,]|[NSUq]P|AR*$")
_NOUN_PHRASE = frozenset("DUNSPpq0QRc")
_VERBS = frozenset("XMKkvBbn")
_ENCLOSING = re.compile(r'[()"]')


def split_clauses(words: Words, start: int, end: int, *, is_reported: bool = False) -> list[Bounds]:
    """The independent clauses of a sentence, or of what somebody is reported to have said, trimmed, in text order.

    In what is reported, clauses with "that" are coordinated as well ("… and that …"). Words without a finite verb
    stay together: one range, or none where nothing but marks is left.
    """
    part = words.part(start, end)
    clauses: list[Bounds] = []
    if _CANDIDATE.search(part.tags):
        for before, after in _boundaries(words.text, part, is_reported):
            clauses.append(trim(words.text, start, before))
            start = after
    clauses.append(trim(words.text, start, end))
    return [clause for clause in clauses if clause[0] < clause[1]]


def _boundaries(text: str, part: Part, is_reported: bool) -> Iterator[Bounds]:
    """Where a clause ends and the next begins, in code points."""
    tags = part.tags
    clause = _Clause(tags, 0)
    enclosed: bytearray | None = None
    for match in _CANDIDATE.finditer(tags):
        at = match.start()
        if at < clause.start or not clause.is_complete(at) or not _begins_clause(tags, at):
            continue
        enclosed = enclosed or _enclosed(text, part)
        is_that = is_reported and tags[at + 1 : at + 2] == "H"
        if enclosed[at] and "…" not in tags[max(0, at - 1) : at + 1]:
            continue
        if is_that or _separates(text, part, clause, at):
            before = at - 1 if at and tags[at] in "AY" and tags[at - 1] in _BREAKS else at
            after = at + is_that
            yield part.start(before), part.start(at) if tags[at] in "AY" and not is_that else part.end(after)
            clause = _Clause(tags, after + 1)


class _Clause:
    """What is known of the clause that runs: its finite verb, and whether a subordinate clause is open in it."""

    def __init__(self, tags: str, start: int) -> None:
        self._tags = tags
        self.start = start
        self._verb: int | None = None
        self._read = -1
        self._restrictive = self._loose = self._complement = False

    @property
    def verb(self) -> int:
        """The place of the finite verb; -1 where there is none."""
        if self._verb is None:
            self._verb = likely_verb(self._tags, self.start, len(self._tags))
            self._read = self._verb + 1
        return self._verb

    @property
    def is_sure(self) -> bool:
        """Whether the finite verb is one without doubt."""
        return main_verb(self._tags, self.start, len(self._tags)) == self.verb

    def is_complete(self, at: int) -> bool:
        """Whether the clause has its finite verb before `at`."""
        return 0 <= self.verb < at

    def is_open(self, at: int) -> bool:
        """Whether what follows `at` belongs to a subordinate clause that was opened before."""
        for place in range(self._read, at):
            self._step(place, at)
        self._read = max(self._read, at)
        closes = self._tags[at] in ",Y" or self._tags[at - 1] in _BREAKS
        if self._tags[at] == "Y" and closes:
            return self._complement
        return self._complement or self._loose or (self._restrictive and not closes)

    def _step(self, place: int, at: int) -> None:
        tag, before = self._tags[place], self._tags[max(0, place - 3) : place]
        if tag in ",-)":
            self._restrictive = False
        elif tag in "WG" or (tag in "ha" and opens_clause(self._tags, place, len(self._tags))):
            if before.rstrip("IqN0").endswith((",", "-")):
                self._loose = True
            else:
                self._restrictive = True
        elif tag == "H":
            if is_finite(self._tags, place - 1, 0, len(self._tags)) or before.endswith(("g", "n", "e", "N")):
                self._complement = True
            else:
                self._restrictive = True


def _begins_clause(tags: str, at: int) -> bool:
    """Whether a clause with a subject of its own begins after the mark or conjunction at `at`."""
    start = at + 1
    if tags[at] == ",":
        verb = main_verb(tags, start, len(tags), 4)
        return verb > 0 and tags[verb] in "XM"
    if tags[start : start + 1] in _VERBS:
        return False
    is_bare = tags[at] in "AY" and tags[at - 1] not in _BREAKS
    end = min(len(tags), start + _REACH)
    if following := _NEXT_CLAUSE.search(tags, start + 1, end):
        end = following.start()
    for _ in range(_MOST_SKIPPED):
        start += start < end and tags[start] in 'R,"AY'
    if start >= end or tags[start] in _VERBS or (tags[start] in "wce" and not _is_noun(tags, start)):
        return False
    verb = main_verb(tags, start, end)
    if verb < 0 or (is_bare and not _is_plain(tags, start, verb)):
        return False
    if tags[at] in "AY:" and tags[start] in _FRONTS:
        return not is_bare and _has_front(tags, start, verb, end)
    return tags.count(",", start, verb) != 1 or tags[start] in "I" or tags[start : start + 2] == "QN"


def _is_plain(tags: str, start: int, verb: int) -> bool:
    """Whether a subject and its verb are so clear that no comma is needed before the conjunction."""
    subject = tags[start:verb]
    return is_surely_finite(tags, verb) and not _UNCLEAR.search(subject) and tags[start : start + 2] != "0A"


def _has_front(tags: str, start: int, verb: int, end: int) -> bool:
    """Whether an adverbial with a comma, or a subject in -ing, stands before the verb."""
    if tags[start] == "g" and "," not in tags[start:verb]:
        return True
    comma = tags.find(",", start, start + _LONGEST_FRONT)
    return tags[start - 1] != "R" and 0 <= comma < verb and main_verb(tags, comma + 1, end) > 0


def _is_noun(tags: str, at: int) -> bool:
    """Whether a word that may be a verb begins a subject."""
    after = tags[at + 1 : at + 2]
    return after in "NS" if tags[at] == "e" else after not in tuple("DPQq0pHTZ")


def _separates(text: str, part: Part, clause: _Clause, at: int) -> bool:
    """Whether the mark or conjunction at `at` stands between independent clauses."""
    tag = part.tags[at]
    if tag in ";…":
        return True
    if tag == ":":
        left = text[max(part.start(clause.start), part.start(at) - _FRAME_REACH) : part.start(at)]
        return not _frame().search(left)
    if tag == "Y" and part.word(at) != "but" and part.tags[at - 1] not in _BREAKS:
        return False
    if clause.is_open(at):
        return False
    if tag == ",":
        return clause.verb < at - 2 and part.tags[clause.start] not in "WGha"
    return part.tags[at - 1] in _BREAKS or (clause.is_sure and not _joins_nouns(part, clause.verb, at))


def _joins_nouns(part: Part, verb: int, at: int) -> bool:
    """Whether a conjunction without a comma joins two nouns, both subjects of what follows ("ensure A and B win")."""
    tags = part.tags
    place = at - 1
    while place > max(verb, at - _REACH) and tags[place] in _NOUN_PHRASE:
        place -= 1
    if tags[place] == "," or (tags[place] == "I" and tags[place - 1] == ","):
        return True
    if part.word(place) in _clausal() and place < at - 1:
        return True
    return part.word(verb) in _clausal() and main_verb(tags, verb + 1, at, _REACH) >= 0


def _enclosed(text: str, part: Part) -> bytearray:
    """For each word whether brackets or quotation marks are open around it."""
    enclosed = bytearray(len(part.tags))
    depth, quoted, done = 0, False, 0
    for match in _ENCLOSING.finditer(part.tags):
        place, tag = match.start(), match[0]
        if quoted or depth:
            enclosed[done:place] = b"\1" * (place - done)
        done = place
        if tag == "(":
            depth += 1
        elif tag == ")":
            depth = max(0, depth - 1)
        else:
            mark = text[part.start(place)]
            quoted = mark in "“„«" or (mark == '"' and not quoted) or (quoted and mark not in '”»"')
    if quoted or depth:
        enclosed[done:] = b"\1" * (len(enclosed) - done)
    return enclosed


@functools.cache
def _clausal() -> frozenset[str]:
    """Forms of verbs that take a clause without "that"."""
    return frozenset(read_lexicon("clause_markers")["clausal"].split())


@functools.cache
def _frame() -> re.Pattern[str]:
    frames = alternatives(phrases(read_lexicon("clause_markers")["frames"]))
    return re.compile(rf"\b(?:{frames})\b[\w\s]{{0,20}}$", re.IGNORECASE)
