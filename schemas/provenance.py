"""`seeds` and `ledger`: the files as obtained, and what became of each of their bytes."""

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import SpanTable, Table, column, together
from schemas.labels import LEDGER_ACTIONS, SEED_FORMS, SEED_LAYOUTS


class Seeds(Table):
    """One row per file as obtained."""

    seed_id: str = column("Id of the seed.", key=True)
    file: str = column("Name of the file.")
    sha256: str = column("SHA-256 of its bytes.", str_matches=r"^[0-9a-f]{64}$")
    bytes: int = column("Its size.", ge=1)
    form: str = column("What kind of file it is.", isin=SEED_FORMS)
    encoding: str = column(
        "The encoding of the bytes that the ledger tiles, as Python names it: of the file where it is plain text, else "
        "utf-8. The byte order is named where it matters."
    )
    encoding_basis: str = column("How the encoding is known, where it was detected.", nullable=True)
    layout: str = column("How its text is divided into articles; `records`: each record is one.", isin=SEED_LAYOUTS)
    obtained: str = column("How it was obtained.")


class Ledger(SpanTable):
    """One row per run of a seed's bytes; the rows of a seed tile it from its first byte to its last.

    Of a container, each text is tiled: the value of the field that holds it, in UTF-8.
    """

    seed_id: str = column("The seed.", references="seeds.seed_id")
    raw_record: int = column("The record of the seed; null where the seed is plain text.", nullable=True, ge=0)
    raw_field: str = column("The field of that record; null where the seed has no fields.", nullable=True)
    raw_byte_start: int = column("First byte of the run.", ge=0)
    raw_byte_end: int = column("Byte after the last of the run.", ge=0)
    action: str = column(
        "kept: the article's slice, encoded, is these bytes; rewritten: it stands for them; dropped: they stand in no "
        "article; inserted: the slice has no bytes.",
        isin=LEDGER_ACTIONS,
    )
    reason: str = column("Why the run was not kept; several reasons are joined by +.", nullable=True)
    raw_hex: str = column("The bytes, in hexadecimal; null where kept.", nullable=True, third_party=True)
    article_id: str = column("The article; null where dropped.", references="articles.article_id", nullable=True)
    char_start: int = column("First code point in `articles.text`.", nullable=True, ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", nullable=True, ge=0)

    @pa.dataframe_check
    @classmethod
    def raw_bytes_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The raw range is not empty, except for what was inserted."""
        return data.lazyframe.select(
            (pl.col("raw_byte_start") < pl.col("raw_byte_end")) | (pl.col("action") == "inserted")
        )

    @pa.dataframe_check
    @classmethod
    def place_is_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """Article and range are given together."""
        return together(data, "article_id", "char_start", "char_end")

    @pa.dataframe_check
    @classmethod
    def only_dropped_has_no_place(cls, data: PolarsData) -> pl.LazyFrame:
        """What was dropped stands in no article; all else does."""
        return data.lazyframe.select(pl.col("article_id").is_null() == (pl.col("action") == "dropped"))

    @pa.dataframe_check
    @classmethod
    def only_kept_has_no_bytes(cls, data: PolarsData) -> pl.LazyFrame:
        """The bytes are given exactly where they differ from the slice."""
        return data.lazyframe.select(pl.col("raw_hex").is_null() == (pl.col("action") == "kept"))
