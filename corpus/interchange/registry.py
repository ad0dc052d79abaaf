"""The formats: each is a module of `corpus.interchange.formats` with a value `FORMAT`; a new one needs no more."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.interchange import formats as _formats
from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import Texts
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


@functools.cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in order of their names."""
    modules = (importlib.import_module(f"{_formats.__name__}.{found.name}") for found in _found())
    return {one.name: one for one in sorted((module.FORMAT for module in modules), key=lambda one: one.name)}


def _found() -> list[pkgutil.ModuleInfo]:
    return list(pkgutil.iter_modules(_formats.__path__))
