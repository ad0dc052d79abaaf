"""What follows a cue: which complement it takes, and how far the content runs."""

from __future__ import annotations

import re

from corpus.extracting.drafts import Page, Range, Reading, Sentence

CLAUSES = frozenset(("that", "clause", "wh", "quote", "np that", "np clause", "np wh", "np quote"))
_FINITE = re.compile(r"[bamdv]|[wN]e")
_FEWEST_WORDS_OF_CLAUSE = 3
_CLAUSE_STOP = re.compile(r"[();,.]")
_PHRASE_STOP = re.compile(r"[();,.CB-]")
_FARTHEST = 16
_ENDS = ",;-)."
# After a comma these go on with the sentence, not with a content that is a phrase.
_AFTER_COMMA = "CBSqHgPN"
# The complement that a tag begins, and how many tokens stand before its content.
_BY_TAG = {
    "t": ("that", 1), "T": ("to", 1), "W": ("wh", 0), "Q": ("quote", 0), "H": ("clause", 0), ":": ("colon", 1),
    "g": ("ing", 0),
}  # fmt: skip
_Complement = tuple[str, int]


def complement(page: Page, index: int, end: int) -> _Complement:
    """The kind of complement that begins at the token `index`, and where its content begins."""
    tags = page.tags
    for _ in range(2):
        index += index < end and tags[index] == "R"
    if index >= end:
        return "end", index
    tag = tags[index]
    if tag in ",:" and tags[index + 1 : index + 2] == "Q" and index + 1 < end:
        return "quote", index + 1
    if tag in "Poy":
        return page.word(index), index + 1
    if tag == "S":
        word = page.word(index)
        return (word, index + 1) if word in ("as", "than") else ("end", index)
    if tag == "h":
        return _after_object(page, index + 1, end)
    if tag in _ENDS or tag in "CB":
        return "end", index
    frame, skipped = _BY_TAG.get(tag, ("np", 0))
    return frame, index + skipped


def _after_object(page: Page, index: int, end: int) -> _Complement:
    frame, start = ("end", index) if page.tags[index : index + 1] == "h" else complement(page, index, end)
    return f"obj {frame}", start if frame in CLAUSES else index - 1


def cue_complement(page: Page, sentence: Sentence, reading: Reading) -> _Complement:
    """The complement of a verb; for verbs that take clauses also behind a time, a place or an addressee."""
    frame, start = complement(page, reading.last + 1, sentence.end)
    flags = reading.cue.flags
    is_adverbial = frame in ("np", "ing") or page.tags[start - 1] == "P"
    if "clausal" in flags and is_adverbial and (deferred := _deferred(page, start, sentence.end)):
        return deferred
    if "addressee" in flags and frame == "np" and (addressee := page.finder.after(start, sentence.end)):
        after, content = complement(page, addressee[1], sentence.end)
        if after in ("that", "quote", "wh", "clause", "to", "about"):
            return f"np {after}", content
        if reading.cue.lemma == "tell" and addressee[1] < sentence.end and page.tags[addressee[1]] not in ",.":
            return "np clause", addressee[1]
    if frame in ("np", "ing") and _is_clause(page.tags, flags, start, sentence.end):
        return "clause", start
    return frame, start


def _deferred(page: Page, start: int, end: int) -> _Complement | None:
    """`said on Sunday that …`, `told a crowd in the square: “…”`: no verb stands in between."""
    tags = page.tags
    at, limit = start, min(end, start + _FARTHEST)
    while at < limit and tags[at] not in "tQbamdvqWSH;:":
        at += 1
    if not start < at < limit:
        return None
    if tags[at] == "t":
        return "that", at + 1
    if tags[at] == "Q" and tags[at - 1] in ",:":
        return "quote", at
    if tags[at] == ":":
        return ("quote", at + 1) if tags[at + 1 : at + 2] == "Q" and at + 1 < end else ("colon", at + 1)
    return None


def content_end(page: Page, sentence: Sentence, reading: Reading, start: int, frame: str, source: Range | None) -> int:
    """The token after the last one of the content that begins at `start`."""
    tags, end = page.tags, sentence.end
    is_noun = reading.voice == "noun" and frame not in CLAUSES
    is_clause = frame in CLAUSES
    is_relative = source is not None and source[1] - source[0] == 1 and tags[source[0]] in "qt"
    stops_at_comma = not is_relative and _leads_in(page, sentence, reading.first)
    in_brackets = tags.rfind("(", sentence.low, reading.first) > tags.rfind(")", sentence.low, reading.first)
    depth = 0
    for found in (_CLAUSE_STOP if is_clause else _PHRASE_STOP).finditer(tags, start, end):
        at, tag = found.start(), found[0]
        if tag == "(":
            depth += 1
        elif tag == ")":
            if depth == 0 and in_brackets:
                return at
            depth -= 1
        elif tag == ";" or (tag == "." and tags[at + 1 : at + 2] == "Q"):
            return at
        elif is_clause:
            if tag == "," and depth <= 0 and (stops_at_comma or is_relative or _starts_predicate(tags, at + 1, end)):
                return at
        elif depth <= 0 and _ends_phrase(page, at, end, stops_at_comma or is_relative, is_noun):
            return at
    return end


def _is_clause(tags: str, flags: frozenset[str], start: int, end: int) -> bool:
    """Whether what looks like a noun phrase is a clause without "that"."""
    if "sentential" in flags:
        return end - start >= _FEWEST_WORDS_OF_CLAUSE
    return "clausal" in flags and bool(_FINITE.search(tags, start, end))


def _leads_in(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the cue stands in a clause that leads the sentence in (`When the mayor says …, `)."""
    lead = sentence.low
    while lead < first and page.tags[lead] in "CBR,":
        lead += 1
    return lead < first and page.tags[lead] in "SW" and page.tags.find(",", lead, first) < 0


def _starts_predicate(tags: str, index: int, end: int) -> bool:
    """Whether `and` or `but` with a verb follows, which goes on with the subject of the cue."""
    while index < end and tags[index] == "R":
        index += 1
    return index + 1 < end and tags[index] in "CB" and tags[index + 1] == "v"


def _ends_phrase(page: Page, at: int, end: int, stops_at_comma: bool, is_noun: bool) -> bool:
    tags = page.tags
    tag = tags[at]
    if tag == "-":
        return page.tokens.starts[at] > page.tokens.end(at - 1)
    if tag not in ",CB":
        return False
    after = at + 1
    while after < end and tags[after] == "R":
        after += 1
    following = tags[after : after + 1]
    if tag == ",":
        return stops_at_comma or is_noun or (following != "" and following in _AFTER_COMMA)
    return following in ("v", "b", "a", "m")
