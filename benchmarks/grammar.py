"""Sentences from a weighted context-free grammar over words with Zipf's frequencies. Rules and words are data.

`grammar.toml` holds the rules, `vocabulary.toml` the words. Draws use only `random.random`, whose sequence for a seed
Python promises to keep from version to version, and tables of whole numbers.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Draw = Callable[[], str]
_SLOT = re.compile(r"\{(a )?(\w+)\}")
_TABLE = 4096  # entries of a table of draws: the rarest word is drawn once in so many
_EXPONENT = 1.0  # of Zipf's law, for each list of words
_TOPICAL = 0.35  # how many of an article's nouns are its topic's
_SOUND_LIKE_CONSONANTS = ("uni", "use", "eu", "one")
_SOUND_LIKE_VOWELS = ("hour", "honest", "heir")
_VOWELS = "aeiou"


class Grammar:
    """The rules for one topic, ready to draw from.

    `random`: gives numbers from 0 to 1, 1 not among them. `cast`: the names that change with each article; the lists
    are read at every draw, so that they may be filled again between articles.
    """

    def __init__(self, topic: str, random: Callable[[], float], cast: Mapping[str, list[str]]) -> None:
        self._random = random
        self._cast = cast
        self._rules = _read("grammar")
        self._words = _tables(topic)
        self._draws: dict[str, Draw] = {}

    def draw(self, name: str) -> Draw:
        """What gives another expansion of a rule, or another word of a list, at each call."""
        if name not in self._draws:
            self._draws[name] = self._rule(name) if name in self._rules else self._word(name)
        return self._draws[name]

    def _word(self, name: str) -> Draw:
        return _from(self._cast[name] if name in self._cast else self._words[name], self._random)

    def _rule(self, name: str) -> Draw:
        random, size = self._random, _TABLE
        table: list[tuple[str, list[Draw]]] = []

        def run() -> str:
            template, draws = table[int(random() * size)]
            return template % tuple([draw() for draw in draws]) if draws else template

        self._draws[name] = run  # before its frames are read: a rule may contain itself
        lines = [line.partition("|") for line in self._rules[name].strip("\n").split("\n")]
        frames = [self._frame(frame.removeprefix(" ")) for _, _, frame in lines]
        table += _in_proportion(frames, [float(weight) for weight, _, _ in lines])
        return run if any(draws for _, draws in frames) else _from([template for template, _ in table], random)

    def _frame(self, frame: str) -> tuple[str, list[Draw]]:
        """What stands between the draws, with `%s` for each of them."""
        slots = list(_SLOT.finditer(frame))
        draws = [_with_article(self.draw(slot[2])) if slot[1] else self.draw(slot[2]) for slot in slots]
        return _SLOT.sub("%s", frame), draws


def names(kind: str) -> list[str]:
    """Invented names: `first`, `last` or `town`, commonest first."""
    words = _read("vocabulary")["words"]
    if kind == "first":
        return list(words["first_names"].split())
    parts = words["syllables"].split()
    step, count = (7, 1200) if kind == "last" else (11, 500)
    found = dict.fromkeys(_joined(parts, step * number) for number in range(1, count + 1))
    accented = words["accented"].split() if kind == "last" else []
    return [*list(found)[:20], *accented, *list(found)[20:]]


def zipf(words: Sequence[str]) -> list[str]:
    """A table of draws: the word of rank r as often as r to the power of -_EXPONENT, and each at least once."""
    return _in_proportion(words, [rank**-_EXPONENT for rank in range(1, len(words) + 1)])


def _from(words: list[str], random: Callable[[], float]) -> Draw:
    return lambda: words[int(random() * len(words))]


def _joined(parts: Sequence[str], number: int) -> str:
    first, second = divmod(number * 31, len(parts))
    return (parts[first % len(parts)] + parts[second]).capitalize()


def _in_proportion(values: Sequence[Any], weights: Sequence[float]) -> list[Any]:
    """A table of _TABLE entries; each value has one at least, the first makes up for what rounding adds."""
    total = sum(weights)
    table = [
        value
        for value, weight in zip(values, weights, strict=True)
        for _ in range(max(1, round((_TABLE - len(values)) * weight / total)))
    ]
    return [values[0]] * (_TABLE - len(table)) + table


def _with_article(draw: Draw) -> Draw:
    def run() -> str:
        word = draw()
        is_vowel = word[0] in _VOWELS and not word.startswith(_SOUND_LIKE_CONSONANTS)
        return f"an {word}" if is_vowel or word.startswith(_SOUND_LIKE_VOWELS) else f"a {word}"

    return run


@functools.cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


@functools.cache
def topics() -> tuple[str, ...]:
    """What articles can be about."""
    return tuple(_read("vocabulary")["topics"])


@functools.cache
def _tables(topic: str) -> dict[str, list[str]]:
    """A table of draws for each kind of word in each form."""
    vocabulary = _read("vocabulary")
    words = {name: text.split() for name, text in vocabulary["words"].items()}
    nouns = _nouns(words["nouns"], vocabulary["topics"][topic].split())
    verbs = [_verb(entry) for entry in words["transitive"]]
    bases, pasts, participles = (zipf([verb[form] for verb in verbs]) for form in range(3))
    return {
        "N": nouns,
        "Ns": [_with_s(noun) for noun in nouns],
        "A": zipf(words["adjectives"]),
        "V": bases,
        "Vs": [_with_s(base) for base in bases],
        "Ved": pasts,
        "Ven": participles,
        "Ving": [_with_ing(base, past) for base, past, _ in map(_verb, zipf(words["transitive"]))],
        "Id": zipf([_verb(entry)[1] for entry in words["intransitive"]]),
        "adverb": zipf(words["adverbs"]),
        "role": zipf(words["roles"]),
        "acronym": zipf(words["acronyms"]),
        "month": words["months"],
        "weekday": words["weekdays"],
        "year": [str(year) for year in range(2015, 2025)],
        "dayofmonth": [str(day) for day in range(1, 29)],
        "small": [str(number) for number in range(1, 10)],
        "digit": [str(number) for number in range(10)],
    }


def _nouns(common: Sequence[str], topical: Sequence[str]) -> list[str]:
    ofall, oftopic = zipf(common), zipf(topical)
    step = _TOPICAL / (1 - _TOPICAL) * len(ofall) / len(oftopic)
    return [*ofall, *oftopic[:: max(1, round(1 / step))]]


def _verb(entry: str) -> tuple[str, str, str]:
    """Base, past and participle; a verb that gives only its base is regular."""
    base, *given = entry.split("/")
    past = given[0] if given else _with_ed(base)
    return base, past, given[1] if given else past


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if _ends_in_consonant_y(word) else word + "s"


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if _ends_in_consonant_y(base) else base + "ed"


def _with_ing(base: str, past: str) -> str:
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    doubles = past == f"{base}{base[-1]}ed" or base in {"cut", "sit", "run", "win", "swim", "let"}
    return base + base[-1] + "ing" if doubles else base + "ing"


def _ends_in_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in _VOWELS
