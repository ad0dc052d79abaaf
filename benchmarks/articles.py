"""Generated articles in the form of English news, as many as wanted, to measure how the program scales.

Run: python -m benchmarks.articles 100000 news.jsonl   (one JSON object a line: id, title, date, text)

A grammar writes them (grammar.toml, vocabulary.toml), as a stream: the same seed gives the same bytes with every
version of Python, and article i is the same however many are written. All that they say is invented and harmless:
rents, harvests, football, councils. How often they have what makes work was set by a count over the bodies of the 14
articles in seeds/ (392 sentences), per 100 sentences:

    feature                               seeds  generated    feature                          seeds  generated
    words                                  2614       2616    bytes                            16700      17100
    sentences with a quotation               22         22    characters in quotation marks     9.9%       8.3%
    sentences with one of fifty cues         26         30    sentences with "said"                5          6
    "according to"                          3.6        3.2    "that"                              33         32
    claims found by rule                    140        119    figures found in claims             38         41
    numbers in digits                        37         31    numbers in words                    22         22
    names and capitals inside               309        364    abbreviations with a stop          0.8        1.9
    commas                                  147        171    hyphens inside words                23         26
    dashes                                  4.6        3.9    parentheses                        3.3        2.8
    articles with a dateline           1 of 14    1 of 14    sentences of a paragraph          1.54       1.52

Lengths are log-normal with the seeds' deviation (0.51 of the logarithm) around the length of ordinary news, 19
sentences or 3.3 KB; the seeds, commentary mostly, are half as long again. Words follow Zipf's law (exponent over the
first thousand ranks of ten thousand words: seeds -0.90, generated -1.05), so that 500 articles shrink by zstd at level
3 to 1/3.5 (the seeds alone, 67 KB, to 1/2.7, as much of these to 1/3.1). What they lack: sense, and rare words, since
the vocabulary has some 5,000 (10,000 words hold 1,440 different ones, of the seeds 2,400). One article in twenty each
has CRLF, no-break spaces after numbers, and double spaces after sentences; three in a hundred have decomposed letters.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import json
import math
import multiprocessing
import random
import re
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.grammar import Draw, Grammar, names, topics, zipf

_SENTENCES, _SIGMA = 19, 0.51  # mean of the log-normal, standard deviation of its logarithm
_QUANTILES = 1024
_PARAGRAPHS = (1,) * 166 + (2,) * 56 + (3,) * 21 + (4,) * 6 + (5,) * 4 + (7,)  # sentences, as counted in the seeds
_DATELINES = 1 / 14
_FIRST_DAY, _DAYS = datetime.date(2019, 1, 1).toordinal(), 1826
_PERSONS, _TOWNS = 6, 4
_CHUNK = 500  # articles that a process writes at a time
Value = TypeVar("Value")


class Article(NamedTuple):
    """One record. `date`: ISO 8601. `text`: paragraphs by line breaks, the title not among them."""

    id: str
    title: str
    date: str
    text: str


class Writer:
    """Writes articles, in any order: nothing of one is kept for the next."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        self._draws = random.Random()
        self._random = self._draws.random
        self._cast: dict[str, list[str]] = {"full": [], "surname": [], "person": [], "town": []}
        self._names = {kind: zipf(names(kind)) for kind in ("first", "last", "town")}
        grammars = (Grammar(topic, self._random, self._cast) for topic in topics())
        self._rules: list[tuple[Draw, Draw]] = [
            (grammar.draw("sentence"), grammar.draw("title")) for grammar in grammars
        ]
        normal = statistics.NormalDist(math.log(_SENTENCES) - _SIGMA**2 / 2, _SIGMA)
        self._lengths = [round(math.exp(normal.inv_cdf((at + 0.5) / _QUANTILES))) for at in range(_QUANTILES)]

    def article(self, number: int) -> Article:
        """The article of this number, counted from 0."""
        self._draws.seed(self._seed << 40 | number)
        self._fill_cast()
        sentence, title = self._one_of(self._rules)
        day = datetime.date.fromordinal(_FIRST_DAY + int(self._random() * _DAYS))
        text = self._dateline(day) + "\n".join(self._paragraphs(sentence, self._one_of(self._lengths)))
        return Article(f"a{number:07}", _finished(title()), day.isoformat(), self._dirtied(text))

    def _paragraphs(self, sentence: Draw, left: int) -> Iterator[str]:
        while left > 0:
            count = min(left, self._one_of(_PARAGRAPHS))
            yield " ".join([_finished(sentence()) for _ in range(count)])
            left -= count

    def _dateline(self, day: datetime.date) -> str:
        return f"{self._cast['town'][0].upper()} – " if self._random() < _DATELINES else ""

    def _fill_cast(self) -> None:
        one_of, made = self._one_of, self._names
        surnames = [one_of(made["last"]) for _ in range(_PERSONS)]
        full = [f"{one_of(made['first'])} {surname}" for surname in surnames]
        self._cast["full"][:] = full
        self._cast["surname"][:] = surnames
        self._cast["person"][:] = [*surnames, *surnames[:4], *full]
        self._cast["town"][:] = [one_of(made["town"]) for _ in range(_TOWNS)]

    def _dirtied(self, text: str) -> str:
        """The text with what real dumps have: one draw for each kind, so that one article may have several."""
        crlf, nbsp, decomposed, doubled = (self._random() for _ in range(4))
        if doubled < 0.05:
            text = text.replace(". ", ".  ")
        if nbsp < 0.05:
            text = re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)
        if decomposed < 0.03:
            text = unicodedata.normalize("NFD", text)
        return text.replace("\n", "\r\n") if crlf < 0.05 else text

    def _one_of(self, values: Sequence[Value]) -> Value:
        return values[int(self._random() * len(values))]


def _finished(words: str) -> str:
    """A sentence with its first letter large, and one mark where an aside ends at another."""
    words = words.replace(",,", ",").replace(",.", ".").replace(", –", " –")
    at = 1 if words[0] == "“" else 0
    return words[:at] + words[at].upper() + words[at + 1 :]


def lines(first: int, count: int, seed: int = 1) -> list[str]:
    """Articles from number `first` on as lines of JSON."""
    writer = _writer(seed)
    return [json.dumps(writer.article(first + at)._asdict(), ensure_ascii=False) + "\n" for at in range(count)]


def write(path: Path, count: int, *, seed: int = 1, workers: int = 2) -> None:
    """Write the first `count` articles, one JSON object a line, in processes of their own; memory does not grow."""
    chunks = [(first, min(_CHUNK, count - first), seed) for first in range(0, count, _CHUNK)]
    with path.open("w", encoding="utf-8", newline="\n") as file, multiprocessing.Pool(workers) as pool:
        for chunk in pool.imap(_lines, chunks):
            file.writelines(chunk)


def _lines(chunk: tuple[int, int, int]) -> list[str]:
    return lines(*chunk)


@functools.cache
def _writer(seed: int) -> Writer:
    return Writer(seed)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.articles", description="Write generated articles.")
    parser.add_argument("count", type=int, help="how many")
    parser.add_argument("path", type=Path, help="the file to write, JSON Lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    write(given.path, given.count, seed=given.seed, workers=given.workers)


if __name__ == "__main__":
    main()
