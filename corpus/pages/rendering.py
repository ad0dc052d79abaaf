"""Markdown from templates, with every value made safe for where it stands."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

import jinja2

from corpus.tables.facts import Facts
from corpus.tables.shapes import Column
from corpus.terminal import printable

_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")
_PLACEHOLDER = re.compile(r"\{\{\s*facts\.([a-z_.]+)\s*\}\}")


def render(template: str, **values: Any) -> str:
    """A page from a template of this package. An undefined value raises."""
    return _environment().get_template(template).render(**values)


def fill_in(text: str, facts: Facts) -> str:
    """Text of a seed file with its `{{ facts.… }}` replaced by counted facts. Raises `KeyError` for an unknown one.

    Nothing else of the text is interpreted: a contribution cannot bring a template of its own.
    """
    return _PLACEHOLDER.sub(lambda match: _fact(facts, match[1]), text)


def unknown_facts(text: str, facts: Facts) -> list[str]:
    """What a text of a seed file asks for in `{{ … }}` that is no counted fact."""
    unknown = [f"facts.{path}" for path in _PLACEHOLDER.findall(text) if facts.lookup(path) is None]
    rest = _PLACEHOLDER.sub("", text)
    return [*unknown, *(["a placeholder of another form"] if "{{" in rest or "{%" in rest else [])]


def as_cell(value: object) -> str:
    """A value as the content of a Markdown table cell; null and false values of a table show as such."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return as_words(str(value))


def as_words(value: str) -> str:
    """Words shown as they are, on one line: no markup, no HTML, no control characters."""
    line = " ".join(printable(value.replace("\n", " ")).split())
    return _MARKDOWN.sub(r"\\\1", html.escape(line, quote=False))


def as_marks(column: Column) -> str:
    """What a column dictionary notes of a column besides its type and meaning."""
    noted = {"key": column.key, "may be null": column.nullable, "third party": column.third_party}
    return ", ".join(name for name, holds in noted.items() if holds)


def as_slug(title: str) -> str:
    """The anchor that Markdown viewers give a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _fact(facts: Facts, path: str) -> str:
    value = facts.lookup(path)
    if value is None:
        raise KeyError(path)
    return f"{value:,}" if isinstance(value, int) else str(value)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("corpus.pages"),
        autoescape=False,  # noqa: S701 - the pages are Markdown; values pass the filters below
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(cell=as_cell, words=as_words, slug=as_slug, marks=as_marks)
    return environment
