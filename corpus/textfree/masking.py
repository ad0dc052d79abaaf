"""Words of the articles in values that stay: found, counted, and replaced by a mark that hydration can undo.

Three passes, each in memory that grows with the values and not with the articles: `note` each value, `read` each
article, `mask` each value. A value keeps no run of more than `LONGEST_RUN` words of any article. Shorter runs, from
`SHORTEST_RUN` words on, stay while those of an article are no more than `LARGEST_SHARE` of its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.textfree.words import Word, shingles, words_of
from schemas.release import LARGEST_SHARE, LONGEST_RUN, MASK, SHORTEST_RUN

_LONG = LONGEST_RUN + 1
_FEWEST = SHORTEST_RUN * 2 + LONGEST_RUN  # words of an article that may be shared however short it is


class Slice(NamedTuple):
    """Words `[start, end)`, in code points, of an article. `at`: where in the masked value the mark stands."""

    at: int
    article_id: str
    start: int
    end: int


class Masked(NamedTuple):
    """A value without the words that are withheld. `left`: a run over the bound that stays, since its case differs."""

    text: str
    slices: tuple[Slice, ...]
    left: str | None = None


class _Found(NamedTuple):
    """A run of words of an article that stands in some value, too."""

    article_id: str
    text: str
    start: int
    words: tuple[Word, ...]


class Masker:
    """What the values share with the articles. `largest_share`: of an article's words, in runs that stay, 0 to 1."""

    def __init__(self) -> None:
        self._shared: set[int] = set()
        self._found: dict[tuple[int, int], _Found] = {}
        self.largest_share = 0.0

    def note(self, value: str) -> None:
        """Take in a value that is to be published."""
        if len(value) > 2 * SHORTEST_RUN - 2:
            self._shared.update(shingles(words_of(value), SHORTEST_RUN))

    def read(self, article_id: str, text: str, title: str | None) -> None:
        """Take in an article, its title apart: titles stay."""
        words = words_of(text)
        hits = [at for at, shingle in enumerate(shingles(words, SHORTEST_RUN)) if shingle in self._shared]
        if not hits:
            return
        titled = _title_words(text, title, words)
        hits = [at for at in hits if not titled.start < at + SHORTEST_RUN or at >= titled.stop]
        long = [at for at in _runs(hits) if at + _LONG <= len(words)]
        for at in long:
            self._keep(article_id, text, words[at : at + _LONG])
        covered = {at + more for at in long for more in range(_LONG)}
        short = {at + more for at in hits for more in range(SHORTEST_RUN)} - covered
        most = max(LARGEST_SHARE * len(words), _FEWEST)
        if len(short) > most:
            for at in hits:
                self._keep(article_id, text, words[at : at + SHORTEST_RUN])
        else:
            self.largest_share = max(self.largest_share, len(short) / len(words))

    def _keep(self, article_id: str, text: str, words: Sequence[Word]) -> None:
        key = len(words), hash(tuple(word.letters for word in words))
        start = words[0].start
        self._found.setdefault(key, _Found(article_id, text[start : words[-1].end], start, tuple(words)))

    def mask(self, value: str) -> Masked:
        """The value with a mark for each run of words that is withheld; code points that differ stay."""
        if not self._found or len(value) <= 2 * SHORTEST_RUN - 2:
            return Masked(value, ())
        words = words_of(value)
        origins: list[tuple[_Found, int] | None] = [None] * len(words)
        for length in (_LONG, SHORTEST_RUN):
            for at, shingle in enumerate(shingles(words, length)):
                found = self._found.get((length, shingle))
                if found and [w.letters for w in found.words] == [w.letters for w in words[at : at + length]]:
                    for more in range(length):
                        origins[at + more] = origins[at + more] or (found, more)
        masked = _masked(value, _pieces(value, words, origins))
        return masked._replace(left=_left(value, words, origins))


def _runs(hits: Sequence[int]) -> list[int]:
    """Where a run of `_LONG` words is shared throughout: the shorter runs that make it up are all hits."""
    there = set(hits)
    return [at for at in hits if all(at + more in there for more in range(_LONG - SHORTEST_RUN + 1))]


