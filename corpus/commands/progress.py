"""Progress of long work: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from corpus.scaling.progress import Advance, Progress

_SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def shown_progress(*, is_quiet: bool = False) -> Iterator[Progress]:
    """What tells the user how far it is: on a terminal the stage and a bar, in a pipe a line every half minute."""
    if is_quiet:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield _Lines()
    else:
        with _bar() as bar:
            yield _OnTerminal(bar)


class _Lines:
    """Says nothing of what ends soon."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()

    def __call__(self, news: str | Advance) -> None:
        now = time.monotonic()
        if isinstance(news, str) or now - self._last < _SECONDS_BETWEEN_LINES:
            return
        self._last = now
        seconds = now - self._started
        of = f" of {news.expected:,}" if news.expected else ""
        rate = f"{news.size / seconds / 1e6:.1f} MB/s"
        print(f"{news.articles:,}{of} articles, {news.refused:,} refused, {rate}, {seconds:.0f} s", file=sys.stderr)  # noqa: T201


class _OnTerminal:
    """One bar for the bulk seeds, whose words are those of the stage elsewhere."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("starting", total=None, detail="")
        self._started: float | None = None

    def __call__(self, news: str | Advance) -> None:
        from rich.markup import escape

        from corpus.terminal import printable

        if isinstance(news, str):
            # A file's name must not style or steer the terminal.
            self._bar.update(self._task, description=escape(printable(news)))
            return
        self._started = self._started or time.monotonic()
        seconds = max(time.monotonic() - self._started, 0.001)
        detail = f"{news.articles:,} articles, {news.size / seconds / 1e6:.1f} MB/s"
        detail += f", {news.refused:,} refused" if news.refused else ""
        done = news.articles + news.refused
        self._bar.update(self._task, description="bulk seeds", completed=done, total=news.expected, detail=detail)


@contextmanager
def _bar() -> Iterator[Bar]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[detail]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        yield bar
