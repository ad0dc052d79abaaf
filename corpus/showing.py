"""An article in the terminal, with its claims marked and who says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from corpus.errors import UnknownArticleError
from corpus.loading import load, require_texts
from corpus.terminal import printable

Row = dict[str, Any]
_STYLES = {"author": "underline", "reported": "underline cyan"}
_KINDS = {
    "title": "bold",
    "heading": "bold",
    "byline": "dim",
    "credit": "dim",
    "bio": "dim",
    "notice": "dim",
    "caption": "italic",
}


def show_article(article_id: str, dist: Path, console: Console) -> None:
    """Print the article. Raises `UnknownArticleError`, `MissingDatasetError`, `TextFreeError`."""
    require_texts(dist)
    articles = {row["article_id"]: row for row in load("articles", dist).iter_rows(named=True)}
    if article_id not in articles:
        raise UnknownArticleError(article_id, list(articles))
    article = articles[article_id]
    names = {row["source_id"]: row["name"] for row in load("sources", dist).iter_rows(named=True)}
    actors = {row["actor_id"]: row["name"] for row in load("actors", dist).iter_rows(named=True)}
    console.print(_header(article, names.get(article["source_id"])))
    claims = _of(article_id, "claims", dist)
    for paragraph in _of(article_id, "paragraphs", dist):
        own = [claim for claim in claims if claim["paragraph_id"] == paragraph["paragraph_id"]]
        console.print(_paragraph(article["text"], paragraph, own, claims, actors))


def _of(article_id: str, table: str, dist: Path) -> list[Row]:
    return [row for row in load(table, dist).iter_rows(named=True) if row["article_id"] == article_id]


def _header(article: Row, outlet: str | None) -> Text:
    date = article["published"] or "not known"
    says = (
        f"{article['article_id']} · {outlet or 'outlet not known'} ({article['source_basis']})"
        f" · {date} ({article['date_basis']}) · {article['claim_count']} claims\n"
    )
    return Text(printable(says.rstrip("\n")) + "\n", style="dim")


def _paragraph(
    text: str, paragraph: Row, own: Sequence[Row], claims: Sequence[Row], actors: dict[str, str]
) -> RenderableType:
    """The paragraph with its claims in numbered brackets, and below it who says each."""
    line = Text(style=_KINDS.get(paragraph["kind"], ""))
    at = paragraph["char_start"]
    notes = Text(style="dim")
    for claim in own:
        number = claims.index(claim) + 1
        line.append(printable(text[at : claim["char_start"]]))
        line.append(f"[{number} ", style="dim")
        line.append(printable(text[claim["char_start"] : claim["char_end"]]), style=_STYLES[claim["voice"]])
        line.append("]", style="dim")
        at = claim["char_end"]
        notes.append(f"{number} {' · '.join(_labels(claim, actors))}\n")
    line.append(printable(text[at : paragraph["char_end"]]))
    notes.rstrip()
    return Group(line, Padding(notes, (0, 0, 1, 4)) if own else Text())


def _labels(claim: Row, actors: dict[str, str]) -> Iterator[str]:
    if claim["voice"] == "author":
        yield "the article"
    else:
        words, actor = claim["claimant_text"], actors.get(claim["actor_id"])
        who = printable(words) if words else "source not named"
        yield f"{who} ({printable(actor)})" if actor and actor != words else who
        if claim["cue_text"]:
            yield f'"{printable(claim["cue_text"])}"'
        if claim["via_text"]:
            yield f"via {printable(claim['via_text'])}"
        yield str(claim["attribution"])
    yield str(claim["modality"])
    if claim["certainty"] != "asserted":
        yield str(claim["certainty"])
    if claim["topic"]:
        yield str(claim["topic"])
