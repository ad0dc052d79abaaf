"""Charts as SVG, the same to the byte everywhere: drawn with Vega-Lite, with every place given.

Nothing may depend on the fonts of the machine: there is no automatic size, no legend and no label that is shortened
by its drawn width. Legends are written in HTML beside the chart. Colours are names for the page's style sheet, which
has others in the dark.
"""

from __future__ import annotations

import datetime
import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.errors import MissingExtraError
from corpus.terminal import printable

Spec = dict[str, Any]
Records = Sequence[Mapping[str, Any]]

INK, GRID, PAPER = "#1c1c1a", "#d8d5cd", "#fdfcf9"
COLOURS = ("#2f6690", "#b5651d", "#5b7f4b", "#7a5195", "#6b6b66")
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-left", "triangle-right")
SIGNS = ("●", "■", "▲", "◆", "▼", "✚", "◀", "▶")
WIDTH, ROW = 470, 26
_LEFT, _RIGHT, _TOP, _BOTTOM = 256, 46, 12, 44
_BARE = 14  # below a chart that has no axis there
_LONGEST_LABEL = 34
_VERSION = "6.4"
_MOST_TICKS = 5
HEADROOM = 1.08  # of the highest number, so that its sign is whole
# How far apart ticks of an axis of days may be: what people count in.
_STEPS_IN_DAYS, _SHORTEST_IN_MONTHS = (1, 2, 7, 14), 62
_STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 24000)


def require_drawing(needs: str) -> None:
    """Raise `MissingExtraError` where the package that draws is not installed. `needs`: what needs it."""
    if importlib.util.find_spec("vl_convert") is None:
        raise MissingExtraError(needs, None, "vl-convert-python")


def label(text: str) -> str:
    """Words as a label of a chart: control characters shown as escapes, no longer than the margin holds."""
    words = printable(" ".join(text[: _LONGEST_LABEL * 4].split()))
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1].rstrip()}…"


def bars(records: Records, parts: Mapping[str, int], title: str) -> str:
    """Bars of counted parts side by side, one for each `row`; each record has `row`, `part` and `count`.

    `parts`: the colour of each part, by its place in `COLOURS`.
    """
    rows = list(dict.fromkeys(record["row"] for record in records))
    spec = _frame(len(rows) * ROW, records)
    scale = {"domain": list(parts), "range": [COLOURS[at] for at in parts.values()]}
    colour = {"field": "part", "type": "nominal", "legend": None, "scale": scale}
    spec["mark"] = {"type": "bar", "height": 17, "stroke": PAPER, "strokeWidth": 1}
    spec["transform"] = [{"calculate": f"indexof({list(parts)!r}, datum.part)", "as": "order"}]
    spec["encoding"] = {
        "y": _rows(rows),
        "x": {"field": "count", "type": "quantitative", "stack": "zero", "axis": _numbers(title)},
        "color": colour,
        "order": {"field": "order", "type": "quantitative"},
    }
    return _svg(spec)


def matrix(records: Records, rows: Sequence[str], cells: Sequence[str]) -> str:
    """Counts as circles with their number, `row` by `column`."""
    spec = _frame(len(rows) * ROW, records, top=128, right=146, bottom=_BARE)
    spec["width"] -= 60
    rows, cells = list(dict.fromkeys(rows)), list(dict.fromkeys(cells))
    x = {
        "field": "column",
        "type": "nominal",
        "sort": list(cells),
        "scale": {"domain": list(cells)},
        "axis": {"orient": "top", "labelAngle": -32, "title": None, "domain": False, "ticks": False, **_WHOLE},
    }
    y = {**_rows(rows), "scale": {"domain": list(rows)}, "axis": {**_rows(rows)["axis"], "grid": True}}
    size = {"field": "count", "type": "quantitative", "legend": None, "scale": {"rangeMax": 600, "rangeMin": 190}}
    text = {"type": "text", "fontSize": 11, "fill": INK}
    spec["layer"] = [
        {"mark": {"type": "circle", "fill": "#c6d6e3", "opacity": 1}, "encoding": {"x": x, "y": y, "size": size}},
        {"mark": text, "encoding": {"x": x, "y": y, "text": {"field": "count", "type": "quantitative"}}},
    ]
    return _svg(spec)


