"""Articles in the terminal: all of them listed, or one with its claims marked and who says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from corpus.errors import UnknownArticleError
from corpus.loading import load, require_texts
from corpus.terminal import printable

Row = dict[str, Any]
_STYLES = {"author": "underline", "reported": "underline cyan"}
_WIDEST, _FIRST_WORDS = 96, 60  # longer lines are hard to read
_KINDS = {
    "title": "bold",
    "heading": "bold",
    "byline": "dim",
    "credit": "dim",
    "bio": "dim",
    "notice": "dim",
    "caption": "italic",
}


def list_articles(dist: Path, console: Console) -> None:
    """Print a line for each article. Raises `MissingDatasetError`."""
    names = {row["source_id"]: row["name"] for row in load("sources", dist).iter_rows(named=True)}
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("id", "outlet", "published", "claims", "title, or first words"):
        table.add_column(heading, justify="right" if heading == "claims" else "left", no_wrap=heading != "outlet")
    for row in load("articles", dist).iter_rows(named=True):
        first = " ".join((row.get("text") or "")[:_FIRST_WORDS].split()[:-1])
        words = row["title"] or (f"{first} …" if first else "(no title)")
        outlet = names.get(row["source_id"]) or "not known"
        cells = (row["article_id"], outlet, row["published"] or "not known", f"{row['claim_count']:,}", words)
        table.add_row(*map(_line, cells))
    console.print(table)


def article_as_json(article_id: str, dist: Path) -> Row:
    """The article's row with its paragraphs, and its claims with their figures, each as its table has it.

    Raises `UnknownArticleError`, `MissingDatasetError`.
    """
    article = _article(article_id, dist)
    figures = _of(article_id, "figures", dist)
    claims = [
        claim | {"figures": [figure for figure in figures if figure["claim_id"] == claim["claim_id"]]}
        for claim in _of(article_id, "claims", dist)
    ]
    return article | {"paragraphs": _of(article_id, "paragraphs", dist), "claims": claims}


def show_article(article_id: str, dist: Path, console: Console) -> None:
    """Print the article. Raises `UnknownArticleError`, `MissingDatasetError`, `TextFreeError`."""
    require_texts(dist)
    article = _article(article_id, dist)
    names = {row["source_id"]: row["name"] for row in load("sources", dist).iter_rows(named=True)}
    actors = {row["actor_id"]: row["name"] for row in load("actors", dist).iter_rows(named=True)}
    console.width = min(console.width, _WIDEST)
    console.print(_header(article, names.get(article["source_id"])))
    console.print(_legend())
    claims = _of(article_id, "claims", dist)
    figures = _of(article_id, "figures", dist)
    for paragraph in _of(article_id, "paragraphs", dist):
        own = [claim for claim in claims if claim["paragraph_id"] == paragraph["paragraph_id"]]
        console.print(_paragraph(article["text"], paragraph, own, claims, (actors, figures)))


def _article(article_id: str, dist: Path) -> Row:
    articles = {row["article_id"]: row for row in load("articles", dist).iter_rows(named=True)}
    if article_id not in articles:
        raise UnknownArticleError(article_id, list(articles))
    return articles[article_id]


def _of(article_id: str, table: str, dist: Path) -> list[Row]:
    return [row for row in load(table, dist).iter_rows(named=True) if row["article_id"] == article_id]


def _header(article: Row, outlet: str | None) -> Text:
    date = article["published"] or "not known"
    says = (
        f"{article['article_id']} · {outlet or 'outlet not known'} ({article['source_basis']})"
        f" · {date} ({article['date_basis']}) · {article['claim_count']} claims\n"
    )
    return Text(printable(says.rstrip("\n")) + "\n", style="dim")


def _legend() -> Text:
    marks = Text("marked: ", style="dim")
    marks.append("the article's own claims", style=_STYLES["author"])
    marks.append(", ")
    marks.append("claims that it reports", style=_STYLES["reported"])
    return marks.append("; below each paragraph who says them\n")


def _paragraph(
    text: str,
    paragraph: Row,
    own: Sequence[Row],
    claims: Sequence[Row],
    registers: tuple[dict[str, str], Sequence[Row]],
) -> RenderableType:
    """The paragraph with its claims in numbered brackets, and below it who says each."""
    actors, figures = registers
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
        counted = [_figure(figure) for figure in figures if figure["claim_id"] == claim["claim_id"]]
        notes.append(f"{number} {' · '.join([*_labels(claim, actors), *counted])}\n")
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


def _figure(figure: Row) -> str:
    """What a figure counts, in the annotators' words."""
    value = f"{figure['value']:,.10g}" if figure["value"] is not None else figure["comparator"]
    return printable(f"{value} {figure['unit']}")


def _line(cell: str) -> str:
    return printable(" ".join(cell.split()))
