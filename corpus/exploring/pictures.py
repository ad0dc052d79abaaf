"""The pictures of an explorer: what is counted, how it is drawn, and the numbers behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.exploring import charts
from corpus.exploring.library import Library, Row
from corpus.tables.facts import read_query

_MOST_ROWS, _MOST_COLUMNS, _MOST_DATED, _MOST_IN_A_TABLE = 24, 9, 60, 2000
# The colours are those of the marks in the texts.
_VOICES = {"author": 1, "reported": 0}
_MODALITIES = {"fact": 0, "evaluation": 1, "prediction": 2, "directive": 3}
_BASES = {"stated": "circle", "found": "square", "inferred": "diamond", "crawler": "triangle-up"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the numbers behind it. `legend`: sign, colour (a place in the palette) and words of each."""

    anchor: str
    title: str
    note: str
    svg: str
    legend: tuple[tuple[str, int, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def read_pictures(library: Library, full: Library, claims: str = "claims") -> list[Picture]:
    """The pictures of the whole dataset; those for which there is nothing are left out.

    `full`: the same dataset with its texts, in which names are counted; no word of a text is taken from it.
    """
    made = [
        _timeline(library),
        _parts(library, claims, "voice", _VOICES, "Whose voice, by outlet"),
        _parts(library, claims, "modality", _MODALITIES, "What sort of commitment, by outlet"),
        _speakers(library, claims),
        _naming(full),
    ]
    return [picture for picture in made if picture]


def _table(rows: Sequence[Row]) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    shown = rows[:_MOST_IN_A_TABLE]
    return tuple(rows[0]) if rows else (), tuple(tuple(row.values()) for row in shown)


def _timeline(library: Library) -> Picture | None:
    rows = library.rows(
        """SELECT a.article_id AS article, coalesce(s.name, '(not known)') AS outlet, a.published,
                  a.published_from AS "first day", a.published_to AS "last day", a.date_basis AS basis
           FROM articles a LEFT JOIN sources s USING (source_id) ORDER BY a.published_from, a.published_to, article"""
    )
    dated = [row for row in rows if row["first day"] and row["last day"]]
    if not dated:
        return None
    by_article = len(dated) <= _MOST_DATED
    records = [_dated(row, f"{row['article']}  {row['outlet']}" if by_article else row["outlet"]) for row in dated]
    names = list(dict.fromkeys(record["row"] for record in records))[: _MOST_DATED * 2]
    records = [record for record in records if record["row"] in set(names)]
    bases = [basis for basis in _BASES if any(row["basis"] == basis for row in dated)]
    legend = tuple((_sign(_BASES[basis]), 0, f"date {basis}") for basis in bases)
    without = len(rows) - len(dated)
    note = "A bar spans the days that are possible; a sign alone is one day."
    note += f" {without} articles have no date and are not drawn." if without else ""
    svg = charts.spans(records, names)
    return Picture("picture-dates", "When articles were published", note, svg, legend, *_table(rows))


def _dated(row: Row, name: str) -> dict[str, str]:
    first, last = row["first day"], row["last day"]
    middle = first + (last - first) / 2
    shape = _BASES.get(row["basis"], "circle")
    return {
        "row": charts.label(name),
        "first": f"{first:%Y-%m-%d}",
        "last": f"{last:%Y-%m-%d}",
        "middle": f"{middle:%Y-%m-%d}",
        "shape": shape,
    }


def _sign(shape: str) -> str:
    return charts.SIGNS[charts.SHAPES.index(shape)]


def _parts(library: Library, claims: str, column: str, parts: Mapping[str, int], title: str) -> Picture | None:
    counted = ", ".join(f"count(*) FILTER (WHERE c.{column} = '{part}') AS {part}" for part in parts)
    sql = f"""SELECT coalesce(s.name, '(not known)') AS outlet, count(*) AS claims, {counted}
              FROM {claims} c LEFT JOIN sources s USING (source_id) GROUP BY 1 ORDER BY claims DESC, outlet"""  # noqa: S608 - own names
    rows = library.rows(sql)
    if not rows:
        return None
    shown = rows[:_MOST_ROWS]
    records = [
        {"row": charts.label(row["outlet"]), "part": part, "count": row[part]} for row in shown for part in parts
    ]
    legend = tuple(("■", at, part) for part, at in parts.items())
    note = "Counts of claims, not shares: outlets with more text have longer bars." + _left_out(rows, shown, "outlets")
    return Picture(f"picture-{column}", title, note, charts.bars(records, parts, "claims"), legend, *_table(rows))


def _speakers(library: Library, claims: str) -> Picture | None:
    sql = f"""SELECT a.name AS speaker, a.kind, coalesce(s.name, '(not known)') AS outlet, count(*) AS claims
              FROM {claims} c JOIN actors a USING (actor_id) LEFT JOIN sources s ON s.source_id = c.source_id
              WHERE c.voice = 'reported' GROUP BY ALL ORDER BY speaker, outlet"""  # noqa: S608 - own names
    rows = library.rows(sql)
    note = "Reported claims by whom the words are given to. Claims whose speaker is not in the register are not drawn."
    return _matrix(rows, ("speaker", "outlet", "claims"), ("picture-speakers", "Who gets to speak, by outlet", note))


def _naming(library: Library) -> Picture | None:
    title, note, sql = read_query("naming_by_outlet")
    rows = [row for row in library.rows(sql) if library.has_text]
    outlets = [name for name in rows[0] if name not in ("actor", "form")] if rows else []
    counted = [
        {"form": f"“{row['form']}” – {row['actor']}", "outlet": outlet, "times": row[outlet]}
        for row in rows
        for outlet in outlets
        if row[outlet]
    ]
    return _matrix(counted, ("form", "outlet", "times"), ("picture-naming", title, note))


def _matrix(rows: Sequence[Row], names: tuple[str, str, str], words: tuple[str, str, str]) -> Picture | None:
    """Circles for the rows and columns with the highest counts."""
    if not rows:
        return None
    row_name, column_name, count = names
    lines, cells = _largest(rows, row_name, count), _largest(rows, column_name, count)
    shown, across = lines[:_MOST_ROWS], cells[:_MOST_COLUMNS]
    records = [
        {"row": charts.label(row[row_name]), "column": charts.label(row[column_name]), "count": row[count]}
        for row in rows
        if row[row_name] in set(shown) and row[column_name] in set(across)
    ]
    svg = charts.matrix(records, [charts.label(name) for name in shown], [charts.label(name) for name in across])
    note = words[2] + _left_out(lines, shown, "rows") + _left_out(cells, across, "outlets")
    return Picture(words[0], words[1], note, svg, (), *_table(rows))


def _largest(rows: Sequence[Row], name: str, count: str) -> list[str]:
    sums: dict[str, int] = {}
    for row in rows:
        sums[row[name]] = sums.get(row[name], 0) + row[count]
    return sorted(sums, key=lambda key: (-sums[key], key))


def _left_out(everything: Sequence[Any], shown: Sequence[Any], what: str) -> str:
    more = len(everything) - len(shown)
    return f" Drawn: the first {len(shown)} {what} by number; {more} more stand in the table." if more else ""
