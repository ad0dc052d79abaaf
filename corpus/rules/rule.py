"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule demands and how to mend a breach of it."""

    says: str
    remedy: str
    level: Level = "error"
