"""What a format is, and the formats there are: the modules of `corpus.interchange.formats`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnknownFormatError
from corpus.interchange import formats as _formats
from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import Texts
from corpus.interchange.formats import names
from corpus.interchange.offsets import Unit
from corpus.interchange.values import AnnotatedDocument

Read = Callable[["Reading"], Iterator[AnnotatedDocument]]
Write = Callable[[Iterable[AnnotatedDocument], Path, Losses], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: a file or a folder. `texts`: those that stand elsewhere. `unit`: of offsets, None: the tool's."""

    place: Path
    faults: Faults
    texts: Texts
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of annotations.

    `read` yields documents and notes what does not fit; it raises nothing, whatever a file holds, but `OSError`.
    `write` makes new files in an empty folder. `offsets`: what the tool counts. `carries`, `drops`: for people.
    """

    name: str
    tool: str
    offsets: str
    carries: str
    drops: str
    read: Read
    write: Write | None = None


def format_named(name: str) -> Format:
    """The format of that name. Raises `UnknownFormatError`."""
    if name not in names():
        raise UnknownFormatError(name, names())
    module = importlib.import_module(f"{_formats.__name__}.{name.replace('-', '_')}")
    found: Format = module.FORMAT
    return found


def formats() -> list[Format]:
    """All formats, in order of their names."""
    return [format_named(name) for name in names()]
