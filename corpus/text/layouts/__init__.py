"""Layouts: which lines of a normalised text are which article, and what of them is title, byline and text.

A layout is a module with `recognises(lines)` (0 to 1) and `read(lines)`. A further one is entered in `LAYOUTS`;
nothing else names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corpus.text.layouts import article, digest, europresse, factiva, lexis_advance, nexis
from corpus.text.layouts.readings import ArticleLines, Doubt, LayoutReading, Piece

__all__ = ["LAYOUTS", "ArticleLines", "Doubt", "Layout", "LayoutReading", "Piece", "detect_layout"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout's two functions: how sure it is of a text (0 to 1), and its reading of one."""

    recognises: Callable[[Sequence[str]], float]
    read: Callable[[Sequence[str]], LayoutReading]


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "nexis": Layout(nexis.recognises, nexis.read),
        "lexis_advance": Layout(lexis_advance.recognises, lexis_advance.read),
        "factiva": Layout(factiva.recognises, factiva.read),
        "europresse": Layout(europresse.recognises, europresse.read),
        "digest": Layout(digest.recognises, digest.read),
        "article": Layout(article.recognises, article.read),
    }
)
"""Every layout by its name, those with the surest marks first: of equals the first one counts."""


def detect_layout(lines: Sequence[str]) -> str:
    """The name of the layout that is surest of `lines`; `article` where none other knows them."""
    return max(LAYOUTS, key=lambda name: LAYOUTS[name].recognises(lines)) if lines else "article"
