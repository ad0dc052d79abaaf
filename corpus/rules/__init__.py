"""The rules that findings speak of: stable codes, what each demands, and what to do when it is broken.

A code is never renamed or used for something else. Each has a fault in `tests/faults/` or `tests/` that
breaks it.
"""

from __future__ import annotations

from corpus.rules.annotations import ANNOTATION_RULES
from corpus.rules.datasets import FILES, MARKS, TABLES
from corpus.rules.releases import DESCRIPTIONS, RELEASES, TEXT_FREE
from corpus.rules.rule import Level, Rule
from corpus.rules.seeds import FORMS, INSPECTIONS, SEEDS, TEXTS

__all__ = ["RULES", "Level", "Rule"]

RULES: dict[str, Rule] = (
    SEEDS
    | TEXTS
    | FORMS
    | INSPECTIONS
    | MARKS
    | TABLES
    | FILES
    | DESCRIPTIONS
    | RELEASES
    | TEXT_FREE
    | ANNOTATION_RULES
)
