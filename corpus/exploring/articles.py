"""Articles as a page shows them: paragraphs in pieces, claims with their labels, where all of it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.exploring.library import Library, Row
from corpus.exploring.pieces import Piece, pieces_of
from corpus.exploring.raw_bytes import Document, Runs, by_document, runs_of
from corpus.exploring.registers import Registers, anchor_of

MARKS = ("curated", "automatic")
_TABLES = {"curated": ("claims", "figures"), "automatic": ("claims_automatic", "figures_automatic")}
_TAGS = {"title": "h3", "heading": "h3"}
_FIRST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as a page tells it. `number`: its place in the article, from 1; `bytes`: its place in the seed."""

    row: Row
    anchor: str
    number: int
    actor: str | None
    via_actor: str | None
    figures: tuple[Row, ...]
    bytes: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces. `tag`: the element of the page that it is."""

    row: Row
    tag: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with all that its page shows. `shown`: numbers of the claims that can be seen in its text."""

    row: Row
    anchor: str
    label: str
    is_title: bool
    outlet: str
    seed: Row | None
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[Claim, ...]
    shown: frozenset[int]
    statements: Sequence[Row]
    divergences: Sequence[Row]
    runs: Runs


def article_ids(library: Library) -> list[str]:
    """The ids of all articles, by seed and place in it."""
    rows = library.rows("SELECT article_id FROM articles ORDER BY seed_id, position, article_id")
    return [str(row["article_id"]) for row in rows]


def read_articles(library: Library, ids: Sequence[str], registers: Registers, marks: str = "curated") -> list[Article]:
    """The articles of those ids, in that order. `marks`: claims that were curated, or that rules found."""
    claims, figures = _TABLES[marks]
    wanted = [list(ids)]
    rows = {row["article_id"]: row for row in library.rows(_of("articles"), wanted)}
    tables = {
        name: _grouped(library.rows(f"{_of(name)} ORDER BY {order}", wanted))
        for name, order in (
            ("paragraphs", "article_id, position"),
            (claims, "article_id, char_start, char_end, claim_id"),
            (figures, "article_id, char_start, figure_id"),
            ("divergences", "article_id, divergence_id"),
        )
    }
    ledger = _ledger(library, [row["seed_id"] for row in rows.values()])
    return [
        _article(
            rows[one],
            (tables["paragraphs"][one], tables[claims][one], tables[figures][one], tables["divergences"][one]),
            ledger,
            registers,
        )
        for one in ids
    ]


def _of(table: str) -> str:
    return f"SELECT * FROM {table} WHERE article_id IN (SELECT unnest(?::VARCHAR[]))"  # noqa: S608 - own names


def _ledger(library: Library, seed_ids: Sequence[str]) -> dict[Document, list[Row]]:
    sql = """SELECT * FROM ledger WHERE seed_id IN (SELECT unnest(?::VARCHAR[]))
             ORDER BY seed_id, raw_record, raw_field, raw_byte_start, raw_byte_end"""
    return by_document(library.rows(sql, [sorted(set(seed_ids))]))


def _grouped(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["article_id"]].append(row)
    return groups


def _article(
    row: Row,
    tables: tuple[Sequence[Row], Sequence[Row], Sequence[Row], Sequence[Row]],
    ledger: Mapping[Document, Sequence[Row]],
    registers: Registers,
) -> Article:
    paragraphs, claim_rows, figures, divergences = tables
    seed = registers.seeds.get(row["seed_id"])
    runs = runs_of(row, seed, ledger)
    claims = tuple(_claims(claim_rows, figures, runs, registers))
    cut = tuple(_paragraphs(row["text"], paragraphs, claim_rows, figures))
    return Article(
        row=row,
        anchor=anchor_of(row["article_id"]),
        label=_label(row),
        is_title=bool(row["title"]),
        outlet=registers.source_name(row["source_id"]),
        seed=seed,
        paragraphs=cut,
        claims=claims,
        shown=frozenset(piece.number for paragraph in cut for piece in paragraph.pieces),
        statements=registers.statements.get(row["source_id"] or "", ()),
        divergences=divergences,
        runs=runs,
    )


def _label(row: Row) -> str:
    """The title, or the first words, or the id."""
    if row["title"] or not row["text"]:
        return " ".join(str(row["title"] or row["article_id"]).split())
    return f"{' '.join(row['text'][:_FIRST_WORDS].split()[:-1])} …"


def _paragraphs(
    text: str | None, rows: Sequence[Row], claims: Sequence[Row], figures: Sequence[Row]
) -> Iterator[Paragraph]:
    pieces = pieces_of(text, rows, claims, figures) if text else []
    for row, cut in zip(rows, pieces, strict=False):
        yield Paragraph(row, _TAGS.get(row["kind"], "p"), cut)


def _claims(rows: Sequence[Row], figures: Sequence[Row], runs: Runs, registers: Registers) -> Iterator[Claim]:
    inside: dict[str, list[Row]] = defaultdict(list)
    for figure in figures:
        inside[figure["claim_id"]].append(figure)
    for number, row in enumerate(rows, 1):
        yield Claim(
            row=row,
            anchor=anchor_of(row["claim_id"]),
            number=number,
            actor=registers.actor_name(row["actor_id"]),
            via_actor=registers.actor_name(row["via_actor_id"]),
            figures=tuple(inside[row["claim_id"]]),
            bytes=runs.byte_range(row["char_start"], row["char_end"]),
        )
