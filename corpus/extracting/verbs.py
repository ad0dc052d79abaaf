"""Attributions of finite verbs, participles, infinitives and adjectives: source, cue and content in any order."""

from __future__ import annotations

from corpus.extracting.complements import complement, content_end, cue_complement
from corpus.extracting.confidence import HOPELESS
from corpus.extracting.drafts import Draft, Page, Range, Reading, Sentence
from corpus.extracting.lexicon import word_group

_INVERTED_SOURCE = "NDwH#Xh"
_POINT_FRAMES = frozenset(("obj in", "obj on", "obj at", "obj by", "obj during", "obj end"))
_RIGHT_FRAMES = frozenset(("that", "quote", "clause", "wh", "colon"))
_FEWEST_WORDS_LEFT = 3
_LONGEST_ADDRESSEE = 14


def read_verb(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """The attribution of a verb in the active voice, of a participle or of an adjective."""
    frame, start = cue_complement(page, sentence, reading)
    if reading.voice == "fin" and (draft := _inverted(page, sentence, reading)):
        return draft
    source = _subject(page, sentence, reading)
    if source and (draft := _as_clause(page, sentence, reading, source)):
        return draft
    if source and reading.voice == "fin" and (draft := _content_left(page, sentence, reading, source, frame)):
        return draft
    rule = "subject"
    if source is None:
        source, rule = inherited_source(page, sentence, reading.first), "inherited"
    if "raises" in reading.cue.flags:
        return _raising(page, sentence, reading, source, frame, start)
    if frame in ("end", "colon"):
        return _without_complement(page, sentence, reading, source, frame, start, rule)
    if reading.cue.takes.get(frame, 1.0) < HOPELESS:
        return None
    end = content_end(page, sentence, reading, start, frame, source)
    if frame in _POINT_FRAMES:
        end = start + 1
    return Draft(reading, frame, rule, "right", source, [(start, end)]) if end > start else None


def inherited_source(page: Page, sentence: Sentence, index: int) -> Range | None:
    """The source of a cue without a subject: that of the cue before it, or the sentence's subject."""
    for draft in reversed(sentence.drafts):
        if draft.source:
            return draft.source
    return page.finder.subject(sentence.low, index)


def left_start(page: Page, sentence: Sentence, index: int) -> int:
    """Where a content that stands left of its cue begins."""
    low = sentence.low
    for draft in sentence.drafts:
        if draft.place == "left":
            low = max(low, draft.end, draft.source[1] if draft.source else 0)
    low = max(low, page.tags.rfind(";", low, index) + 1)
    while low < index and page.tags[low] in ",;":
        low += 1
    return low


def _subject(page: Page, sentence: Sentence, reading: Reading) -> Range | None:
    if reading.voice == "ing":
        return None
    source = page.finder.before(reading.first, sentence.low, infinitive=reading.voice == "inf")
    return None if source and reading.voice == "inf" and page.tags[source[0]] == "t" else source


def _inverted(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """`…, said the mayor`."""
    tags, before, after = page.tags, reading.first, reading.last + 1
    if before <= sentence.low or tags[before - 1] not in ",Q-":
        return None
    if after >= sentence.end or tags[after] not in _INVERTED_SOURCE:
        return None
    source = page.finder.after(after, sentence.end)
    low = left_start(page, sentence, reading.first)
    end = before if tags[before - 1] == "Q" else before - 1
    if source is None or end <= low:
        return None
    closes = source[1] >= sentence.end or tags[source[1]] in ",.P-"
    if not closes and "Q" not in tags[low:before]:
        return None
    return _left(page, sentence, reading, source, (low, end), source[1], "inverted")


def _content_left(page: Page, sentence: Sentence, reading: Reading, source: Range, frame: str) -> Draft | None:
    """`…, the mayor said`."""
    tags, at = page.tags, source[0] - 1
    while at >= sentence.low and tags[at] == "R":
        at -= 1
    if at < sentence.low or tags[at] not in "Q,-":
        return None
    low = left_start(page, sentence, reading.first)
    content = (low, at + 1 if tags[at] == "Q" else at)
    is_quoted = tags[content[1] - 1] == "Q"
    if frame == "quote" and is_quoted and content[1] > low:
        return _left(page, sentence, reading, source, content, reading.last + 1, "left")
    if frame in _RIGHT_FRAMES or content[1] <= low:
        return None
    if is_quoted or _is_statement(page, sentence, reading, content):
        return _left(page, sentence, reading, source, content, reading.last + 1, "left")
    return None


def _is_statement(page: Page, sentence: Sentence, reading: Reading, content: Range) -> bool:
    """Whether the words before `, the mayor said` can be what he said, and not what leads the sentence in."""
    tags, after = page.tags, reading.last + 1
    following = tags[after] if after < sentence.end else "."
    words = tags[content[0] : content[1]]
    if following != "," and (len(words) < _FEWEST_WORDS_LEFT or not any(tag in "QbamdveHw" for tag in words)):
        return False
    if following not in ".,;-)" and page.word(after) not in word_group("time"):
        return False
    return following == "," or not _leads_in(words)


def _leads_in(words: str) -> bool:
    """Whether tags are those of an adverbial (`In an interview on Monday`)."""
    lead = words.lstrip("CBR,")
    if not lead or "Q" in words:
        return not lead
    return lead[0] in "PSge" and not any(tag in "bamdv" for tag in lead)


def _left(
    page: Page, sentence: Sentence, reading: Reading, source: Range, content: Range, after: int, rule: str
) -> Draft:
    """The attribution of a content left of its cue, and of what goes on with it right of the cue."""
    is_quoted = "Q" in page.tags[content[0] : content[1]]
    draft = Draft(reading, "quote" if is_quoted else "left", rule, "left", source, [content])
    if resumed := _resumption(page, sentence, after, is_quoted, rule):
        frame = "quote" if page.tags[resumed] == "Q" else "that"
        draft.contents.append((resumed, content_end(page, sentence, reading, resumed, frame, source)))
    return draft


def _resumption(page: Page, sentence: Sentence, after: int, is_quoted: bool, rule: str) -> int:
    """The token where the content goes on behind `the mayor said`; 0 where it does not."""
    tags, end = page.tags, sentence.end
    at = after
    while at < end and tags[at] not in ",Q-;":
        at += 1
    if at < end and tags[at] == "Q":
        return at
    if at + 1 >= end or tags[at] not in ",-":
        return 0
    following = tags[at + 1]
    if following == "Q":
        return at + 1
    if at != after or rule == "inverted":
        return 0
    begins_cue = page.tokens.marks[at + 1] == "!" and following != "N"
    if following not in "gSqeCBR" and not begins_cue:
        return at + 1
    goes_on = not is_quoted and following in "CBS" and page.tokens.marks[at + 2 : at + 3] != "!"
    return at + 1 if goes_on else 0


def _raising(
    page: Page, sentence: Sentence, reading: Reading, subject: Range | None, frame: str, start: int
) -> Draft | None:
    """`The harvest seems to …`: the subject belongs to the content, and nobody is named."""
    if subject is None or frame not in ("to", "like", "np", "that", "as"):
        return None
    end = content_end(page, sentence, reading, start, frame, subject)
    return Draft(reading, frame, "raising", "right", None, [subject, (start, end)]) if end > start else None


def _without_complement(
    page: Page, sentence: Sentence, reading: Reading, source: Range | None, frame: str, start: int, rule: str
) -> Draft | None:
    """A cue that ends its clause: its content may stand before it, or follow a colon."""
    if frame == "colon":
        contents = [(start, sentence.end)] if start < sentence.end else []
        return Draft(reading, frame, rule, "right", source, contents)
    if reading.voice != "fin" or source is None or source[0] != sentence.low or rule != "subject":
        return None
    before = source[0] - 1
    is_split = before >= 0 and page.tags[before] == "Q" and not page.breaks_line(sentence.low)
    return Draft(reading, "quote", "split", "left", source, [(before, before + 1)]) if is_split else None


def _as_clause(page: Page, sentence: Sentence, reading: Reading, source: Range) -> Draft | None:
    """`As the mayor told the daily, …` and `…, as the mayor said`."""
    tags, before, after = page.tags, source[0] - 1, reading.last + 1
    if reading.voice != "fin" or page.word(before) != "as" or before < sentence.low:
        return None
    if before == sentence.low:
        comma = tags.find(",", after, min(sentence.end, after + _LONGEST_ADDRESSEE))
        contents = [(comma + 1, sentence.end)]
        return Draft(reading, "as", "as", "right", source, contents) if 0 < comma < sentence.end - 1 else None
    content = (left_start(page, sentence, reading.first), before - 1)
    if tags[before - 1] != "," or after < sentence.end or content[1] <= content[0]:
        return None
    return Draft(reading, "as", "as", "left", source, [content])


def read_passive(page: Page, sentence: Sentence, reading: Reading) -> Draft | None:
    """`is expected to …`, `was criticised by …`: the subject belongs to the content."""
    frame, start = complement(page, reading.last + 1, sentence.end)
    subject = page.finder.before(reading.first, sentence.low)
    if frame == "by":
        return _by_agent(page, sentence, reading, subject, start)
    if frame == "end":
        return Draft(reading, frame, "passive", "left", None, [subject]) if subject else None
    end = content_end(page, sentence, reading, start, frame, None)
    if end <= start:
        return None
    if frame == "that" and subject and page.word(subject[0]) in word_group("empty"):
        return Draft(reading, "it that", "passive", "right", None, [(start, end)])
    if subject is None or reading.cue.lemma == "ask":
        return Draft(reading, frame if subject else f"{frame}0", "passive", "right", None, [(start, end)])
    return Draft(reading, frame, "passive", "mid", None, [subject, (start, end)])


def _by_agent(page: Page, sentence: Sentence, reading: Reading, subject: Range | None, start: int) -> Draft | None:
    source = page.finder.after(start, sentence.end)
    if source is None:
        return None
    frame, content = complement(page, source[1], sentence.end)
    if frame in ("to", "that", "as", "of", "for", "about", "over", "wh"):
        end = content_end(page, sentence, reading, content, frame, None)
        contents = [subject] if subject else []
        if end > content:
            contents.append((content, end))
        return Draft(reading, f"by {frame}", "passive", "mid", source, contents) if contents else None
    return Draft(reading, "by", "passive", "left", source, [subject]) if subject else None
