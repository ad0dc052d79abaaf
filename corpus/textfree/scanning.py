"""Paragraphs of a release in the text of a copy: sought by the digest of their folded words.

A copy is normalised as seeds are, folded, and its line ends taken as spaces. At the start of each line, the paragraph
that the line is; else, one that ends after it (a wrapped copy) or inside it (a copy whose line ends are gone); else,
one that the line ends with (after a label, or a mark that a crawler put there). After a paragraph, the next may start.
What is not found so is sought a second time, from any word: a line that is one paragraph may be the start of a longer
one.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from corpus.text.decoding import DecodedText
from corpus.text.edits import Edits
from corpus.text.limits import MOST_EDITS
from corpus.text.normalising import NormalisedText, normalise
from corpus.textfree.folding import Folded, Positions, fold
from corpus.textfree.store import FoundWords, Store

WRAPPED = "line breaks"
_REASONS = {
    "byte_order_mark": "a byte-order mark",
    "soft_hyphen": "invisible characters",
    "zero_width_space": "invisible characters",
    "unicode_space": "spaces",
    "space_run": "spaces",
    "trimmed": "spaces",
    "nfc": "Unicode form",
}
_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_WORDS_BEFORE = 12  # of a label before a paragraph
# Lengths tried at places where the line itself is no paragraph: so many, and some more for each wanted paragraph.
_MOST_PROBES = 20_000_000
_PROBES_EACH = 2_000


class Scanner:
    """Seeks the wanted paragraphs of a store in texts. `gave_up`: whether a text was not sought through to its end."""

    def __init__(self, store: Store, wanted: int) -> None:
        self._store = store
        self._probes = _MOST_PROBES + _PROBES_EACH * wanted
        self.gave_up = False

    def scan(self, text: str, file: str) -> int:
        """Keep what is found in a text of that file. Returns how many paragraphs were found.

        Raises `TextTooLargeError` for a text that would need too much memory.
        """
        copy = _Copy(normalise(DecodedText(text, "utf-8")))
        done = found = 0
        for start, end in copy.lines():
            at = start
            while done <= at < end:
                place = self._paragraph_at(copy.folded.text, at, end, is_inside=at > start)
                if place is None:
                    break
                self._keep(copy, *place, file, is_line=place == (start, end))
                found += 1
                done = at = place[1] + 1
        return found

    def _keep(self, copy: _Copy, start: int, stop: int, file: str, *, is_line: bool) -> None:
        words, ways = copy.taken(start, stop)
        found = FoundWords(words, ways if is_line else ways | {WRAPPED}, file, copy.line_at(start))
        self._store.put_found(_digest(copy.folded.text[start:stop]), found)

    def _paragraph_at(self, text: str, start: int, end: int, *, is_inside: bool) -> tuple[int, int] | None:
        """The paragraph that starts there, and ends with the line or is the longest one; or one after a few words.

        That one ends the line, unless the place `is_inside` a line that holds a paragraph already.
        """
        if self._store.is_wanted(_digest(text[start:end])):
            return start, end
        longest = self._longest_at(text, start)
        if longest is not None:
            return start, longest
        for _ in range(_WORDS_BEFORE):
            start = text.find(" ", start, end) + 1
            if not start:
                break
            if self._store.is_wanted(_digest(text[start:end])):
                return start, end
            if is_inside and (longest := self._longest_at(text, start)) is not None:
                return start, longest
        return None

    def _longest_at(self, text: str, start: int) -> int | None:
        """Where the longest wanted paragraph that starts there ends."""
        running, taken, longest = hashlib.sha256(), start, None
        for length in self._store.lengths:
            stop = start + length
            if stop > len(text):
                break
            if self._probes <= 0:
                self.gave_up = True
                break
            self._probes -= 1
            if stop < len(text) and text[stop] != " ":
                continue
            running.update(text[taken:stop].encode("utf-8", "surrogatepass"))
            taken = stop
            if self._store.is_wanted(running.copy().digest()):
                longest = stop
        return longest

    def scan_thoroughly(self, text: str, file: str) -> int:
        """As `scan`, for what it left: wanted paragraphs that start with any word, as long as time is left.

        Raises `TextTooLargeError`.
        """
        copy = _Copy(normalise(DecodedText(text, "utf-8")))
        found = 0
        at, text = 0, copy.folded.text
        while not self.gave_up:
            stop = self._longest_at(text, at)
            if stop is not None:
                self._keep(copy, at, stop, file, is_line=False)
                found += 1
            at = text.find(" ", at) + 1
            if not at:
                break
        return found


class _Copy:
    """The text of a copy, normalised and folded, with the ways back."""

    def __init__(self, known: NormalisedText) -> None:
        self._known = known
        self._text = known.text.replace("\n", " ")
        self.folded: Folded = fold(self._text, MOST_EDITS)
        self._folding = Positions(self.folded.edits)
        self._normalising = Positions(known.edits)
        self._edits: Edits = known.edits
        self._starts = [edit.start for edit in known.edits]
        self._line, self._counted = 1, 0

    def lines(self) -> Iterator[tuple[int, int]]:
        """The lines, as code points of the folded text."""
        at = 0
        for line in self._known.text.split("\n"):
            yield self._folding.after(at), self._folding.after(at + len(line))
            at += len(line) + 1

    def taken(self, start: int, stop: int) -> tuple[str, frozenset[str]]:
        """The words of a range of the folded text before folding, and what normalising changed in and around them."""
        first, last = self._folding.before(start), self._folding.before(stop)
        words = self._text[first:last]
        source = self._normalising.before(first), self._normalising.before(last)
        edits = self._edits[bisect_left(self._starts, source[0]) : bisect_right(self._starts, source[1])]
        ways = {way for edit in edits for way in self._ways(edit.start, edit.end, edit.reason)}
        return words, frozenset(ways)

    def _ways(self, start: int, end: int, reason: str) -> Iterator[str]:
        for part in reason.split("+"):
            if part in _REASONS:
                yield _REASONS[part]
                continue
            changed = self._known.source.text[start:end]
            if any(character in _ENDS for character in changed):
                yield "line ends"
            if "\n" in changed and not (end == len(self._known.source.text) and changed.count("\n") == 1):
                yield "blank lines"
            if " " in changed:
                yield "spaces"

    def line_at(self, position: int) -> int:
        """The line of the copy, from 1, on which a place of the folded text stands; asked for in ascending order."""
        source = self._normalising.before(self._folding.before(position) + 1) - 1  # past blank lines before it
        self._line += self._known.source.text.count("\n", self._counted, source)
        self._counted = max(self._counted, source)
        return self._line


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
