"""`figures` and `figures_automatic`: numbers inside claims, made comparable."""

import datetime

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import SpanTable, column, together
from schemas.labels import AS_OF_BASES, COMPARATORS


class FigureColumns(SpanTable):
    """The columns that curated figures and those found by rule share."""

    figure_id: str = column("Id of the figure: the claim's and its place.", key=True)
    claim_id: str = column("The claim that holds it.")
    article_id: str = column("The article.", references="articles.article_id")
    text: str = column("The words, from comparator to counted noun.", third_party=True)
    char_start: int = column("First code point in `articles.text`.", ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", ge=1)
    value: float = column("The number; null for a range and for words such as `dozens`.", nullable=True)
    value_low: float = column("Least number that the words allow; null where they set no such bound.", nullable=True)
    value_high: float = column(
        "Greatest number that the words allow; null where they set no such bound.", nullable=True
    )
    comparator: str = column("How the words relate to the number.", isin=COMPARATORS)
    unit: str = column("What the number is a number of.")
    quantity_id: str = column(
        "What makes the figure comparable with others; null where nothing else counts the same.",
        references="quantities.quantity_id",
        nullable=True,
    )
    counted: str = column("What is counted, in a few words of the annotators.")
    place: str = column("Where, in a neutral name.", nullable=True)
    as_of_from: datetime.date = column("First day that the figure is given for.", nullable=True)
    as_of_to: datetime.date = column("Last day that the figure is given for.", nullable=True)
    as_of_basis: str = column("How these days are known; `article_date`: the text names none.", isin=AS_OF_BASES)

    @pa.dataframe_check
    @classmethod
    def days_are_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """First and last day are given together."""
        return together(data, "as_of_from", "as_of_to")

    @pa.dataframe_check
    @classmethod
    def days_have_a_basis(cls, data: PolarsData) -> pl.LazyFrame:
        """Days are given exactly where the text gives grounds for them."""
        return data.lazyframe.select(pl.col("as_of_from").is_null() == (pl.col("as_of_basis") == "article_date"))

    @pa.dataframe_check
    @classmethod
    def values_fit_comparator(cls, data: PolarsData) -> pl.LazyFrame:
        """A range has both bounds and no value; bounds do not cross."""
        is_range = pl.col("comparator") == "range"
        bounded = pl.col("value_low").is_not_null() & pl.col("value_high").is_not_null() & pl.col("value").is_null()
        ordered = (pl.col("value_low") <= pl.col("value_high")).fill_null(True)
        return data.lazyframe.select((~is_range | bounded) & ordered)


class Figures(FigureColumns):
    """One row per number that counts or measures something inside a claim."""

    claim_id: str = column("The claim that holds it.", references="claims.claim_id")


class FiguresAutomatic(FigureColumns):
    """One row per number that was found by rule inside a claim that was found by rule."""

    claim_id: str = column("The claim that holds it.", references="claims_automatic.claim_id")
    rule: str = column("The rule that found it.")
    confidence: float = column("How often the rule was right where it was measured.", ge=0, le=1)