def spans(records: Records, rows: Sequence[str]) -> str:
    """Dates by row: a bar from `first` to `last` where several days are possible, and a sign for how it is known.

    Each record has `row`, `first`, `last`, `middle` (ISO dates) and `shape`.
    """
    spec = _frame(len(rows) * ROW, records, bottom=28)
    days = [record[name] for record in records for name in ("first", "last")]
    y = {**_rows(rows), "scale": {"domain": list(rows)}, "axis": {**_rows(rows)["axis"], "grid": True}}
    x = _days("first", days)
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    spec["layer"] = [
        {
            "mark": {"type": "rule", "stroke": COLOURS[0], "strokeWidth": 5, "opacity": 0.55, "strokeCap": "round"},
            "encoding": {"y": y, "x": x, "x2": {"field": "last"}},
        },
        {
            "mark": {"type": "point", "size": 62, "filled": True, "fill": COLOURS[0], "opacity": 1},
            "encoding": {"y": y, "x": {**x, "field": "middle"}, "shape": shape},
        },
    ]
    return _svg(spec)


def figures(records: Records) -> str:
    """Values over time: a sign for each figure by who says it, bars for the days and for the numbers it allows.

    Each record has `first`, `last`, `middle` (ISO dates), `value`, `low`, `high` (numbers), `shape`, `colour`,
    and `open`: whether a bound was not set, so that the bar ends at the edge of the chart.
    """
    top = max(max(record["high"], HEADROOM * record["value"]) for record in records)
    bottom = min(0.0, *(record["low"] for record in records))
    spec = _frame(200, records, left=96, bottom=28)
    spec["width"] += 160
    x = _days("middle", [record[name] for record in records for name in ("first", "last")])
    scale = {"domain": [bottom, top], "nice": False, "zero": False}
    axis = {"title": None, "format": ",~f", "tickCount": 5, "grid": True, **_WHOLE}
    y = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    shape = {"field": "shape", "type": "nominal", "scale": None, "legend": None}
    rule = {"type": "rule", "strokeWidth": 2, "opacity": 0.75}
    bounds = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour}
    dates = {"x": {**x, "field": "first"}, "x2": {"field": "last"}, "y": y, "color": colour}
    spec["layer"] = [
        {"transform": [{"filter": "!datum.open"}], "mark": rule, "encoding": bounds},
        {"transform": [{"filter": "datum.open"}], "mark": {**rule, "strokeDash": [3, 3]}, "encoding": bounds},
        {"mark": rule, "encoding": dates},
        {
            "mark": {"type": "point", "size": 95, "filled": True, "opacity": 1},
            "encoding": {"x": x, "y": y, "shape": shape, "color": colour},
        },
    ]
    return _svg(spec)


def _frame(
    height: int, records: Records, left: int = _LEFT, top: int = _TOP, right: int = _RIGHT, bottom: int = _BOTTOM
) -> Spec:
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{_VERSION[0]}.json",
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "width": WIDTH,
        "height": height,
        "data": {"values": list(records)},
        "config": _CONFIG,
    }


def _rows(rows: Sequence[str]) -> Spec:
    axis = {"title": None, "labelLimit": 0, "labelOverlap": False, "ticks": False, "domain": False}
    return {"field": "row", "type": "nominal", "sort": list(rows), "axis": axis}


def _numbers(title: str) -> Spec:
    placed = {"title": title, "titleY": 27, "titleX": 0, "titleAlign": "left"}
    return {**placed, "tickCount": 6, "tickMinStep": 1, **_WHOLE}


def _days(field: str, days: Sequence[str]) -> Spec:
    """An axis of days whose ticks are whole days, given one by one: what a library finds nice depends on widths."""
    first, last = datetime.date.fromisoformat(min(days)), datetime.date.fromisoformat(max(days))
    margin = max((last - first).days // 24, 1)
    one, two = _moved(first, -margin), _moved(last, margin)
    ticks = [day.isoformat() for day in _ticks(one, two)]
    axis = {"values": ticks, "format": "%Y-%m-%d", "title": None, "grid": True, **_WHOLE}
    scale = {"type": "utc", "domain": [one.isoformat(), two.isoformat()], "nice": False}
    return {"field": field, "type": "temporal", "scale": scale, "axis": axis}


def _ticks(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Days a step apart that people count in; over longer times the firsts of months."""
    days = (last - first).days
    if days <= _SHORTEST_IN_MONTHS:
        step = next((step for step in _STEPS_IN_DAYS if days <= step * _MOST_TICKS), _STEPS_IN_DAYS[-1])
        return [_moved(first, at) for at in range(0, days + 1, step)]
    start, end = (12 * day.year + day.month - 1 for day in (first, last))
    step = next(step for step in _STEPS_IN_MONTHS if end - start <= step * _MOST_TICKS)
    months = range(-(-(start + (first.day > 1)) // step) * step, end + 1, step)
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in months]


def _moved(day: datetime.date, days: int) -> datetime.date:
    """Some days later, or the last day of the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)


# Labels are neither left out nor moved by their drawn width.
_WHOLE = {"labelOverlap": False, "labelLimit": 0, "labelFlush": False, "labelBound": False}


def _svg(spec: Spec) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[]))


_CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
}
