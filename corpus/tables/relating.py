"""Do the tables fit each other? References, closed lists, spans that are true, spans that nest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import polars as pl

from corpus.findings import Finding
from corpus.tables.shapes import columns, key_of
from corpus.tables.validating import MOST_PER_RULE
from corpus.terminal import shortened
from schemas.labels import CLAIM_KINDS

Frames = Mapping[str, pl.DataFrame]
_WITH_TEXT = ("paragraphs", "sentences", "claims", "claim_passes", "figures", "claims_automatic", "figures_automatic")
_COUNTED = (("paragraphs", "paragraph_count"), ("sentences", "sentence_count"), ("claims", "claim_count"))
_WITH_PARTS = ("claims", "claim_passes", "claims_automatic")


def check_relations(frames: Frames) -> Iterator[Finding]:
    """Every breach of what the tables promise of each other; tables that are not there have no rows."""
    for name, frame in frames.items():
        yield from _broken_references(name, frame, frames)
    yield from _used_again(frames)
    if "articles" not in frames:
        return
    if "text" in frames["articles"].columns:  # a text-free release has none
        texts = frames["articles"].select("article_id", pl.col("text").alias("article_text"))
        for name in _WITH_TEXT:
            if name in frames:
                yield from _untrue_spans(name, frames[name], texts)
        yield from _untrue_articles(frames)
    for table, column in _COUNTED:
        yield from _miscounted(frames, table, column)
    yield from _untrue_copies(frames)
    yield from _not_nested(frames)
    yield from _overlaps(frames)


def _finding(code: str, table: str, record: object, expected: str, found: str) -> Finding:
    return Finding(f"table:{table}", None, code, str(record), expected, found)


def _key(name: str) -> str:
    return key_of(name) or columns(name)[0].name


def _used_again(frames: Frames) -> Iterator[Finding]:
    """Articles and claims that are there although they were taken down."""
    if "removed" not in frames:
        return
    for table, kind in (("articles", "article"), ("claims", "claim")):
        if table in frames:
            key = _key(table)
            gone = frames["removed"].filter(pl.col("kind") == kind)["removed_id"]
            for record in frames[table].filter(pl.col(key).is_in(gone.implode()))[key].head(MOST_PER_RULE):
                expected = "an id that was not taken down"
                yield _finding("removed-id-used", table, record, expected, "an id of the table removed")


def _broken_references(name: str, frame: pl.DataFrame, frames: Frames) -> Iterator[Finding]:
    for column in (column for column in columns(name) if column.name in frame.columns):
        known: pl.Series | None = None
        if column.references:
            table, target = column.references.split(".")
            known = frames[table][target] if table in frames else pl.Series([], dtype=pl.String)
            expected = f"a value of {column.references}"
        elif column.vocabulary and "vocabulary" in frames:
            terms = frames["vocabulary"].filter(pl.col("list") == column.vocabulary)
            known, expected = terms["term"], f"a term of the list {column.vocabulary}"
        if known is None:
            continue
        values = frame.select(pl.col(_key(name)).alias("record"), pl.col(column.name).alias("value"))
        if values.schema["value"] == pl.List(pl.String):
            values = values.explode("value")
        broken = values.filter(pl.col("value").is_not_null() & ~pl.col("value").is_in(known.implode()))
        for record, value in broken.head(MOST_PER_RULE).iter_rows():
            yield _finding("reference-broken", name, record, expected, f"{column.name} = {shortened(str(value))}")


def _slice(start: str, end: str) -> pl.Expr:
    length = (pl.col(end) - pl.col(start)).clip(lower_bound=0)
    return pl.col("article_text").str.slice(pl.col(start).clip(lower_bound=0), length)


def _untrue_spans(name: str, frame: pl.DataFrame, texts: pl.DataFrame) -> Iterator[Finding]:
    """Rows whose words are not the slice of their article that their offsets name."""
    joined = frame.join(texts, on="article_id", how="inner")
    prefixes = ["", *(("claimant_", "cue_", "via_") if name in _WITH_PARTS else ())]
    for prefix in prefixes:
        start, end, words = (
            f"{prefix}{part}"
            for part in (("char_start", "char_end", "text") if not prefix else ("start", "end", "text"))
        )
        found = joined.with_columns(_slice(start, end).alias("slice")).filter(pl.col(words) != pl.col("slice"))
        rows = found.select(_key(name), words, "slice").head(MOST_PER_RULE)
        for record, text, piece in rows.iter_rows():
            expected = f'{words} = "{shortened(piece, 80)}", the slice'
            yield _finding("span-text-differs", name, record, expected, f'"{shortened(text, 80)}"')


def _untrue_articles(frames: Frames) -> Iterator[Finding]:
    """Articles that their paragraphs do not give again, or whose counts and digest are not those of the text."""
    articles = frames["articles"]
    if "paragraphs" in frames:
        lines = frames["paragraphs"].sort("article_id", "position")
        whole = lines.group_by("article_id").agg(pl.col("text").str.join("\n").alias("joined"))
        differing = articles.join(whole, on="article_id", how="left")
        differing = differing.filter(pl.col("joined").fill_null("") != pl.col("text"))
        for record in differing["article_id"].head(MOST_PER_RULE):
            yield _finding("span-text-differs", "articles", record, "the paragraphs, one per line", "another text")
    for record, text, digest, words in articles.select("article_id", "text", "text_sha256", "word_count").iter_rows():
        expected = hashlib.sha256(text.encode()).hexdigest()
        if digest != expected:
            yield _finding("rule-broken", "articles", record, f"text_sha256 {expected}", digest)
        if words != len(text.split()):
            yield _finding("rule-broken", "articles", record, f"word_count {len(text.split())}", str(words))


def _miscounted(frames: Frames, table: str, column: str) -> Iterator[Finding]:
    articles = frames["articles"].select("article_id", column)
    rows = frames[table]["article_id"] if table in frames else pl.Series("article_id", [], dtype=pl.String)
    counted = articles.join(rows.value_counts(name="rows"), on="article_id", how="left")
    wrong = counted.filter(pl.col("rows").fill_null(0) != pl.col(column))
    for record, given, found in wrong.select("article_id", column, "rows").head(MOST_PER_RULE).iter_rows():
        yield _finding("rule-broken", "articles", record, f"{column} = {found or 0}, the rows of {table}", str(given))


def _untrue_copies(frames: Frames) -> Iterator[Finding]:
    """Claims whose outlet or day is not that of their article."""
    for name in _WITH_PARTS:
        for column in ("source_id", "published_from"):
            if name not in frames:
                continue
            theirs = frames["articles"].select("article_id", pl.col(column).alias("theirs"))
            joined = frames[name].join(theirs, on="article_id")
            wrong = joined.filter(~pl.col(column).eq_missing(pl.col("theirs")))
            for record, own, right in wrong.select(_key(name), column, "theirs").head(MOST_PER_RULE).iter_rows():
                yield _finding("rule-broken", name, record, f"{column} = {right}, as its article has it", str(own))


def _not_nested(frames: Frames) -> Iterator[Finding]:
    """Sentences and claims outside their paragraph, claims outside their sentence, figures outside their claim."""
    inside = (
        ("sentences", "paragraphs", "paragraph_id"),
        ("claims", "paragraphs", "paragraph_id"),
        ("claim_passes", "paragraphs", "paragraph_id"),
        ("claims_automatic", "paragraphs", "paragraph_id"),
        ("figures", "claims", "claim_id"),
        ("figures_automatic", "claims_automatic", "claim_id"),
    )
    for inner, outer, key in inside:
        yield from _outside(frames, inner, outer, key, whole=True)
    for inner in _WITH_PARTS:
        yield from _outside(frames, inner, "sentences", "sentence_id", whole=False)
        yield from _misplaced(frames, inner)


def _outside(frames: Frames, inner: str, outer: str, key: str, *, whole: bool) -> Iterator[Finding]:
    if inner not in frames or outer not in frames:
        return
    around = frames[outer].select(key, "article_id", outer_start="char_start", outer_end="char_end")
    joined = frames[inner].join(around, on=key, suffix="_outer")
    starts = (pl.col("outer_start") <= pl.col("char_start")) & (pl.col("char_start") < pl.col("outer_end"))
    fits = starts & (pl.col("char_end") <= pl.col("outer_end")) if whole else starts
    wrong = joined.filter(~fits | (pl.col("article_id") != pl.col("article_id_outer")))
    rows = wrong.select(_key(inner), key, "outer_start", "outer_end", "char_start", "char_end")
    for record, holder, start, end, own_start, own_end in rows.head(MOST_PER_RULE).iter_rows():
        expected = f"inside {holder}, {start}..{end}"
        yield _finding("span-outside", inner, record, expected, f"{own_start}..{own_end}")


def _misplaced(frames: Frames, name: str) -> Iterator[Finding]:
    if name not in frames or "paragraphs" not in frames:
        return
    kinds = frames[name].join(frames["paragraphs"].select("paragraph_id", "kind"), on="paragraph_id")
    wrong = kinds.filter(~pl.col("kind").is_in(CLAIM_KINDS)).select(_key(name), "kind")
    for record, kind in wrong.head(MOST_PER_RULE).iter_rows():
        yield _finding("claim-misplaced", name, record, f"a paragraph of kind {', '.join(CLAIM_KINDS)}", str(kind))


def _overlaps(frames: Frames) -> Iterator[Finding]:
    groups = {"claims": ["article_id"], "claim_passes": ["pass_id", "article_id"], "claims_automatic": ["article_id"]}
    for name, group in groups.items():
        if name not in frames:
            continue
        ordered = frames[name].sort(*group, "char_start")
        before = ordered.with_columns(pl.col("char_end").shift(1).over(group).alias("end_before"))
        wrong = before.filter(pl.col("char_start") < pl.col("end_before")).select(
            _key(name), "char_start", "end_before"
        )
        for record, start, end in wrong.head(MOST_PER_RULE).iter_rows():
            yield _finding("claim-overlap", name, record, f"a start at {end} or later", str(start))
