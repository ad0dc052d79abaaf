"""What the page's script searches: all claims in columns, as JSON that is safe inside HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from corpus.exploring.articles import Article
from corpus.exploring.library import Row
from corpus.exploring.registers import Registers

_LABELS = ("voice", "attribution", "modality", "certainty", "topic")
# Inside a script element the words `</script` and `<!--` would end or change it. The others end lines in old readers,
# or turn what a person sees who reads the page's source.
_STEERING = (0x61C, *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_UNSAFE = {code: f"\\u{code:04x}" for code in (*map(ord, "<>&"), *_STEERING)}


def as_script_json(value: object) -> str:
    """JSON in which no character can end the element that holds it. Keys stand as they are given."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).translate(_UNSAFE)


def search_index(articles: Sequence[Article], registers: Registers, in_folder: bool) -> dict[str, Any]:
    """Articles, claims and the names of what they refer to. Claims are columns of one length.

    `in_folder`: whether each article has a page of its own.
    """
    about = registers.about
    claims = [(at, claim) for at, article in enumerate(articles) for claim in article.claims]
    quantities = [[f["quantity_id"] for f in claim.figures if f["quantity_id"]] for _, claim in claims]
    columns: dict[str, list[Any]] = {
        "id": [claim.row["claim_id"] for _, claim in claims],
        "article": [at for at, _ in claims],
        "start": [claim.row["char_start"] for _, claim in claims],
        "end": [claim.row["char_end"] for _, claim in claims],
        "text": [claim.row["text"] for _, claim in claims],
        "claimant": [_claimant(claim.row) for _, claim in claims],
        "cue": [claim.row["cue_text"] for _, claim in claims],
        "actor": [claim.row["actor_id"] for _, claim in claims],
        "quantities": quantities,
        **{label: [claim.row[label] for _, claim in claims] for label in _LABELS},
    }
    anchors = {claim.row["claim_id"]: claim.anchor for _, claim in claims if claim.anchor != claim.row["claim_id"]}
    return {
        "dataset": {"title": about.title, "version": about.version, "digest": about.digest},
        "articles": [_article(article, in_folder) for article in articles],
        "claims": columns,
        "anchors": anchors,
        "actors": _names(registers.actors, columns["actor"]),
        "quantities": _names(registers.quantities, [one for some in quantities for one in some]),
        "means": {f"{name}/{term}": means for (name, term), means in sorted(registers.terms.items())},
    }


def _claimant(row: Row) -> str | None:
    """The speaker in the text's words; empty where the text has them and the dataset has not."""
    return row["claimant_text"] if row["claimant_text"] is not None or row["claimant_start"] is None else ""


def _article(article: Article, in_folder: bool) -> dict[str, Any]:
    row = article.row
    return {
        "id": row["article_id"],
        "anchor": article.anchor,
        "page": f"articles/{article.anchor}.html" if in_folder else "",
        "label": article.label,
        "outlet": article.outlet,
        "published": row["published"],
        "from": row["published_from"],
        "to": row["published_to"],
    }


def _names(rows: Any, used: Sequence[str | None]) -> dict[str, str]:
    return {key: str(rows[key]["name"]) if key in rows else key for key in sorted({one for one in used if one})}
