"""The registers: `actors`, `sources`, `perspectives`, `quantities`, `divergences`, `vocabulary` and `removed`."""

import datetime

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import Table, column
from schemas.labels import REMOVAL_REASONS, REMOVED_KINDS


class Actors(Table):
    """One row per person, body or group that speaks or is spoken of."""

    actor_id: str = column("Id of the actor.", key=True)
    name: str = column("The most neutral common name.")
    kind: str = column("What kind of actor it is.", vocabulary="actor_kind")
    variants: list[str] = column("Forms under which the texts name the actor.")
    variants_ambiguous: list[str] = column("Forms that name the actor in some places and something else in others.")
    wikidata: str = column("Wikidata id, only where it was verified.", nullable=True, str_matches=r"^Q[0-9]+$")
    source_id: str = column("The medium, where the actor is one.", references="sources.source_id", nullable=True)
    affiliation: str = column("A person's role as the texts state it.", nullable=True)
    note: str = column("What helps to resolve the name.", nullable=True)


class Sources(Table):
    """One row per outlet, compiler or medium that a text cites."""

    source_id: str = column("Id of the source.", key=True)
    name: str = column("Its name in English usage.")
    names: list[str] = column("Other forms under which the texts name it.")
    kind: str = column("What kind of medium it is.", vocabulary="source_kind")
    roles: list[str] = column("What it is to this corpus.", vocabulary="source_role")
    country: str = column("Country; null unless a cited statement says it.", nullable=True)
    owner: str = column("Owner; null unless a cited statement says it.", nullable=True)
    state_relation: str = column("Relation to a state; null unless a cited statement says it.", nullable=True)
    rights: str = column("What is known of its terms of republishing.")
    rights_status: str = column("The same in one word.", vocabulary="rights_status")


class Perspectives(Table):
    """One row per statement about an organisation's perspective, by the organisation or a named third party."""

    statement_id: str = column("Id of the statement.", key=True)
    source_id: str = column("The organisation.", references="sources.source_id")
    aspect: str = column("What the statement is about.", vocabulary="aspect")
    asserted_by: str = column("Who says so; never this project.", nullable=True)
    statement: str = column("What is said, in neutral words; quoted terms in quotation marks.")
    basis: str = column("Whether a statement is cited, or none was found.", isin=("cited", "none_found"))
    citation_title: str = column("What is cited.", nullable=True)
    citation_locator: str = column("Where it stands.", nullable=True)
    seen: str = column("Whether the page or only an excerpt of it was seen.", nullable=True, isin=("page", "excerpt"))
    accessed: datetime.date = column("When it was seen.", nullable=True)
    note: str = column("What a reader of the citation should know.", nullable=True)

    @pa.dataframe_check
    @classmethod
    def cited_has_citation(cls, data: PolarsData) -> pl.LazyFrame:
        """A cited statement names who says so, where it stands, and what of it was seen when."""
        names = ("asserted_by", "citation_locator", "seen", "accessed")
        whole = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
        return data.lazyframe.select(whole == (pl.col("basis") == "cited"))


class Quantities(Table):
    """One row per thing that several figures count."""

    quantity_id: str = column("Id of the quantity.", key=True)
    name: str = column("What is counted.")
    unit: str = column("The unit that its figures share.")
    note: str = column("What to mind when comparing.", nullable=True)


class Divergences(Table):
    """One row per point on which an article and another report say different things; neither is said to be right."""

    divergence_id: str = column("Id of the divergence.", key=True)
    article_id: str = column("The article.", references="articles.article_id")
    claim_id: str = column("The claim, where it is one.", references="claims.claim_id", nullable=True)
    article_reports: str = column("What the article reports.")
    other: str = column("Who reports otherwise.")
    other_reports: str = column("What the other reports.")
    locator: str = column("Where the other report stands.")
    seen: str = column("How much of it was seen.", nullable=True, isin=("page", "excerpt"))
    accessed: datetime.date = column("When it was seen.", nullable=True)
    note: str = column("What a reader should know.", nullable=True)


class Vocabulary(Table):
    """One row per term of a closed list of this corpus."""

    term_id: str = column("The list and the term.", key=True)
    list: str = column("Name of the list.")
    term: str = column("The term.")
    means: str = column("What it means.")


class Removed(Table):
    """One row per id that was taken down and is never used again."""

    removed_id: str = column("The id that is no more.", key=True)
    kind: str = column("What it named.", isin=REMOVED_KINDS)
    removed: datetime.date = column("When it was taken down.")
    reason: str = column("Why, in one word.", isin=REMOVAL_REASONS)
    note: str = column("Why, in a sentence; it repeats no word of what was taken down.")
    sha256: str = column(
        "SHA-256 of what went: an article's or a claim's text in UTF-8, a seed's file.", str_matches=r"^[0-9a-f]{64}$"
    )
    article_id: str = column("The article that a claim belonged to.", nullable=True)
    seed_id: str = column("The seed that it stood in.", nullable=True)
    seed_sha256: str = column(
        "SHA-256 of the seed's file before; null where its bytes stayed.",
        nullable=True,
        str_matches=r"^[0-9a-f]{64}$",
    )
