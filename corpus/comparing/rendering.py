"""Differences as text for a terminal, Markdown for a summary of a pull request, or JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any, Literal

from corpus.comparing.differences import DatasetDifference, NamedRow, TableDifference
from corpus.comparing.wording import Stretch, word_changes
from corpus.terminal import printable, shortened

Format = Literal["text", "json", "markdown"]

# GitHub takes 65,536 characters as a comment.
_MOST_MARKDOWN = 60_000
_LONG = 60
_CONTEXT = 40
_MOST_STRETCHES = 24
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class _Style:
    """How words of a dataset are set: shown as escapes where they could steer, and so marked that they stay words."""

    is_markdown: bool

    def words(self, value: object) -> str:
        """A value as the reader is to see it. In Markdown it is a code span, in which nothing has a meaning."""
        shown = shortened(_written(value))
        return code_span(shown) if self.is_markdown else shown

    def removed(self, value: object) -> str:
        """A value that is no more."""
        return f"~~{self.words(value)}~~" if self.is_markdown else f"[-{self.words(value)}-]"

    def added(self, value: object) -> str:
        """A value that is new."""
        return f"**{self.words(value)}**" if self.is_markdown else f"{{+{self.words(value)}+}}"

    def key(self, key: Sequence[Any]) -> str:
        """The values that name a row."""
        return self.words(" · ".join(_written(value) for value in key))


def render(difference: DatasetDifference, form: Format = "text") -> str:
    """All differences in one of the forms. Markdown is at most 60,000 code points; what is left out is counted."""
    if form == "json":
        return _as_json(difference)
    style = _Style(is_markdown=form == "markdown")
    lines = list(_lines(difference, style))
    return _bounded(lines) if style.is_markdown else "\n".join(lines)


def _as_json(difference: DatasetDifference) -> str:
    tables = [asdict(table) for table in difference.tables if table.is_different]
    versions = {"old_version": difference.old_version, "new_version": difference.new_version}
    everything = {"is_different": difference.is_different, **versions, "tables": tables}
    return json.dumps(everything, ensure_ascii=True, indent=1, default=str)


def _lines(difference: DatasetDifference, style: _Style) -> Iterator[str]:
    tables = [table for table in difference.tables if table.is_different]
    if style.is_markdown:
        yield from ("## What differs in the dataset", "")
    if difference.old_version != difference.new_version:
        yield f"version {style.removed(difference.old_version)} {style.added(difference.new_version)}"
    if not tables:
        yield "the tables hold the same rows"
        return
    yield from _totals(tables) if style.is_markdown else ()
    for table in tables:
        yield from _table_lines(table, style)


def _totals(tables: Sequence[TableDifference]) -> Iterator[str]:
    yield from ("", "| table | rows before | rows now | added | removed | changed |", "|---|--:|--:|--:|--:|--:|")
    for table in tables:
        counts = (table.old_count, table.new_count, table.added, table.removed, table.changed)
        yield f"| `{table.table}` | {' | '.join(f'{count:,}' for count in counts)} |"


def _table_lines(table: TableDifference, style: _Style) -> Iterator[str]:
    bullet = "- " if style.is_markdown else "  "
    yield from _heading(table, style)
    if table.presence != "both":
        yield f"{bullet}the table was {table.presence}"
    for change in table.columns:
        yield f"{bullet}column {style.words(change.column)}: {_type_change(change.old_type, change.new_type, style)}"
    if table.changes:
        counts = (f"{style.words(column)} {count:,}" for column, count in table.changes.items())
        yield f"{bullet}rows changed in {', '.join(counts)}"
    yield from _named_lines("+ " if not style.is_markdown else "added ", table.added_rows, table.added, style)
    yield from _named_lines("- " if not style.is_markdown else "removed ", table.removed_rows, table.removed, style)
    for row in table.changed_rows:
        yield f"{bullet}{'changed' if style.is_markdown else '~'} {style.key(row.key)}"
        for value in row.values:
            yield f"  {bullet}{style.words(value.column)}: {_value_change(value.old, value.new, style)}"
    yield from _more(len(table.changed_rows), table.changed, bullet, "changed")


def _heading(table: TableDifference, style: _Style) -> Iterator[str]:
    if style.is_markdown:
        yield from ("", f"### `{table.table}`", "")
        return
    counts = f"{table.added:,} added, {table.removed:,} removed, {table.changed:,} changed"
    yield f"{table.table}: {table.old_count:,} → {table.new_count:,} rows; {counts}"


def _named_lines(sign: str, rows: Sequence[NamedRow], count: int, style: _Style) -> Iterator[str]:
    bullet = "- " if style.is_markdown else "  "
    for row in rows:
        yield f"{bullet}{sign}{style.key(row.key)}" + (f" {style.words(row.words)}" if row.words else "")
    yield from _more(len(rows), count, bullet, "added" if sign[0] in "+a" else "removed")


def _more(named: int, count: int, bullet: str, kind: str) -> Iterator[str]:
    if named < count:
        yield f"{bullet}{count - named:,} more {kind}"


def _type_change(old: str | None, new: str | None, style: _Style) -> str:
    if old and new:
        return f"{style.removed(old)} {style.added(new)}; its values are not compared"
    return f"added, {style.words(new)}" if new else "removed"


def _value_change(old: object, new: object, style: _Style) -> str:
    """Short values one after the other; of long ones the words that changed, with a few around them."""
    before, after = _written(old), _written(new)
    if old is None or new is None or max(len(before), len(after)) <= _LONG:
        return f"{style.removed(old)} {style.added(new)}"
    stretches = word_changes(before, after)
    parts = []
    for place, stretch in enumerate(stretches[:_MOST_STRETCHES]):
        if stretch.kind == "same":
            parts.append(style.words(_clipped(stretch, first=place == 0, last=place == len(stretches) - 1)))
        else:
            parts.append(style.removed(stretch.words) if stretch.kind == "removed" else style.added(stretch.words))
    if len(stretches) > _MOST_STRETCHES:
        parts.append(f" … and {sum(s.kind != 'same' for s in stretches[_MOST_STRETCHES:]):,} more")
    return (" " if style.is_markdown else "").join(parts)


def _clipped(stretch: Stretch, *, first: bool, last: bool) -> str:
    """Of words that did not change, those beside a change."""
    words = stretch.words
    if len(words) <= 2 * _CONTEXT:
        return words
    return ("" if first else words[:_CONTEXT]) + "…" + ("" if last else words[-_CONTEXT:])


def _written(value: object) -> str:
    if value is None:
        return "(null)"
    return value if isinstance(value, str) else str(value)


def code_span(words: str) -> str:
    """A code span of CommonMark, its fence longer than any run of backticks in it."""
    if not words:
        return "(empty)"
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(words)), default=0))
    inner = f" {words} " if words[0] in "` " or words[-1] in "` " else words
    return f"{fence}{printable(inner)}{fence}"


def _bounded(lines: Sequence[str]) -> str:
    """The lines that fit, and how many do not."""
    room = _MOST_MARKDOWN - 100
    fit = sum(1 for length in accumulate(len(line) + 1 for line in lines) if length <= room)
    left = [f"\n{len(lines) - fit:,} more lines are left out: run `corpus diff`."] if fit < len(lines) else []
    return "\n".join([*lines[:fit], *left])
