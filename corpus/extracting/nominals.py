"""Attributions of nouns (`the claim that …`), of `according to`, and of adverbs of hearsay."""

from __future__ import annotations

from corpus.extracting.complements import complement, content_end
from corpus.extracting.drafts import Draft, Page, Range, Reading, Sentence
from corpus.extracting.lexicon import word_group
from corpus.extracting.verbs import left_start

_AGENTS = ("by", "from", "of", "among")
_AFTER_AGENT = ("that", "to", "of", "for", "about", "against", "over", "on")
_NO_CONTENT = frozenset(("end", "np", "quote", "clause", "ing", "by"))
_FARTHEST_MODIFIER = 4
_FARTHEST_VERB = 7
_LONGEST_LEAD = 25
_LONGEST_APPOSITION = 8
_LONGEST_ASIDE = 12


def read_noun(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """`his claim that …`, `criticism by the mayor of …`."""
    frame, start = complement(page, reading.last + 1, sentence.end)
    holder, before = _holder(page, sentence, reading.first)
    if frame in _AGENTS and holder is None and (agent := page.finder.after(start, sentence.end)):
        after, content = complement(page, agent[1], sentence.end)
        if after in _AFTER_AGENT and (end := _noun_end(page, sentence, reading, content, after)) > content:
            return Draft(reading, f"{frame} {after}", "nominal", "right", agent, [(content, end)])
    if frame in _NO_CONTENT:
        return None
    source = holder
    if source is None:
        while before > sentence.low and page.tags[before] in "DevgwPRbam" and reading.first - before < _FARTHEST_VERB:
            before -= 1
        source = page.finder.before(before + 1, sentence.low) if before >= sentence.low else None
    end = _noun_end(page, sentence, reading, start, frame)
    frame = f"{frame}*" if holder else frame
    return Draft(reading, frame, "nominal", "right", source, [(start, end)]) if end > start else None


def _holder(page: Page, sentence: Sentence, first: int) -> tuple[Range | None, int]:
    """Whose claim it is, where a possessive says so, and the token before the noun phrase."""
    before = first - 1
    while before >= sentence.low and page.tags[before] in "wegRN" and first - before < _FARTHEST_MODIFIER:
        before -= 1
    if before < sentence.low:
        return None, before
    if page.tags[before] == "X":
        return page.finder.before(before + 1, sentence.low), before
    if page.word(before) in word_group("possessive"):
        return (before, before + 1), before
    return None, before


def _noun_end(page: Page, sentence: Sentence, reading: Reading, start: int, frame: str) -> int:
    """The end of a noun's content: a phrase stops before the verb of the clause that the noun stands in."""
    end = content_end(page, sentence, reading, start, frame, None)
    if frame in ("that", "colon", "wh"):
        return end
    tags = page.tags
    has_relative = False
    for at in range(start, end):
        if tags[at] in "bamd" and not (has_relative or tags[at - 1] in "qtH"):
            return at
        if tags[at] == "v" and tags[at - 1] not in "qtNHw":
            return at
        has_relative = has_relative or tags[at] in "qt"
    return end


def read_phrase(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """`according to …` before, behind or inside its content, or an adverb of hearsay inside its clause."""
    if reading.cue.cue_class != "according_to":
        return _hearsay(page, sentence, reading)
    source = page.finder.after(reading.last + 1, sentence.end)
    if source is None:
        return None
    lead = reading.first
    while lead > sentence.low and page.tags[lead - 1] in "R-CB,":
        lead -= 1
    if lead == sentence.low:
        return _leading(page, sentence, reading, source)
    return _trailing(page, sentence, reading, source)


def _leading(page: Page, sentence: Sentence, reading: Reading, source: Range) -> Draft | None:
    tags = page.tags
    comma = tags.find(",", source[1], min(sentence.end, source[1] + _LONGEST_LEAD))
    if comma < 0 or page.tags[source[1]] == "H":
        comma = source[1] - 1
    if comma < source[1] and page.tags[source[1] : source[1] + 1] != "H":
        return None
    apposition = tags.find(",", comma + 1, min(sentence.end, comma + 1 + _LONGEST_APPOSITION))
    if apposition > 0 and not any(tag in "bamdvH" for tag in tags[comma + 1 : apposition]):
        comma = apposition if tags[apposition + 1 : apposition + 2] in ("D", "H", "N") else comma
    end = content_end(page, sentence, reading, comma + 1, "that", None)
    return Draft(reading, "lead", "according", "right", source, [(comma + 1, end)]) if end > comma + 1 else None


def _trailing(page: Page, sentence: Sentence, reading: Reading, source: Range) -> Draft | None:
    tags, before = page.tags, reading.first - 1
    low = left_start(page, sentence, reading.first)
    frame = {",": "trail", "Q": "trail", "(": "paren"}.get(tags[before], "bare")
    contents = [(low, before if tags[before] in ",(" else reading.first)]
    comma = tags.find(",", source[1], min(sentence.end, source[1] + _LONGEST_ASIDE))
    if frame == "trail" and comma > 0 and tags[comma + 1 : comma + 2] not in ("g", "q", "C", "B", "S", "e", ""):
        end = content_end(page, sentence, reading, comma + 1, "that", None)
        if any(tag in "bamdv" for tag in tags[comma + 1 : end]):
            contents.append((comma + 1, end))
    return Draft(reading, frame, "according", "left", source, contents) if contents[0][1] > low else None


def _hearsay(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    low = left_start(page, sentence, reading.first)
    end = content_end(page, sentence, reading, reading.last + 1, "that", None)
    contents = [(low, reading.first), (reading.last + 1, end)]
    contents = [content for content in contents if content[1] > content[0]]
    return Draft(reading, "hearsay", "hearsay", "mid", None, contents) if contents else None
