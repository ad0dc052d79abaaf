"""`articles`: one row per article."""

import datetime

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import Table, ascending, column
from schemas.labels import BASES


class Articles(Table):
    """One row per article, with its text, where it comes from, and how each of these is known."""

    article_id: str = column("Id of the article, pinned when it was accepted and never reused.", key=True)
    seed_id: str = column("The seed that the article was read from.", references="seeds.seed_id")
    position: int = column("Place of the article in its seed, from 1.", ge=1)
    source_id: str = column("The outlet; null where it is not known.", references="sources.source_id", nullable=True)
    source_basis: str = column("How the outlet is known.", isin=BASES)
    source_evidence: str = column("What shows the outlet.", nullable=True)
    compiler_id: str = column(
        "Who compiled the file that the article was found in; null where nobody did or it is not known.",
        references="sources.source_id",
        nullable=True,
    )
    compiler_basis: str = column("How the compiler is known.", nullable=True, isin=BASES)
    compiler_evidence: str = column("What shows the compiler.", nullable=True)
    title: str = column("The title as the text has it; null where the text has none.", nullable=True, third_party=True)
    byline: str = column("The byline as the text has it.", nullable=True, third_party=True)
    dateline: str = column("The place in capitals that opens the report.", nullable=True, third_party=True)
    authors: list[str] = column("The authors that the byline names, in its order; empty where it names none.")
    published: str = column("Date of publication in EDTF, no more precise than what is known.", nullable=True)
    published_from: datetime.date = column("First day that `published` allows.", nullable=True)
    published_to: datetime.date = column("Last day that `published` allows.", nullable=True)
    date_basis: str = column("How the date is known.", isin=BASES)
    date_evidence: str = column("What shows the date.", nullable=True)
    language: str = column("Language of the text (BCP 47).")
    text: str = column(
        "The article as read, normalised, one paragraph per line, title and byline included.",
        third_party=True,
    )
    text_sha256: str = column("SHA-256 of `text` in UTF-8.", str_matches=r"^[0-9a-f]{64}$")
    raw_record: int = column(
        "The record of the seed that holds the article, from 1 (0: all the text that a container holds); null where "
        "the seed is plain text.",
        nullable=True,
        ge=0,
    )
    raw_field: str = column("The field of that record; null where the seed has no fields.", nullable=True)
    raw_byte_start: int = column(
        "First byte of the article in its seed; where `raw_record` is given, in that text or field in UTF-8.", ge=0
    )
    raw_byte_end: int = column("Byte after the last of the article, counted likewise.", ge=0)
    original_locator: str = column("Where a copy of the original was found.", nullable=True)
    locator_basis: str = column("How that place is known.", nullable=True, isin=BASES)
    rights: str = column("What is known of the right to republish the text.")
    paragraph_count: int = column("Rows of `paragraphs` for the article.", ge=1)
    sentence_count: int = column("Rows of `sentences` for the article.", ge=0)
    word_count: int = column("Words of `text`, set apart by white space.", ge=1)
    claim_count: int = column("Rows of `claims` for the article.", ge=0)

    @pa.dataframe_check
    @classmethod
    def raw_bytes_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The raw range is not empty."""
        return ascending(data, "raw_byte_start", "raw_byte_end")

    @pa.dataframe_check
    @classmethod
    def dates_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The first day is not after the last."""
        return data.lazyframe.select((pl.col("published_from") <= pl.col("published_to")).fill_null(True))

    @pa.dataframe_check
    @classmethod
    def unknown_has_no_value(cls, data: PolarsData) -> pl.LazyFrame:
        """A source or a date is null exactly where its basis is `unknown`."""
        source = pl.col("source_id").is_null() == (pl.col("source_basis") == "unknown")
        date = pl.col("published").is_null() == (pl.col("date_basis") == "unknown")
        return data.lazyframe.select(source & date)
