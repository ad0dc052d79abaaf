"""Tables that break a rule: each breach is found, with its code and the key of its row."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import corpus
from corpus.findings import Finding
from corpus.tables.accounting import check_ledger
from corpus.tables.relating import check_relations
from corpus.tables.shapes import Column, columns, key_of
from corpus.tables.validating import as_frame, validate_table
from corpus.validating import validate_dataset, validate_tables
from schemas import TABLES, models

Row = dict[str, Any]
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Case:
    """A damage to the first row of a table that `where` fits: the code that must come, and what may come with it.

    `values`: new values, or functions of the row that give them. `rule`: the row rule that is broken.
    """

    table: str
    values: Mapping[str, Any]
    code: str = "rule-broken"
    rule: str = ""
    where: Callable[[Row], bool] = lambda _: True
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.table}-{self.rule or self.code}-{'-'.join(self.values)}"


def has(name: str) -> Callable[[Row], bool]:
    """Whether a row has a value in that column, and not 0."""
    return lambda row: bool(row[name])


def equals(name: str, value: object) -> Callable[[Row], bool]:
    """Whether a row has that value in that column."""
    return lambda row: bool(row[name] == value)


def as_in(name: str, more: int = 0) -> Callable[[Row], int]:
    """The number that the row has in that column, and some more."""
    return lambda row: int(row[name]) + more


MARKS = ("claims", "claim_passes", "claims_automatic")
FIGURES = ("figures", "figures_automatic")
PARTS = [(table, part) for table in MARKS for part in ("claimant", "cue", "via")]
TEXTS = ("paragraphs", "sentences", *FIGURES, *MARKS)
SPANS = ("span-text-differs", "span-outside")
EMPTY, NO_BYTES = {"char_end": as_in("char_start")}, {"raw_byte_end": as_in("raw_byte_start")}
REPORTED, AUTHOR = equals("voice", "reported"), equals("voice", "author")
KEPT, DROPPED, GAP = equals("action", "kept"), equals("action", "dropped"), ("ledger-gap",)
RANGE, CITED = equals("comparator", "range"), equals("basis", "cited")
LONG_AGO = datetime.date(1999, 1, 1)

ROW_CASES = [
    Case("articles", NO_BYTES, rule="raw_bytes_ascend"),
    Case("articles", {"published_to": LONG_AGO}, rule="dates_ascend", where=has("published_from")),
    Case("articles", {"source_basis": "unknown"}, rule="unknown_has_no_value", where=has("source_id")),
    Case("articles", {"date_basis": "unknown"}, rule="unknown_has_no_value", where=has("published")),
    Case("articles", {"published": None}, rule="unknown_has_no_value", where=has("published")),
    Case("paragraphs", NO_BYTES, rule="raw_bytes_ascend", where=has("raw_byte_start")),
    *(Case(t, EMPTY, rule="ranges_ascend", where=has("char_start"), beside=SPANS) for t in TEXTS),
    *(Case(t, {f"{part}_start": None}, rule=f"{part}_is_whole", where=has(f"{part}_text")) for t, part in PARTS),
    *(Case(t, {f"{part}_text": None}, rule=f"{part}_is_whole", where=has(f"{part}_text")) for t, part in PARTS),
    *(Case(t, {"attribution": "none"}, rule="author_has_no_source", where=REPORTED) for t in MARKS),
    *(Case(t, {"attribution": "direct"}, rule="author_has_no_source", where=AUTHOR) for t in MARKS),
    *(Case(t, {"voice": "author", "attribution": "none"}, rule="author_has_no_source", where=REPORTED) for t in MARKS),
    Case("figures", {"as_of_to": None}, rule="days_are_whole", where=has("as_of_to")),
    Case("figures", {"as_of_basis": "article_date"}, rule="days_have_a_basis", where=has("as_of_from")),
    Case("figures_automatic", {"as_of_to": LONG_AGO}, rule="days_are_whole"),
    Case("figures_automatic", {"as_of_basis": "stated"}, rule="days_have_a_basis"),
    *(Case(t, {"value": 1.0}, rule="values_fit_comparator", where=RANGE) for t in FIGURES),
    *(Case(t, {"value_low": None}, rule="values_fit_comparator", where=RANGE) for t in FIGURES),
    *(Case(t, {"value_low": 2.0, "value_high": 1.0}, rule="values_fit_comparator") for t in FIGURES),
    Case("perspectives", {"seen": None}, rule="cited_has_citation", where=CITED),
    Case("perspectives", {"basis": "none_found"}, rule="cited_has_citation", where=CITED),
    Case("ledger", NO_BYTES, rule="raw_bytes_ascend", beside=GAP),
    Case("ledger", EMPTY, rule="ranges_ascend", where=has("char_end"), beside=GAP),
    Case("ledger", {"char_end": None}, rule="place_is_whole", where=has("char_end"), beside=GAP),
    Case("ledger", {"action": "rewritten"}, rule="only_dropped_has_no_place", where=DROPPED),
    Case("ledger", {"raw_hex": "00"}, rule="only_kept_has_no_bytes", where=KEPT),
]
RELATION_CASES = [
    *(Case(t, {"text": "other words"}, "span-text-differs") for t in TEXTS),
    *(Case(t, {f"{part}_text": "?"}, "span-text-differs", where=has(f"{part}_text")) for t, part in PARTS),
    *(Case("articles", {name: as_in(name, 1)}) for name in ("paragraph_count", "sentence_count", "claim_count")),
    Case("articles", {"text_sha256": "0" * 64}),
    Case("articles", {"word_count": as_in("word_count", 1)}),
    *(Case(t, {name: None}, where=has(name)) for t in MARKS for name in ("source_id", "published_from")),
    *(Case("ledger", {name: as_in(name, 1)}, "ledger-gap") for name in ("raw_byte_start", "raw_byte_end")),
    Case("ledger", {"char_start": as_in("char_start", 1)}, "ledger-gap", where=KEPT),
    *(Case("ledger", {"raw_hex": digits}, "ledger-gap", where=DROPPED) for digits in ("00", "no hex")),
    *(Case("seeds", {"encoding": name}, "ledger-gap") for name in ("utf-16-le", "no such encoding")),
    Case("seeds", {"sha256": "0" * 64}, "ledger-gap"),
    Case("seeds", {"bytes": as_in("bytes", 1)}, "ledger-gap"),
]
HOLDERS = [("sentences", "paragraph_id"), *((table, "claim_id") for table in FIGURES)]
HOLDERS += [(table, key) for table in MARKS for key in ("paragraph_id", "sentence_id")]
OTHERS = ("column-mismatch", "key-duplicate", "reference-broken", "span-outside", "value-forbidden")
COVERED = {case.code for case in ROW_CASES + RELATION_CASES} | {*OTHERS}


@pytest.fixture(scope="module")
def frames(built: Path) -> Frames:
    """Every table of the dataset; read them, never write them."""
    return {name: as_frame(corpus.load(name, built, as_="arrow")) for name in TABLES}


def changed(frame: pl.DataFrame, case: Case) -> tuple[pl.DataFrame, Row, int]:
    """The table with one row changed, the row, and its place."""
    place, row = next((place, row) for place, row in enumerate(frame.to_dicts()) if case.where(row))
    row |= {name: value(row) if callable(value) else value for name, value in case.values.items()}
    new = pl.DataFrame([row], frame.schema)
    return pl.concat([frame[:place], new, frame[place + 1 :]]), row, place


def breaches(frames: Frames, name: str, frame: pl.DataFrame) -> list[Finding]:
    """What `validate_tables` finds with `frame` as table `name`; the tables that stayed are not looked at again."""
    frames = frames | {name: frame}
    return [*validate_table(name, frame), *check_relations(frames), *check_ledger(frames)]


def places(findings: list[Finding]) -> set[tuple[str, str | None]]:
    """Code and record of each finding."""
    return {(finding.code, finding.record) for finding in findings}


def test_dataset_has_no_breach(built: Path) -> None:
    """What the tests below damage is valid."""
    assert validate_dataset(built) == []


@pytest.mark.parametrize("case", ROW_CASES + RELATION_CASES, ids=str)
def test_broken_row_is_found(case: Case, frames: Frames) -> None:
    """A row that breaks a rule is found with its key (in the ledger, which has none, with its place or its seed)."""
    frame, row, place = changed(frames[case.table], case)
    found = breaches(frames, case.table, frame)
    key = key_of(case.table)
    record = row[key] if key else f"row {place}" if case.rule else row["seed_id"]
    assert (case.code, record) in places(found)
    assert {finding.code for finding in found} <= {case.code, *case.beside}
    assert not case.rule or any(finding.found.endswith(f" {case.rule}") for finding in found)


def test_every_row_rule_has_a_case() -> None:
    """Each row rule of each table is broken by a case above."""
    rules = {
        (name, rule)
        for name, model in models().items()
        for rule, value in ((rule, value) for base in model.__mro__ for rule, value in vars(base).items())
        if hasattr(value, "__dataframe_check_config__")
    }
    assert rules == {(case.table, case.rule) for case in ROW_CASES}


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same-article", "other-article"])
@pytest.mark.parametrize(("name", "key"), HOLDERS)
def test_row_outside_its_holder_is_found(name: str, key: str, elsewhere: bool, frames: Frames) -> None:
    """A row that is led to a holder whose range does not hold it is found."""
    rows = frames[name].to_dicts()
    first = rows[0]
    moved = (row for row in rows if row[key] != first[key] and elsewhere == (row["article_id"] != first["article_id"]))
    frame, row, _ = changed(frames[name], Case(name, {key: next(moved)[key]}))
    assert places(breaches(frames, name, frame)) == {("span-outside", row[key_of(name)])}


@pytest.mark.parametrize("name", MARKS)
def test_overlap_is_found(name: str, frames: Frames) -> None:
    """A claim that reaches into the next one is found at the next one."""
    rows = sorted(frames[name].to_dicts(), key=lambda row: (row.get("pass_id"), row["article_id"], row["char_start"]))
    case = Case(name, {"char_end": rows[1]["char_start"] + 1}, where=equals("claim_id", rows[0]["claim_id"]))
    found = breaches(frames, name, changed(frames[name], case)[0])
    assert ("claim-overlap", rows[1]["claim_id"]) in places(found)


def test_claim_in_a_byline_is_found(frames: Frames) -> None:
    """A claim whose paragraph turns out to be a byline is found."""
    claim = frames["claims"].row(0, named=True)
    case = Case("paragraphs", {"kind": "byline"}, where=equals("paragraph_id", claim["paragraph_id"]))
    found = breaches(frames, "paragraphs", changed(frames["paragraphs"], case)[0])
    assert ("claim-misplaced", claim["claim_id"]) in places(found)


def test_paragraphs_out_of_order_are_found(frames: Frames) -> None:
    """An article that its paragraphs do not give again is found."""
    frame, row, _ = changed(frames["paragraphs"], Case("paragraphs", {"position": 999}))
    assert places(breaches(frames, "paragraphs", frame)) == {("span-text-differs", row["article_id"])}


POINTING = [(name, column) for name in TABLES for column in columns(name) if column.references or column.vocabulary]


@pytest.mark.parametrize(("name", "column"), POINTING, ids=lambda value: getattr(value, "name", value))
def test_broken_reference_is_found(name: str, column: Column, frames: Frames) -> None:
    """A value that leads to no row, or to no term of its list, is found."""
    value = ["nowhere"] if pa.types.is_list(column.type) else "nowhere"
    frame, row, _ = changed(frames[name], Case(name, {column.name: value}))
    assert ("reference-broken", row[key_of(name) or columns(name)[0].name]) in places(breaches(frames, name, frame))


BREACHES = {"isin": "?", "str_matches": "?", "greater_than_or_equal_to": -1, "less_than_or_equal_to": 10**9}


@pytest.mark.parametrize("name", TABLES)
def test_value_against_its_columns_rule_is_found(name: str, frames: Frames) -> None:
    """In every column a null, a word outside its list or a number below its least is found where it is forbidden."""
    frame, key = frames[name], key_of(name)
    record = str(frame[key][0]) if key else "row 0"
    for column, declared in models()[name].to_schema().columns.items():
        wrong = [] if declared.nullable or column == key else [None]
        wrong += [BREACHES[check.name] for check in declared.checks]
        for value in wrong:
            first = pl.Series(column, [value], frame.schema[column])
            found = validate_table(name, frame.with_columns(pl.concat([first, frame[column][1:]])))
            assert ("value-forbidden", record) in places(found), (column, value)


@pytest.mark.parametrize("name", [name for name in TABLES if key_of(name)])
def test_repeated_key_is_found(name: str, frames: Frames) -> None:
    """A key that two rows have is found."""
    found = validate_table(name, pl.concat([frames[name], frames[name][:1]]))
    assert places(found) == {("key-duplicate", frames[name][key_of(name)][0])}


RESHAPED: list[Callable[[pa.Table], pa.Table]] = [
    lambda table: table.drop_columns(["note"]),
    lambda table: table.append_column("more", table["note"]),
    lambda table: table.select(table.column_names[::-1]),
    lambda table: table.set_column(1, "name", table["name"].cast(pa.large_binary())),
]


@pytest.mark.parametrize("reshape", RESHAPED, ids=["missing", "more", "order", "type"])
def test_other_columns_are_found(reshape: Callable[[pa.Table], pa.Table], built: Path) -> None:
    """A table that lacks a column, has one more, or has them in another order or type is found."""
    found = validate_tables({"actors": reshape(corpus.load("actors", built, as_="arrow"))})
    assert {(finding.code, finding.file) for finding in found} == {("column-mismatch", "table:actors")}
