"""The files of a new repository, from templates, with every value made safe for where it stands."""

from __future__ import annotations

import functools
import hashlib
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import jinja2
import tomlkit

from corpus.names import PROGRAM
from corpus.pages.datasheet import checklist
from corpus.pages.rendering import as_words
from corpus.scaffolding.programs import Program
from corpus.scaffolding.wanted import Wanted

_TEMPLATES = "corpus.scaffolding"
# The sample's files that stand in the repository as they are here.
_COPIED = ("article.txt", "claims.jsonl")
_SEED = "seeds/000"


def render_repository(wanted: Wanted, program: Program, day: date) -> dict[str, bytes]:
    """The content of each file by its path. `day`: the day of the first version."""
    sample = _root().joinpath("samples").joinpath(wanted.sample)
    copied = {f"{_SEED}/{name}": sample.joinpath(name).read_bytes() for name in _COPIED}
    values = {
        "wanted": wanted,
        "program": program,
        "package": PROGRAM,
        "day": day,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "sha256": hashlib.sha256(copied[f"{_SEED}/article.txt"]).hexdigest(),
        "questions": _questions(),
    }
    files = {}
    for path in _paths(_root().joinpath("repository")):
        text = _environment().get_template(f"repository/{path}").render(values)
        files[path.removesuffix(".j2").replace("dot-", ".")] = text.encode()
    return dict(sorted({**files, **copied}.items()))


def as_toml(value: Any) -> str:
    """A value as TOML writes it."""
    return str(tomlkit.item(value).as_string())


def _questions() -> list[Mapping[str, str]]:
    """Each question of the datasheet, with an answer that is true of any new corpus, or that there is none yet."""
    given = tomllib.loads(_root().joinpath("answers.toml").read_text("utf-8"))
    none = {"status": "unknown", "text": given["none"]}
    return [{"id": question.id, "asks": question.asks, **given.get(question.id, none)} for question in checklist()[1]]


def _paths(folder: Traversable, above: str = "") -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _paths(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".j2"):
            yield f"{above}{entry.name}"


def _root() -> Traversable:
    return resources.files(_TEMPLATES).joinpath("templates")


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(_TEMPLATES),
        autoescape=False,  # noqa: S701 - the files are TOML, YAML, Markdown; values pass the filters below
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(toml=as_toml, words=as_words)
    return environment
