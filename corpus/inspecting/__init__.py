"""A look at article texts for what should not enter a corpus unseen: pure text in, suspicions out.

Nothing here changes a text or refuses one. Texts are normalised ones; every inspection takes time linear in the text,
and those with a heavy library import it when they are first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.inspecting.bidi import inspect_bidi
from corpus.inspecting.boilerplate import inspect_boilerplate
from corpus.inspecting.characters import inspect_characters
from corpus.inspecting.contacts import inspect_contacts
from corpus.inspecting.language import inspect_language
from corpus.inspecting.likeness import LikenessIndex
from corpus.inspecting.mojibake import inspect_mojibake
from corpus.inspecting.scripts import inspect_scripts
from corpus.inspecting.suspicions import Suspicion
from corpus.inspecting.zero_width import inspect_zero_width

__all__ = ["INSPECTIONS", "MOST_PER_CODE", "LikenessIndex", "Suspicion", "inspect"]

Inspection = Callable[[str, str | None], Iterator[Suspicion]]

INSPECTIONS: tuple[Inspection, ...] = (
    inspect_characters,
    inspect_bidi,
    inspect_zero_width,
    inspect_mojibake,
    inspect_scripts,
    inspect_language,
    inspect_boilerplate,
    inspect_contacts,
)
MOST_PER_CODE = 5


def inspect(text: str, language: str | None) -> list[Suspicion]:
    """All suspicions about one text, by inspection and then by place; likeness to other texts is not among them.

    `language`: the tag that is declared for the text (`en`, `pt-BR`), None where none is. Of one code the first
    MOST_PER_CODE are given, and then one without a span that tells how many more there are.
    """
    kept: list[Suspicion] = []
    counts: dict[str, int] = {}
    for inspection in INSPECTIONS:
        for suspicion in inspection(text, language):
            counts[suspicion.code] = counts.get(suspicion.code, 0) + 1
            if counts[suspicion.code] <= MOST_PER_CODE:
                kept.append(suspicion)
    return kept + [_rest(code, count) for code, count in counts.items() if count > MOST_PER_CODE]


def _rest(code: str, count: int) -> Suspicion:
    """The one that stands for those left out."""
    return Suspicion(code, None, "none", f"{count - MOST_PER_CODE} more of the same in this text")
