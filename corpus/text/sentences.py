"""Sentence boundaries by rule: a candidate mark, then the reasons why it may be none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text.spans import Span
from corpus.text.stops import Mark, Words, opens_sentence, stop_ends, words_of

_FULL_WIDTH = "。．！？｡"
_QUOTES = "\"'”’“‘»«›‹」』"
_MARK = rf".!?…؟۔।॥։።‼⁇⁈⁉‽{_FULL_WIDTH}"
_OPENING = r"\"'“”‘’„‚«»‹›(\[{（［「『【《〈¿¡—–*_-"
_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SPACED_DOTS = r"(?: [.…]++(?!\w))*+"
# After a mark: lower case or a comma, a digit or a letter with a stop (`4.5`, `U.S.`), lower case after `S. `, the end.
_NEVER = r"(?![a-z,;:]|(?<=\.)(?:\d|[A-Z]\.)|(?<=[A-Z]\.) [a-z]|$)"
# The first branch is a stop between a plain word and a capital, as most marks are. The second begins at the first mark
# of a run only and gives nothing back: so a run of a million marks is read once.
_CANDIDATE = re.compile(
    rf"[{_MARK}](?:(?<=[a-z]{{3}}\.)[\"”’)]?( +)(?=[\"“(]?[A-Z])"
    rf"|(?<![{_MARK}].)(?<![{_MARK}] [.…])[{_MARK}]*+{_SPACED_DOTS}[)”\"'’{_INVISIBLE}]*+{_NEVER})"
)
# A mark with its quotes and brackets, the white space, and what opens the next word.
_MARKED = re.compile(
    rf"([{_MARK}]++{_SPACED_DOTS})((?:[)\]}}）］】》〉*_{_QUOTES}{_INVISIBLE}]|\[\d{{1,3}}\])*+)"
    rf"(\s*+)[{_INVISIBLE}{_OPENING}]*+"
)
_SMILEY = re.compile(r"\s(?:[:;=]['-]?[()DPp]+|[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])++(?P<gap>\s++)")
_ITEM = re.compile(r"\s*+(?:([•⁃●▪◦])|(\d{1,3}|[a-z]|[A-Z](?=\)))(\.\)|[.)])\s)")
# A signature or rule of hyphens, a quoted line, an omission in brackets.
_SET_OFF = re.compile(r"--|[>~]|\[(?:\.\.\.|…)\]")
_ADDRESS = re.compile(r"[@/\\=]|www\.", re.IGNORECASE)
_ITEM_TEXT = re.compile(r"[\"“‘(]?[^\W\d_]")
_UNSPACED_MARK = re.compile(r"[.۔]|[!?؟]+")
_LONGEST_WORD = 40
_LONGEST_SUBJECT = 60
_MOST_WORDS_OF_SUBJECT = 5

Boundary = tuple[int, int]


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of a text of several paragraphs, one a line; lines are not joined. Offsets are code points."""
    return split_sentences(text, 0, language)


def split_sentences(text: str, start: int = 0, language: str = "en") -> list[Span]:
    """The sentences of one paragraph from code point `start` on, trimmed; they do not overlap.

    Offsets are code points of `text`, half-open. All but white space is in a sentence; the end of a line ends one. A
    closing quotation mark or bracket stays with its sentence. `language` is a tag such as `ar` or `en-GB`.
    """
    words = words_of(language)
    spans: list[Span] = []
    end = start
    for line in text[start:].splitlines(keepends=True):
        start, end = end, end + len(line)
        if line.isspace():
            continue
        if line[0].isspace() or _ITEM.match(line):
            for item in _items(text, start, end):
                _add_sentences(spans, text, *_trimmed(text, *item), words)
        else:
            _add_sentences(spans, text, start, start + len(line.rstrip()), words)
    return spans


def _add_sentences(spans: list[Span], text: str, start: int, end: int, words: Words) -> None:
    """Add the sentences between two places of a line, neither at white space."""
    tails = words.tails
    for match in _CANDIDATE.finditer(text, start, end):
        at = match.start()
        if match.lastindex and text[at - 3 : at] not in tails:
            boundary: Boundary | None = match.span(1)
        else:
            boundary = _boundary(text, start, at, end, words)
        if boundary:
            spans.append(Span(start, boundary[0]))
            start = boundary[1]
    if start < end:
        spans.append(Span(start, end))


def _trimmed(text: str, start: int, end: int) -> Boundary:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _boundary(text: str, start: int, at: int, end: int, words: Words) -> Boundary | None:
    """Where the sentence ends and the next one starts; None where the mark at `at` ends none."""
    if text[at] == "." and text[at + 1] == " " and text[at + 2 : at + 3].isalnum():  # the common case, told soonest
        return (at + 1, at + 2) if stop_ends(Mark(text, start, at, at + 2, end), words) else None
    match = _MARKED.match(text, at, end)
    if match is None or match.end() == end:
        return None
    marks, close, gap = match.groups()
    mark = Mark(text, start, at, match.end(), end)
    if not gap:
        unspaced = _ends_in_full_width(mark, marks, close) or _ends_unspaced(mark, marks, close, words)
        return match.span(3) if unspaced else None
    if not mark.next_character().isalnum() and (smiley := _SMILEY.match(text, match.start(3), end)):
        opens = smiley.end() < end and opens_sentence(text[smiley.end()])
        return smiley.span("gap") if opens else None
    if _is_set_off(mark, marks, match.end(3), words):
        return match.span(3)
    if close and mark.next_character().islower():
        return None
    if _is_stop_and_omission(mark, marks):
        return at + 1, at + 2
    return match.span(3) if _ends_spaced(mark, marks, close, words) else None


