"""Tables drawn for a terminal of any width, for light and dark ones, and for a pipe.

A table that fits is drawn in columns; one that does not is drawn as a block for each row, with the columns' names, so
that no column is cut or folded into a few letters.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any, Literal, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.terminal import printable

WIDTH_OF_A_PIPE = 200
LONGEST_LINE = 96  # longer lines of running text are hard to read
_NARROW, _LONGEST_WORD, _BETWEEN = 18, 24, 2  # no column gets narrower than these, if it is wider by itself
_TRAILING = re.compile(r" +((?:\x1b\[[0-9;]*m)*)(?=\n)")


class _Trimmed:
    """A stream that leaves out the spaces that pad lines: copied or resized, they would break each line in two."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_TRAILING.sub(r"\1", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_console() -> Console:
    """The terminal, or a wide page where the output goes elsewhere; nothing in a text is taken as markup."""
    width = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    return Console(file=_Trimmed(sys.stdout), highlight=False, emoji=False, markup=False, width=width)  # type: ignore[arg-type]


def draw_table(
    console: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    title: str = "",
    name: str = "",
    note: str = "",
) -> None:
    """Print a table with its title, the name that it is asked for by, and its note; in a pipe each row is a line."""
    if title:
        console.print(Text.assemble((printable(title), "bold"), (f"  {name}" if name else "", "dim")))
    cells = list(zip(*map(_column, zip(*rows, strict=True)), strict=True))
    widths = [max(map(cell_len, column)) for column in zip(*(map(_widest_word, columns), *cells), strict=True)]
    least = [_least(width, column) for width, column in zip(widths, zip(*cells, strict=True), strict=bool(cells))]
    if not rows:
        console.print(Text("none", style="dim"))
    elif sum(least) + _BETWEEN * (len(least) - 1) <= console.width or not console.is_terminal:
        shown = console.width
        console.width = shown if console.is_terminal else sum(widths) + _BETWEEN * len(widths)
        console.print(_columns(columns, rows, cells, (widths, least), console.width))
        console.width = shown
    else:
        console.print(*_blocks(columns, rows, cells, console.width), sep="\n")
        note = f"{note} Nothing is written where a value is empty or zero.".strip()
    if note:
        console.print(Text(printable(note), style="dim"), width=min(console.width, LONGEST_LINE))
    if title:
        console.print()


def _columns(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    cells: Sequence[Sequence[str]],
    widths: tuple[Sequence[int], Sequence[int]],
    room: int,
) -> Table:
    """Columns side by side; only wide ones are wrapped, between words, and rows set apart where many are."""
    over = sum(widths[0]) + _BETWEEN * (len(widths[0]) - 1) - room
    wide = [over > 0 and least < width for width, least in zip(*widths, strict=True)]
    share = (sum(width for width, is_wide in zip(widths[0], wide, strict=True) if is_wide) - over) // max(sum(wide), 1)
    folded = sum(
        any(is_wide and cell_len(cell) > share for cell, is_wide in zip(row, wide, strict=True)) for row in cells
    )
    apart = int(3 * folded > len(cells))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), leading=apart, show_edge=False)
    for at, column in enumerate(columns):
        justify: Literal["left", "right"] = "right" if _is_numeric(row[at] for row in rows) else "left"
        heading = "\n".join(wrap(printable(column), widths[0][at], break_long_words=False))
        table.add_column(heading, justify=justify, overflow="fold", no_wrap=not wide[at], header_style="not bold dim")
    for row in cells:
        table.add_row(*row)
    return table


def _blocks(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], cells: Sequence[Sequence[str]], width: int
) -> Iterator[RenderableType]:
    """A block for each row: its first cell, then the others with their names; what is empty or zero is left out."""
    last = None
    for row, drawn in zip(rows, cells, strict=True):
        if drawn[0] != last:
            yield Text(last := drawn[0], style="underline")
        told, used = Text(), 0
        for column, value, cell in zip(columns[1:], row[1:], drawn[1:], strict=True):
            if not cell or value == 0:
                continue
            length = cell_len(f"{printable(column)} {cell}")
            together = used > 0 and used + 3 + length <= width - 4  # a name stays with its value where both fit a line
            told.append(" · " if together else "\n" * bool(told))
            told.append(f"{printable(column)} ", style="dim").append(cell)
            used = used + 3 + length if together else length
        yield Padding(told, (0, 0, 0, 2), expand=False)


def _least(width: int, cells: Sequence[str]) -> int:
    """The least width that a column can be read in: words are not to be broken, but for very long ones."""
    word = max(cell_len(_widest_word(cell)) for cell in cells)
    return min(width, max(_NARROW, min(word, _LONGEST_WORD)))


def _widest_word(name: str) -> str:
    return max(printable(name).split(), key=cell_len, default="")


def _is_numeric(values: Iterable[Any]) -> bool:
    return all(isinstance(value, int | float | None) for value in values)


def _column(values: Sequence[Any]) -> list[str]:
    """Cells as they are printed: numbers of a column with as many decimals each, words on one line."""
    decimals = max((len(f"{one:.10g}".partition(".")[2]) for one in values if isinstance(one, float)), default=0)
    return ["" if one is None else _shown(one, decimals) for one in values]


def _shown(value: Any, decimals: int) -> str:
    if isinstance(value, float):
        return f"{value:,.{decimals}f}"
    return f"{value:,}" if isinstance(value, int) else " ".join(printable(str(value)).split())
