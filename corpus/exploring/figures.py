"""Figures on one quantity side by side, and claims that share a speaker and a quantity."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.exploring import charts
from corpus.exploring.library import Library, Row
from corpus.exploring.registers import Registers, anchor_of, unnamed

_MOST_SPEAKERS = len(charts.SHAPES)
_MOST_DRAWN = 400


@dataclass(frozen=True, slots=True)
class Quantity:
    """All figures on one quantity. `speakers`: sign, colour and name of each who says one; `svg` may be missing."""

    row: Row
    anchor: str
    figures: tuple[Row, ...]
    speakers: tuple[tuple[str, int, str], ...]
    svg: str | None
    shared: tuple[tuple[str, tuple[Row, ...]], ...]


def read_quantities(
    library: Library, registers: Registers, claims: str = "claims", figures: str = "figures"
) -> list[Quantity]:
    """Quantities with two figures or more, each with who says what, as of when."""
    sql = f"""
        SELECT f.*, c.voice, c.actor_id, c.claimant_text, c.claimant_start, a.published, a.published_from,
               a.published_to, a.source_id
        FROM {figures} f JOIN {claims} c USING (claim_id) JOIN articles a ON a.article_id = f.article_id
        WHERE f.quantity_id IS NOT NULL
        ORDER BY f.quantity_id, a.published_to, f.article_id, f.char_start, f.figure_id"""  # noqa: S608 - own names
    rows = [_told(row, registers) for row in library.rows(sql)]
    grouped = {key: list(group) for key, group in groupby(rows, key=lambda row: row["quantity_id"])}
    return [
        _quantity(registers.quantities.get(key, {"quantity_id": key, "name": key, "unit": "", "note": None}), group)
        for key, group in grouped.items()
        if len(group) > 1
    ]


def _told(row: Row, registers: Registers) -> Row:
    """The row with who says it, and the days that it is drawn at."""
    who = registers.actor_name(row["actor_id"]) or row["claimant_text"]
    if row["voice"] == "author":
        who = f"the article ({registers.source_name(row['source_id'])})"
    first, last = row["as_of_from"] or row["published_from"], row["as_of_to"] or row["published_to"]
    more = {"who": who or unnamed(row["claimant_start"]), "first": first, "last": last}
    return row | more | {"anchor": anchor_of(row["claim_id"]), "article_anchor": anchor_of(row["article_id"])}


def _quantity(row: Row, figures: Sequence[Row]) -> Quantity:
    names = list(dict.fromkeys(figure["who"] for figure in figures))
    signs = {name: min(at, _MOST_SPEAKERS - 1) for at, name in enumerate(names)}
    drawn = [figure for figure in figures if figure["first"] and figure["last"] and _bounds(figure)][:_MOST_DRAWN]
    records = [_record(figure, signs, drawn) for figure in drawn]
    legend = [(charts.SIGNS[at], _colour(at), name) for name, at in signs.items()]
    return Quantity(
        row,
        f"quantity-{anchor_of(row['quantity_id'])}",
        tuple(figures),
        tuple(legend),
        charts.figures(records) if records else None,
        _shared(figures),
    )


def _bounds(figure: Row) -> tuple[float, float] | None:
    """The least and greatest number that can be drawn; None where the words give no number."""
    known = [figure[name] for name in ("value_low", "value", "value_high") if figure[name] is not None]
    return (min(known), max(known)) if known else None


def _record(figure: Row, signs: dict[str, int], drawn: Sequence[Row]) -> dict[str, object]:
    low, high = _bounds(figure) or (0.0, 0.0)
    edge = charts.HEADROOM * max((_bounds(other) or (0.0, 0.0))[1] for other in drawn)
    ends = [figure["value_low"], figure["value_high"]]
    is_open = ends.count(None) == 1
    first, last = figure["first"], figure["last"]
    middle: datetime.date = first + (last - first) / 2
    return {
        "value": figure["value"] if figure["value"] is not None else (low + high) / 2,
        "low": 0.0 if is_open and ends[0] is None else low,
        "high": edge if is_open and ends[1] is None else high,
        "open": is_open,
        "first": f"{first:%Y-%m-%d}",
        "last": f"{last:%Y-%m-%d}",
        "middle": f"{middle:%Y-%m-%d}",
        "shape": charts.SHAPES[signs[figure["who"]]],
        "colour": charts.COLOURS[_colour(signs[figure["who"]])],
    }


def _colour(at: int) -> int:
    return at % len(charts.COLOURS)


def _shared(figures: Sequence[Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Figures of one speaker in more than one claim, by speaker."""
    groups: dict[str, list[Row]] = {}
    for figure in figures:
        if figure["voice"] == "reported" and figure["actor_id"]:
            groups.setdefault(figure["who"], []).append(figure)
    return tuple((who, tuple(rows)) for who, rows in groups.items() if len({figure["claim_id"] for figure in rows}) > 1)
