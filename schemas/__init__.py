"""What every table promises: one pandera model per table, from which all else is derived.

The models load pandera, which takes half a second: they are imported on first use.
`schemas.labels` holds the closed lists and loads nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.columns import Table

# The order in which the tables are published; the first is what `load_dataset` gives by default.
TABLES = (
    "articles",
    "paragraphs",
    "sentences",
    "claims",
    "claim_passes",
    "figures",
    "claims_automatic",
    "figures_automatic",
    "actors",
    "sources",
    "perspectives",
    "quantities",
    "divergences",
    "vocabulary",
    "seeds",
    "ledger",
)
# Published only where they have rows, and named on no page before that.
OCCASIONAL_TABLES = ("removed",)
KNOWN_TABLES = (*TABLES, *OCCASIONAL_TABLES)


def models() -> dict[str, type[Table]]:
    """The model of each table, by name, in the order of `KNOWN_TABLES`."""
    from schemas.articles import Articles
    from schemas.claims import ClaimPasses, Claims, ClaimsAutomatic
    from schemas.figures import Figures, FiguresAutomatic
    from schemas.paragraphs import Paragraphs
    from schemas.provenance import Ledger, Seeds
    from schemas.registers import Actors, Divergences, Perspectives, Quantities, Removed, Sources, Vocabulary
    from schemas.sentences import Sentences

    return {
        "articles": Articles,
        "paragraphs": Paragraphs,
        "sentences": Sentences,
        "claims": Claims,
        "claim_passes": ClaimPasses,
        "figures": Figures,
        "claims_automatic": ClaimsAutomatic,
        "figures_automatic": FiguresAutomatic,
        "actors": Actors,
        "sources": Sources,
        "perspectives": Perspectives,
        "quantities": Quantities,
        "divergences": Divergences,
        "vocabulary": Vocabulary,
        "seeds": Seeds,
        "ledger": Ledger,
        "removed": Removed,
    }
