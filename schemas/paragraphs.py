"""`paragraphs`: one row per line of an article's text."""

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import SpanTable, ascending, column
from schemas.labels import PARAGRAPH_KINDS


class Paragraphs(SpanTable):
    """One row per line of an article's text, with its kind."""

    paragraph_id: str = column("Id of the paragraph: the article's and its place.", key=True)
    article_id: str = column("The article.", references="articles.article_id")
    position: int = column("Place in the article, from 1.", ge=1)
    kind: str = column(
        "What the paragraph is; a line that is both caption and credit is a caption.", isin=PARAGRAPH_KINDS
    )
    section: str = column("The heading that the paragraph stands under.", nullable=True, third_party=True)
    text: str = column("The paragraph.", third_party=True)
    char_start: int = column("First code point in `articles.text`.", ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", ge=1)
    raw_byte_start: int = column("First byte in the seed.", ge=0)
    raw_byte_end: int = column("Byte after the last in the seed.", ge=1)

    @pa.dataframe_check
    @classmethod
    def raw_bytes_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The raw range is not empty."""
        return ascending(data, "raw_byte_start", "raw_byte_end")
