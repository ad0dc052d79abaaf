"""Finding the finite verb of a clause in its classes of words (see `tags`), without a parser.

Classes that are finite only in some places (past form or participle, verb or plural noun) are judged by what stands
right before and after them.
"""

from __future__ import annotations

import re

# No clause has its verb after so many words.
_LONGEST = 150
_CLAUSE_REACH = 25
_SUBJECTS = frozenset('NSUPQq0gpcw")')
_ARTICLES = frozenset('DPQq0p"Z')
_VERBS = frozenset("XMKkevwBc")
_LENIENT = {
    **dict.fromkeys("Kke", 'NSUPQqWHp")gwc,0'),
    "v": "NSUPQWHgcqR",
    "w": "NUPQWHgcqR",
    "B": 'NSUPqWHQ)"',
    "c": "SUPqWH",
}
_GROUP = frozenset("XMRbnekgKBc")
_ALWAYS = frozenset("XM")
# What a search may pass over: the words before the first verb, opener or stop; whether a subject is among them.
_LEAD = re.compile(r'[^XMKkevwBcWGhaHZ;:?!NSUPQq0gp")]*+([NSUPQq0gp")][^XMKkevwBcWGhaHZ;:?!]*+)?')
_TELLING = re.compile(r"[XMKkevwBcWGhaHZ;:?!]")
_VERB = re.compile(r"[XMKkevwBcZ]")
_PREPOSITIONAL = re.compile(r"[ha]")
_PLURAL = re.compile(r"[SAqQ]")


def main_verb(tags: str, start: int, end: int, reach: int | None = None) -> int:
    """The place of the finite verb of the clause that begins at `start`; -1 where there is none.

    A finite verb inside a subordinate or relative clause does not count. With a `reach` no more words are read.
    """
    return _search(tags, start, end if reach is None else min(end, start + reach), "WGha", False)


def likely_verb(tags: str, start: int, end: int) -> int:
    """As `main_verb`, but where that finds none, words that are finite verbs less surely count as well."""
    verb = _search(tags, start, end, "WGha", False)
    if verb >= 0 or not _VERB.search(tags, start, end):
        return verb
    if _PREPOSITIONAL.search(tags, start, end) and (verb := _search(tags, start, end, "WG", False)) >= 0:
        return verb
    return _search(tags, start, end, "WG", True)


def _search(tags: str, start: int, end: int, openers: str, is_lenient: bool) -> int:
    end = min(end, start + _LONGEST)
    lead = _LEAD.match(tags, start, end)
    assert lead
    at, has_subject, open_clauses = lead.end(), lead.lastindex is not None, 0
    if at < end and has_subject and tags[at] in "XM" and tags[at - 1] not in "TMR":  # the common case, told soonest
        return at
    while at < end:
        if has_subject:
            telling = _TELLING.search(tags, at, end)
            if telling is None:
                break
            at = telling.start()
        tag = tags[at]
        if tag == "Z" or (has_subject and tag in _VERBS and is_finite(tags, at, start, end, is_lenient)):
            if not open_clauses:
                return at
            open_clauses, has_subject = open_clauses - 1, True
            at = _after_group(tags, at, end)
            continue
        if tag in ";:?!":
            break
        if tag in "WGha":
            if _opens(tags, at, end, openers):
                open_clauses, has_subject = open_clauses + 1, tag == "W"
        elif tag == "H":
            open_clauses, has_subject = open_clauses + has_subject, True
        elif tag in _SUBJECTS:
            has_subject = True
        at += 1
    return -1


def _opens(tags: str, at: int, end: int, openers: str) -> bool:
    """Whether the word opens a subordinate clause; "after" and "as" always do before a pronoun."""
    if tags[at] in "WG":
        return True
    return tags[at + 1 : at + 2] in tuple("PZ") or (tags[at] in openers and opens_clause(tags, at, end))


def opens_clause(tags: str, at: int, end: int) -> bool:
    """Whether a word that may be a preposition or a subordinator ("after", "as") has a finite verb before a comma."""
    has_subject = False
    for place in range(at + 1, min(end, at + _CLAUSE_REACH)):
        tag = tags[place]
        if tag in ",;:.-?!WGH":
            return False
        if tag == "Z" or (has_subject and is_finite(tags, place, at + 1, end)):
            return True
        has_subject = has_subject or tag in _SUBJECTS
    return False


def is_finite(tags: str, at: int, start: int, end: int, is_lenient: bool = False) -> bool:
    """Whether the word is a finite verb, given that a subject may stand before it."""
    tag = tags[at]
    if tag in _ALWAYS:
        return tag == "M" or tags[at - 1] not in "TMR" or _before(tags, at, start) not in "TM"
    if tag not in "KkevwBc":
        return False
    before = tags[at - 1] if at > start else "."
    if before == "R":
        before = _before(tags, at, start)
    after = tags[at + 1] if at + 1 < end else "."
    if after == "R":
        after = _after(tags, at, end)
    if is_lenient:
        return before in _LENIENT[tag] and after != "y"
    if tag == "K":
        return before in 'NSUPQqWHpc")0ge,-R' or before in "w"
    if tag in "ke":
        return _is_past(tags, at, before, after)
    if tag == "v" and before == "S":
        return "I" in tags[max(start, at - _CLAUSE_REACH) : at]
    if tag in "vw":
        return _is_third_person(tag, before, after)
    return _is_base(tags, max(start, at - _CLAUSE_REACH), at, before, after)


def is_surely_finite(tags: str, at: int) -> bool:
    """Whether a verb that was found finite would hardly be a participle."""
    return tags[at] in "XMZKv" or tags[at + 1 : at + 2] in tuple("DPQqTpHM")


def _is_past(tags: str, at: int, before: str, after: str) -> bool:
    if before in "PQ":
        return True
    if before not in 'NSUqWHp")gwc,' or (before == "p" and tags[at - 1] == "p"):
        return False
    if after in "DPQ0Hp":
        return True
    if before in "WH":
        return True
    if before == ",":
        return False
    return after in 'TqUNSRc"' or (before == "U" and after != "y")


def _is_third_person(tag: str, before: str, after: str) -> bool:
    if before in "PQWH":
        return True
    if tag == "v":
        return before in 'NUgqcB")p,'
    return (before in 'NUgc")' and after in _ARTICLES) or (before == "U" and after in "UTIgRH")


def _is_base(tags: str, low: int, at: int, before: str, after: str) -> bool:
    """Whether a base form is finite; the words from `low` on tell whether a plural subject stands before it."""
    if before == "P":
        return True
    if tags[at] == "B":
        return before in "SqWHwQ" or (before in "NUgc,)" and _PLURAL.search(tags, low, at) is not None)
    is_clear = before in "SWHq" or (before == "U" and _PLURAL.search(tags, low, at) is not None)
    return is_clear and after in "DPQq0pHT"


def _before(tags: str, at: int, start: int) -> str:
    """The class of the word before, adverbs passed over; a full stop at the start."""
    for place in range(at - 1, max(start, at - 4) - 1, -1):
        if tags[place] != "R":
            return tags[place]
    return "."


def _after(tags: str, at: int, end: int) -> str:
    for place in range(at + 1, min(end, at + 4)):
        if tags[place] != "R":
            return tags[place]
    return "."


def _after_group(tags: str, at: int, end: int) -> int:
    """The place after a finite verb and the verbs and adverbs that go with it."""
    at += 1
    while at < end and tags[at] in _GROUP:
        at += 1
    return at