def _title_words(text: str, title: str | None, words: Sequence[Word]) -> range:
    """Which words of an article are its title's, where that opens it or stands on one line of it."""
    letters = [word.letters for word in words_of(title or "")]
    if letters and [word.letters for word in words[: len(letters)]] == letters:
        return range(len(letters))
    at = text.find(title) if title else -1
    if at < 0:
        return range(-1, -1)
    first = next((i for i, word in enumerate(words) if word.start >= at), 0)
    return range(first, first + len(letters))


def _left(value: str, words: Sequence[Word], origins: Sequence[tuple[_Found, int] | None]) -> str | None:
    """The first run over the bound that an article has in other letters of case, so that no slice of it is the same."""
    run = 0
    for at, (word, origin) in enumerate(zip(words, origins, strict=True)):
        run = run + 1 if origin and _place(value, word, origin) is None else 0
        if run > LONGEST_RUN:
            return value[words[at - LONGEST_RUN].start : word.end]
    return None


def _pieces(
    value: str, words: Sequence[Word], origins: Sequence[tuple[_Found, int] | None]
) -> Iterable[tuple[int, int, str, int]]:
    """Start and end of each stretch of the value that an article has to the code point, and where it has it."""
    start = end = -1
    source: tuple[str, int] | None = None
    for word, origin in zip(words, origins, strict=True):
        place = _place(value, word, origin)
        if source and place and end <= word.start and _goes_on(value, source, (start, end), word, place):
            end = word.end
            continue
        if source:
            yield start, end, *source
        start, end = word.start, word.end
        source = (place[0].article_id, place[1]) if place else None
    if source:
        yield start, end, *source


def _place(value: str, word: Word, origin: tuple[_Found, int] | None) -> tuple[_Found, int] | None:
    """Where the article has the word, if it has it in the same case."""
    if origin is None:
        return None
    found, index = origin
    there = found.words[index]
    same = found.text[there.start - found.start : there.end - found.start] == value[word.start : word.end]
    return (found, there.start) if same else None


def _goes_on(
    value: str, source: tuple[str, int], stretch: tuple[int, int], word: Word, place: tuple[_Found, int]
) -> bool:
    """Whether a word follows a stretch in the article as it does in the value, with the same marks between."""
    found, at = place
    article_id, begun = source
    between = value[stretch[1] : word.start]
    local = at - len(between) - found.start
    same_article = found.article_id == article_id and at - begun == word.start - stretch[0]
    return same_article and local >= 0 and found.text[local : at - found.start] == between


def _masked(value: str, pieces: Iterable[tuple[int, int, str, int]]) -> Masked:
    parts: list[str] = []
    slices: list[Slice] = []
    done = length = 0
    for start, end, article_id, begun in pieces:
        kept = value[done:start]
        length += len(kept)
        parts += (kept, MASK)
        slices.append(Slice(length, article_id, begun, begun + end - start))
        length += len(MASK)
        done = end
    return Masked("".join([*parts, value[done:]]), tuple(slices))


def unmask(masked: str, slices: Iterable[tuple[int, str]]) -> str:
    """The value again: `slices` say at which code points of it marks stand, and for which words.

    Raises `ValueError` where no mark stands at such a place.
    """
    parts: list[str] = []
    done = 0
    for at, words in sorted(slices):
        if at < done or masked[at : at + len(MASK)] != MASK:
            msg = f"no mark at {at}"
            raise ValueError(msg)
        parts += (masked[done:at], words)
        done = at + len(MASK)
    return "".join([*parts, masked[done:]])


def mask_whole(value: str, article_id: str, text: str) -> Masked | None:
    """A value that is made of lines of its article, each line masked; None where a line does not stand in it."""
    pieces, at = [], 0
    for line in value.split("\n"):
        begun = text.find(line)
        if begun < 0:
            return None
        if line:
            pieces.append((at, at + len(line), article_id, begun))
        at += len(line) + 1
    return _masked(value, pieces)
