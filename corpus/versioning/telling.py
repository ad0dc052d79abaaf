"""What a release brings, in words for those who use the data: the section `Data` of the changelog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.comparing.differences import DatasetDifference, TableDifference
from corpus.comparing.rendering import code_span
from corpus.seeds.declarations import Removal
from corpus.terminal import shortened
from corpus.versioning.policy import CITED

HEADING = "### Data"
MOST_NAMED = 20
# What follows from seeds, scheme and rules, and is counted only.
_DERIVED = ("paragraphs", "sentences", "claim_passes", "figures", "claims_automatic", "figures_automatic", "ledger")
_THINGS = {"articles": "article", "claims": "curated claim"}


def section(difference: DatasetDifference, removals: Sequence[Removal]) -> str:
    """The section as Markdown: what was taken down, added, corrected; at most 20 ids of each, all counted.

    `removals`: the entries of the register for what is gone since the last release; nothing cited goes without one.
    """
    tables = [table for table in difference.tables if table.is_different]
    lines = [
        *_taken_down(removals),
        *(line for table in tables for line in _shape(table)),
        *(line for table in tables if table.table in CITED for line in _cited(table)),
        *(line for table in tables if table.table not in CITED for line in _other(table)),
    ]
    return "\n".join([HEADING, "", *(f"- {line}" for line in lines or ["The tables hold the same rows."]), ""])


def _taken_down(removals: Sequence[Removal]) -> Iterator[str]:
    for kind in ("article", "claim", "seed"):
        entries = [entry for entry in removals if entry.kind == kind]
        if entries:
            reasons = Counter(entry.reason for entry in entries)
            why = ", ".join(f"{reason} {count:,}" for reason, count in sorted(reasons.items()))
            yield f"Taken down: {_count(len(entries), kind)} ({why}): {_ids([entry.id for entry in entries])}."


def _shape(table: TableDifference) -> Iterator[str]:
    if table.presence != "both":
        rows = _count(max(table.old_count, table.new_count), "row")
        yield f"The table `{table.table}` was {table.presence} ({rows})."
        return
    for change in table.columns:
        where = f"The column {code_span(f'{table.table}.{change.column}')}"
        if change.old_type and change.new_type:
            yield f"{where} changed its type from {change.old_type} to {change.new_type}."
        else:
            yield f"{where} was {'added' if change.new_type else 'removed'}."


def _cited(table: TableDifference) -> Iterator[str]:
    thing = _THINGS[table.table]
    if table.added:
        yield f"Added: {_count(table.added, thing)}: {_ids([row.key[0] for row in table.added_rows], table.added)}."
    if table.changed:
        columns = ", ".join(f"`{column}` {count:,}" for column, count in (table.changes or {}).items())
        ids = _ids([row.key[0] for row in table.changed_rows], table.changed)
        yield f"Changed: {_count(table.changed, thing)} in {columns}: {ids}."


def _other(table: TableDifference) -> Iterator[str]:
    if table.presence != "both" or not (table.added or table.removed or table.changed):
        return
    counts = (("added", table.added), ("removed", table.removed), ("changed", table.changed))
    words = ", ".join(f"{_count(count, 'row')} {what}" for what, count in counts if count)
    if table.table in _DERIVED or len(table.key) != 1:
        yield f"`{table.table}`: {words}."
        return
    named = [row.key[0] for row in (*table.added_rows, *table.removed_rows)]
    named += [row.key[0] for row in table.changed_rows]
    ids = _ids(named, table.added + table.removed + table.changed)
    yield f"`{table.table}`: {words}: {ids}."


def _ids(ids: Sequence[object], count: int | None = None) -> str:
    named = ids[:MOST_NAMED]
    left = (len(ids) if count is None else count) - len(named)
    more = f" and {left:,} more" if left else ""
    return ", ".join(code_span(shortened(str(id_), 80)) for id_ in named) + more


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