def _dots(marks: str) -> int:
    return marks.replace("…", "...").count(".")


def _is_stop_and_omission(mark: Mark, marks: str) -> bool:
    """Whether a stop and then an ellipsis follow a word, `rose. ... Wages`: the ellipsis opens the next sentence."""
    return marks.startswith(". ") and _dots(marks) > 3 and not mark.character(mark.at - 1).isspace()


def _is_set_off(mark: Mark, marks: str, at: int, words: Words) -> bool:
    """Whether what begins at `at` is no part of a sentence that ends before it, as in letters and posts."""
    if not _SET_OFF.match(mark.text, at, mark.end):
        return False
    return marks != "." or (len(mark.word_before()) > 1 and words.kind(mark.word_before()) is None)


def _ends_spaced(mark: Mark, marks: str, close: str, words: Words) -> bool:
    if marks == ".":
        return stop_ends(mark, words)
    if not set(marks) <= set(".… "):
        return _question_ends(mark, marks, close, words)
    if mark.character(mark.at - 1) in ("[", "(") and close[:1] in ("]", ")"):
        # "[...]" stands for words that were left out, at the end of a sentence or inside it.
        return mark.next_character().isupper() and mark.text[mark.following - 1].isspace()
    if words.ellipsis_goes_on and _dots(marks) == 3:
        return False
    if _dots(marks) > 3 or close:
        return opens_sentence(mark.next_character())
    is_pause = mark.character(mark.at - 1).isspace() and mark.next_word() == "i"
    character = mark.next_character()
    if _dots(marks) > 2 and character.isalpha() and character.lower() == character.upper():
        return True  # letters without case do not tell
    return character.isupper() and not is_pause


def _question_ends(mark: Mark, marks: str, close: str, words: Words) -> bool:
    """Whether a question mark, an exclamation mark or a run of marks ends its sentence."""
    word = mark.word_before()
    if mark.next_character().islower():
        informal = words.lower_case_opens and (len(marks) > 1 or word.islower())
        return informal and mark.text[mark.following - 1].isspace()
    if not close and marks == "!" and word.lower() in words.names_with_a_mark:
        return mark.next_word() in words.openers
    if set(close) & set(_QUOTES) and _speech_follows(mark, words):
        return False
    return opens_sentence(mark.next_character())


def _speech_follows(mark: Mark, words: Words) -> bool:
    """Whether a name and a verb of speech follow (`Ada Lind asked`); where letters have no case, the verb itself."""
    following = mark.text[mark.following : min(mark.end, mark.following + _LONGEST_SUBJECT)].split()
    for place, token in enumerate(following[:_MOST_WORDS_OF_SUBJECT]):
        word = token.strip(".,;:").lower()
        if word in words.speech:
            return True
        if not token[0].isupper() or (place == 0 and word != "i" and word in words.openers):
            return False
    return False


def _ends_in_full_width(mark: Mark, marks: str, close: str) -> bool:
    """Whether full-width marks end the sentence; these need no space. A quotation may go on in hiragana."""
    character = mark.next_character()
    if marks[-1] not in _FULL_WIDTH or character.islower() or (close and "\u3040" < character < "\u30a0"):
        return False
    return character.isalpha() or (character.isdigit() and marks[-1] != "．")


def _ends_unspaced(mark: Mark, marks: str, close: str, words: Words) -> bool:
    """Whether a sentence ends where the writer forgot the space: `It rained.They left`; not in an address."""
    text, at, following = mark.text, mark.at, mark.following
    if close.strip("”»") or following != at + len(marks + close) or not _UNSPACED_MARK.fullmatch(marks):
        return False
    if not _words_touch(text[max(mark.start, at - 3) : at], text[following : min(mark.end, following + 3)]):
        return False
    begin = text.rfind(" ", max(mark.start, at - _LONGEST_WORD), at) + 1 or max(mark.start, at - _LONGEST_WORD)
    until = text.find(" ", following, following + _LONGEST_WORD)
    if _ADDRESS.search(text, begin, until if until > 0 else following + _LONGEST_WORD):
        return False
    return mark.next_word() not in words.suffixes and (marks != "." or stop_ends(mark, words))


def _words_touch(before: str, after: str) -> bool:
    """Whether up to three characters on each side of a mark are those of two words, the second with a capital."""
    if before[-1:].isalpha() and before.lower() == before.upper():  # letters without case
        return len(before) == len(after) == 3 and (before + after).isalpha() and after.lower() == after.upper()
    ends = before[-1:].isdigit() or (len(before) > 1 and before[-2:].isalpha() and before[-2:].islower())
    return ends and after[:1].isupper() and (after[1:2].islower() or after[1:2].isspace())


def _items(text: str, start: int, end: int) -> Iterator[Boundary]:
    """The parts of a line: the items of a list that stands in one line (`1. … 2. …`, `a) … b) …`), or else the line."""
    first = _ITEM.match(text, start, end)
    at = first.end() if first else end
    bullet, label, stop = first.groups() if first else (None, "", "")
    while at < end:
        label = _label_after(label) if label else label
        at = text.find(f" {bullet}" if bullet else f" {label}{stop} ", at, end)
        if at < 0 or (label and not _ITEM_TEXT.match(text, at + len(label + stop) + 2, end)):
            break
        yield start, at
        start = at = at + 1
    yield start, end


def _label_after(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
