"""`claims`, `claim_passes` and `claims_automatic`: who says what, on whose word, how surely."""

import datetime

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.columns import SpanTable, column, present, together
from schemas.labels import AGREEMENTS, ATTRIBUTIONS, CERTAINTIES, CUE_CLASSES, MODALITIES, VOICES


class ClaimColumns(SpanTable):
    """The columns that curated claims and the marks of a pass share. No column judges whether a claim is true."""

    claim_id: str = column("Id of the claim, given once and never reused.", key=True)
    article_id: str = column("The article.", references="articles.article_id")
    paragraph_id: str = column("The paragraph that holds the claim.", references="paragraphs.paragraph_id")
    sentence_id: str = column("The sentence that the claim starts in.", references="sentences.sentence_id")
    source_id: str = column("The article's outlet.", references="sources.source_id", nullable=True)
    published_from: datetime.date = column("First day on which the article may have been published.", nullable=True)
    text: str = column("The words of the claim.", third_party=True)
    char_start: int = column("First code point in `articles.text`.", ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", ge=1)
    voice: str = column("Whether the article asserts it itself (`author`) or gives it to someone else.", isin=VOICES)
    attribution: str = column("Whether the words are quoted wholly, partly or not.", isin=ATTRIBUTIONS)
    claimant_text: str = column("The words that name who commits to it.", nullable=True, third_party=True)
    claimant_start: int = column("First code point of these words.", nullable=True, ge=0)
    claimant_end: int = column("Code point after the last.", nullable=True, ge=1)
    actor_id: str = column(
        "Who the claimant is; null where that is not known.", references="actors.actor_id", nullable=True
    )
    cue_text: str = column("The reporting words.", nullable=True, third_party=True)
    cue_start: int = column("First code point of these words.", nullable=True, ge=0)
    cue_end: int = column("Code point after the last.", nullable=True, ge=1)
    cue_class: str = column("What the reporting words do.", nullable=True, isin=CUE_CLASSES)
    via_text: str = column("The words that name who relays the claimant.", nullable=True, third_party=True)
    via_start: int = column("First code point of these words.", nullable=True, ge=0)
    via_end: int = column("Code point after the last.", nullable=True, ge=1)
    via_actor_id: str = column("Who relays the claimant.", references="actors.actor_id", nullable=True)
    modality: str = column(
        "What sort of commitment the main predicate makes; `fact` means that evidence could settle it.", isin=MODALITIES
    )
    certainty: str = column("Whether it is asserted, hedged, or denied by the claimant.", isin=CERTAINTIES)
    topic: str = column("What the main clause puts forward.", nullable=True, vocabulary="topic")

    @pa.dataframe_check
    @classmethod
    def claimant_is_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """Text and range of the claimant are given together."""
        return together(data, "claimant_text", "claimant_start", "claimant_end")

    @pa.dataframe_check
    @classmethod
    def cue_is_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """Text and range of the cue are given together."""
        return together(data, "cue_text", "cue_start", "cue_end")

    @pa.dataframe_check
    @classmethod
    def via_is_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """Text and range of the relay are given together."""
        return together(data, "via_text", "via_start", "via_end")

    @pa.dataframe_check
    @classmethod
    def author_has_no_source(cls, data: PolarsData) -> pl.LazyFrame:
        """A claim of the author has no attribution, claimant, cue or relay; a reported one has an attribution."""
        author = pl.col("voice") == "author"
        names = ("claimant_text", "actor_id", "cue_text", "cue_class", "via_text", "via_actor_id")
        bare = pl.all_horizontal(pl.col(name).is_null() for name in present(data, *names))
        return data.lazyframe.select((author == (pl.col("attribution") == "none")) & (bare | ~author))


class Claims(ClaimColumns):
    """One row per curated claim: who says what, on whose word, how surely."""

    agreement: str = column(
        "How the annotation passes bear the claim out: the same span in every pass, overlapping spans in every pass, "
        "a span in some, or in none; null where the article had no passes.",
        nullable=True,
        isin=AGREEMENTS,
    )


class ClaimPasses(ClaimColumns):
    """One row per mark of an annotation pass, before the passes were adjudicated."""

    pass_id: str = column("The pass that made the mark.")


class ClaimsAutomatic(ClaimColumns):
    """One row per claim that was found by rule and that nobody has read."""

    rule: str = column("The rule that found it.")
    confidence: float = column("How often the rule was right where it was measured.", ge=0, le=1)
