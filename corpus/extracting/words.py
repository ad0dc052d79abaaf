"""The words of a text, read once for all rules of clauses, labels and figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from corpus.extracting.predicates import likely_verb
from corpus.extracting.tags import WORD
from corpus.extracting.vocabulary import Entry, entries

# A word with the white space after it, so that lengths add up to positions; most words are of the first sort.
_PIECE = re.compile(rf"[A-Za-z]+ (?!\s)|(?:{WORD.pattern})\s*")
_SPACE = re.compile(r"\s*")


class Words:
    """The words of `text[start:end]`: where each begins (a code point of the text), what is known of it.

    One letter for each word have `tags` (its class in clauses, see `tags`), `marks` (what it tells, see `vocabulary`),
    `frames` (its class in frames, see `frames`) and `cues` (`!` where it may begin a cue). `starts` ends with the end
    of the last word.
    """

    __slots__ = ("_parts", "cues", "entries", "frames", "marks", "starts", "tags", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        end = len(text) if end is None else end
        space = _SPACE.match(text, start, end)
        start = space.end() if space else start
        pieces = _PIECE.findall(text, start, end)
        self.text = text
        self.entries: list[Entry] = list(map(entries.__getitem__, pieces))
        self.starts = list(accumulate(map(len, pieces), initial=start))
        letters = "".join([entry[0] for entry in self.entries])
        self.tags, self.marks, self.frames, self.cues = (letters[place::4] for place in range(4))
        self._parts: dict[tuple[int, int], Part] = {}

    def part(self, start: int, end: int) -> Part:
        """The words of `text[start:end]`; a word that the range cuts is read as far as it lies inside."""
        part = self._parts.get((start, end))
        if part is not None:
            return part
        starts, known = self.starts, self.entries
        low = bisect_left(starts, start)
        high = bisect_left(starts, end, low)
        begins_inside = low > 0 and starts[low - 1] + known[low - 1][1] > start
        if begins_inside or (high > low and starts[high - 1] + known[high - 1][1] > end):
            inside = Words(self.text, start, end)
            part = Part(inside, 0, len(inside.entries))
        else:
            part = Part(self, low, high)
        self._parts[start, end] = part
        return part

    def end(self, word: int) -> int:
        """The code point after a word."""
        return self.starts[word] + self.entries[word][1]

    def beginning(self, start: int, end: int) -> Part:
        """The words that begin in `text[start:end]`."""
        low = bisect_left(self.starts, start)
        return Part(self, low, bisect_left(self.starts, end, low))


class Part:
    """Words in a row with their tags and marks; places are counted from the first of them.

    It refers to the words' lists, not to the words that remember it: what refers to itself waits for the garbage
    collector.
    """

    __slots__ = ("_verb", "entries", "high", "low", "marks", "starts", "tags", "text")

    def __init__(self, words: Words, low: int, high: int) -> None:
        self.text, self.starts, self.entries = words.text, words.starts, words.entries
        self.low, self.high = low, high
        self.tags, self.marks = words.tags[low:high], words.marks[low:high]
        self._verb: int | None = None

    @property
    def verb(self) -> int:
        """The place of the finite verb (see `predicates.likely_verb`); -1 where there is none."""
        if self._verb is None:
            self._verb = likely_verb(self.tags, 0, len(self.tags))
        return self._verb

    def start(self, place: int) -> int:
        """The code point at which a word begins."""
        return self.starts[self.low + place]

    def end(self, place: int) -> int:
        """The code point after a word."""
        at = self.low + place
        return self.starts[at] + self.entries[at][1]

    def word(self, place: int) -> str:
        """A word in lower case."""
        return self.entries[self.low + place][2]

    def lower(self, first: int, end: int) -> list[str]:
        """The words from one place up to another, in lower case."""
        return [entry[2] for entry in self.entries[self.low + first : min(self.high, self.low + end)]]
