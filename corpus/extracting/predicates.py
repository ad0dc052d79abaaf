"""Finding the finite verb of a clause in its classes of words (see `tags`), without a parser.

Classes that are finite only in some places (past form or participle, verb or plural noun) are judged by what stands
right before and after them.
"""

from __future__ import annotations

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


def main_verb(tags: str, start: int, end: int, reach: int | None = None) -> int:
    """The place of the finite verb of the clause that begins at `start`; -1 where there is none.

    A finite verb inside a subordinate or relative clause does not count. With a `reach` no more words are read.
    """
    return _search(tags, start, end if reach is None else min(end, start + reach), "WGha", False)


def likely_verb(tags: str, start: int, end: int) -> int:
    """As `main_verb`, but where that finds none, words that are finite verbs less surely count as well."""
    for openers, is_lenient in (("WGha", False), ("WG", False), ("WG", True)):
        verb = _search(tags, start, end, openers, is_lenient)
        if verb >= 0:
            return verb
    return -1


def _search(tags: str, start: int, end: int, openers: str, is_lenient: bool) -> int:
    open_clauses, has_subject, at = 0, False, start
    end = min(end, start + _LONGEST)
    while at < end:
        tag = tags[at]
        if tag in ";:?!":
            return -1
        if tag == "Z" or (has_subject and tag in _VERBS and is_finite(tags, at, start, end, is_lenient)):
            if not open_clauses:
                return at
            open_clauses -= 1
            has_subject = True
            at = _after_group(tags, at, end)
            continue
        if tag in "WGha":
            if _opens(tags, at, end, openers):
                open_clauses += 1
                has_subject = tag == "W"
        elif tag == "H" and has_subject:
            open_clauses += 1
        elif tag in _SUBJECTS or tag == "H":
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
        return tag == "M" or _before(tags, at, start) not in "TM"
    if tag not in "KkevwBc":
        return False
    before, after = _before(tags, at, start), _after(tags, at, end)
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
    return _is_base(tag, before, after, any(plural in tags[max(start, at - _CLAUSE_REACH) : at] for plural in "SAqQ"))


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


def _is_base(tag: str, before: str, after: str, has_plural: bool) -> bool:
    if before == "P":
        return True
    if tag == "B":
        return before in "SqWHwQ" or (has_plural and before in "NUgc,)")
    return (before in "SWHq" or (has_plural and before == "U")) and after in "DPQq0pHT"


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
