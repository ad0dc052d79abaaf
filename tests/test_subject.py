"""Everything that is about this corpus stands in `seeds/`: the program names none of its actors or sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for folder in ("corpus", "schemas")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts
]
# Words of those names that the program uses for something else, each with what for.
GENERAL = {
    "Ala": "an abbreviation of English texts (Ala. for Alabama)",
    "Claims": "what the program finds and checks",
    "European": "how numbers are written",
    "Hebrew": "a language with abbreviations and a script of its own",
    "Islamic": "a calendar",
    "Kan": "an abbreviation of English texts (Kan. for Kansas)",
}
# Ordinary words that stand in names of bodies and media, and may stand anywhere.
ORDINARY = frozenset(
    """Action Agency Assembly Axis Breaking Broadcasting Center Channel Corporation Council Court Daily Disabled
    Division East General Health Herald House Information Institute International Journal Justice Local Middle Mirror
    Monitor Movement National Near New News North Organization Party Policy Political Popular Press Public Radio Red
    Regional Republic Scholars Security States Street Studies The Times Union United Units Upper Wall West Western
    White""".split()
)
# Names of several words, in any case: the program's own, in one place, and an example of an abbreviation.
PHRASES = {"gaza-press-claims": ["corpus/names.py"], "U.S.": ["corpus/text/sentences.py"]}


def register(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "seeds" / f"{name}.toml").read_text("utf-8"))


def names() -> Iterator[str]:
    """What the registers and the dataset call themselves and the actors and sources."""
    dataset = register("dataset")
    yield from (dataset["title"], dataset["name"])
    for actor in register("actors")["actor"]:
        yield from (actor["name"], *actor.get("variants", []), *actor.get("variants_ambiguous", []))
    for source in register("sources")["source"]:
        yield from (source["name"], *source.get("names", []))


def found(words: set[str], *, any_case: bool) -> dict[str, list[str]]:
    """The words that stand in files of the program, each with the files."""
    flags = re.IGNORECASE if any_case else 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)", flags)
    places: dict[str, list[str]] = {}
    for path in FILES:
        for match in set(pattern.findall(path.read_text("utf-8"))):
            places.setdefault(match, []).append(path.relative_to(ROOT).as_posix())
    return places


def test_no_name_of_the_corpus_stands_in_the_program() -> None:
    """No name of two words or more stands in the program, but for the listed ones."""
    phrases = {name for name in names() if re.search(r"\W", name.removeprefix("The "))}

    assert len(phrases) > 100
    assert found(phrases, any_case=True) == PHRASES


def test_no_word_of_those_names_stands_in_the_program() -> None:
    """Of their words with a capital none stands in the program, but for the listed ones."""
    words = {word for name in names() for word in re.findall(r"\b[A-Z]\w{2,}", name)}
    hits = found(words - ORDINARY, any_case=False)

    assert len(words) > 200
    assert hits.keys() <= GENERAL.keys(), {word: hits[word] for word in hits.keys() - GENERAL.keys()}


def test_allowed_words_are_needed() -> None:
    """None is allowed that the program does not use, and no ordinary word that is in none of the names."""
    words = {word for name in names() for word in re.findall(r"\b[A-Z]\w{2,}", name)}

    assert found(words - ORDINARY, any_case=False).keys() == GENERAL.keys()
    assert words >= ORDINARY
