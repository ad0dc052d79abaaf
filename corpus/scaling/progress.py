"""How far a build is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advance:
    """How far the bulk seeds are. `size`: code points of texts; `expected`: records, None where nobody knows yet."""

    articles: int
    refused: int
    size: int
    expected: int | None


Progress = Callable[[str | Advance], None]
"""Is told the name of each stage, and inside the stage of bulk seeds how far it is."""
