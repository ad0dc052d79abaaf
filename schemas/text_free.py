"""The tables that only the text-free release has: digests of the texts, patches, and places of what was masked."""

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import Table, ascending, column
from schemas.release import PUNCTUATION

_SHA256 = r"^[0-9a-f]{64}$"


class ArticleDigests(Table):
    """One row per article: by what a copy of its text is known. `articles.text_sha256` is of the exact text."""

    article_id: str = column("The article.", key=True, references="articles.article_id")
    folded_sha256: str = column("SHA-256 of the folded text, its line ends as spaces, in UTF-8.", str_matches=_SHA256)
    folded_length: int = column("Code points of the folded text.", ge=1)


class ParagraphDigests(Table):
    """One row per paragraph: by what a copy of it is known."""

    paragraph_id: str = column("The paragraph.", key=True, references="paragraphs.paragraph_id")
    text_sha256: str = column("SHA-256 of the paragraph in UTF-8.", str_matches=_SHA256)
    folded_sha256: str = column("SHA-256 of the folded paragraph in UTF-8.", str_matches=_SHA256)
    folded_length: int = column("Code points of the folded paragraph.", ge=1)


class Patches(Table):
    """One row per place of a paragraph where folding loses which quotation mark, dash or dots stand there."""

    paragraph_id: str = column("The paragraph.", references="paragraphs.paragraph_id")
    folded_start: int = column("First code point of the place in the folded paragraph.", ge=0)
    folded_end: int = column("Code point after its last.", ge=1)
    original: str = column("What stands there in the exact text.", str_matches=f"^{PUNCTUATION}+$")

    @pa.dataframe_check
    @classmethod
    def places_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The place is not empty."""
        return ascending(data, "folded_start", "folded_end")


class Withheld(Table):
    """One row per run of words of an article that a mark stands for in a value, a page or a list."""

    place: str = column("The table, or the page, that the value stands in.")
    row: int = column("The row of the table, or the line of the page, from 0.", ge=0)
    column_name: str = column("The column; `line` for a page.")
    item: int = column("Which item of a list, from 0; null where the value is no list.", nullable=True, ge=0)
    at: int = column("Code point of the value, as published, at which the mark stands.", ge=0)
    article_id: str = column("The article that has the words, in whichever file of `articles` it stands.")
    char_start: int = column("First code point of the words in `articles.text`.", ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", ge=1)

    @pa.dataframe_check
    @classmethod
    def ranges_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The range of code points is not empty."""
        return ascending(data, "char_start", "char_end")


def text_free_models() -> dict[str, type[Table]]:
    """The models of the tables that only the text-free release has, by name, in the order of `TEXT_FREE_TABLES`."""
    return {
        "article_digests": ArticleDigests,
        "paragraph_digests": ParagraphDigests,
        "patches": Patches,
        "withheld": Withheld,
    }
