"""Pages from templates: every value escaped, one script and one style sheet, and a policy that allows no other."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import jinja2
from lxml import etree
from markupsafe import Markup

from corpus.exploring.index import as_script_json
from corpus.exploring.pieces import visible
from corpus.exploring.registers import unnamed
from corpus.terminal import printable

_SCRIPTS = ("elements", "routes", "claims", "finding", "raw_bytes", "comparing", "start")
_DRAWN = frozenset(("svg", "g", "path", "line", "rect", "text", "tspan", "circle", "defs", "clipPath"))
GENERATOR = "corpus explore"


def render(template: str, **values: Any) -> str:
    """A page from a template of this package. An undefined value raises."""
    return _environment().get_template(template).render(values, **_assets())


def stream(template: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The same in pieces, so that a page of many articles is never in memory as a whole."""
    yield from _environment().get_template(template).generate(dict(values), **_assets())


@functools.cache
def _assets() -> dict[str, Any]:
    """Style and scripts with the policy that names them by their digest."""
    style, early = _read("explorer.css"), _read("early.js")
    script = "'use strict';\n(() => {\n" + "".join(_read(f"{name}.js") for name in _SCRIPTS) + "})();\n"
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'self'; "
        f"style-src {_digest(style)}; script-src {_digest(early)} {_digest(script)}"
    )
    # The files of this package are no input: they stand in the page as they are.
    trusted = {"style": style, "early": early, "script": script}
    return {"policy": policy, "generator": GENERATOR, **{name: Markup(text) for name, text in trusted.items()}}  # noqa: S704


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return resources.files("corpus.exploring").joinpath("static").joinpath(name).read_text("utf-8")


def _as_number(value: object) -> str:
    """A number as people write it: no `.0`, thousands apart."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _as_cell(value: object) -> str:
    return "" if value is None else _as_number(value) if isinstance(value, int | float) else str(value)


def _as_words(term: str) -> str:
    return term.replace("_", " ")


def _shown(value: object) -> object:
    """What any `{{ … }}` gives: no character in it can steer what stands around it, in words or in an attribute."""
    if isinstance(value, Markup) or not isinstance(value, str) or value.isprintable():
        return value
    return "".join(run if code is None else printable(run) for run, code in visible(value))


def _as_svg(svg: str) -> Markup:
    """A drawing without anything that could run or lead elsewhere, whatever the words in it are."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for element in root.iter():
        if not isinstance(element.tag, str) or etree.QName(element).localname not in _DRAWN:
            msg = f"a drawing holds {element.tag!r}"
            raise ValueError(msg)
        for name in element.attrib:
            if name.startswith(("on", "aria-")) or "href" in name or name in ("style", "class", "id", "role"):
                del element.attrib[name]
    root.set("focusable", "false")
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - parsed, and each name known


def _as_json(value: object) -> Markup:
    return Markup(as_script_json(value))  # noqa: S704 - escaped for where it stands


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("corpus.exploring"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=_as_number, cell=_as_cell, words=_as_words, json=_as_json, svg=_as_svg, visible=visible, unnamed=unnamed
    )
    return environment
