"""Articles in the terminal: all of them listed, or one with its claims marked and who says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from corpus.drawing import LONGEST_LINE, draw_table
from corpus.errors import UnknownArticleError
from corpus.loading import load, require_texts
from corpus.terminal import printable

Row = dict[str, Any]
# Colours that can be read on light and on dark; brackets tell the same where there are no colours.
_STYLES = {"author": "underline", "reported": "underline magenta"}
_BRACKETS = {"author": "[]", "reported": "{}"}
_FIRST_WORDS = 60
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
    names = _names("sources", "source_id", dist)
    rows = []
    for row in load("articles", dist).iter_rows(named=True):
        words = row["title"] or " ".join((row.get("text") or "")[:_FIRST_WORDS].split()[:-1]) + " …"
        outlet = names.get(row["source_id"]) or "not known"
        rows.append((row["article_id"], outlet, row["published"] or "not known", row["claim_count"], words))
    draw_table(console, ("id", "outlet", "published", "claims", "title, or first words"), rows)


def as_json(record: str, dist: Path) -> Row:
    """An article's row with its paragraphs and claims, or a claim's; claims with their figures; all as in the tables.

    Raises `UnknownArticleError`, `MissingDatasetError`.
    """
    article = _article(record, dist)
    figures = _of(article["article_id"], "figures", dist)
    claims = [
        claim | {"figures": [figure for figure in figures if figure["claim_id"] == claim["claim_id"]]}
        for claim in _of(article["article_id"], "claims", dist)
    ]
    if record == article["article_id"]:
        return article | {"paragraphs": _of(record, "paragraphs", dist), "claims": claims}
    return next(claim for claim in claims if claim["claim_id"] == record)


def show(record: str, dist: Path, console: Console) -> None:
    """Print an article, or a claim in its paragraph.

    Raises `UnknownArticleError`, `MissingDatasetError`, `TextFreeError`.
    """
    require_texts(dist)
    article = _article(record, dist)
    article_id, outlets = article["article_id"], _names("sources", "source_id", dist)
    claims, figures = _of(article_id, "claims", dist), _of(article_id, "figures", dist)
    registers = _names("actors", "actor_id", dist), figures
    console.width = min(console.width, LONGEST_LINE)
    console.print(_header(article, outlets.get(article["source_id"])))
    chosen = [claim for claim in claims if claim["claim_id"] == record]
    if not chosen:
        console.print(_legend())
    for paragraph in _of(article_id, "paragraphs", dist):
        own = [claim for claim in chosen or claims if claim["paragraph_id"] == paragraph["paragraph_id"]]
        if own or not chosen:
            console.print(_paragraph(article["text"], paragraph, own, claims, registers))
    for claim in chosen:
        console.print(_place(claim))


def _names(table: str, key: str, dist: Path) -> dict[str, str]:
    return {row[key]: row["name"] for row in load(table, dist).iter_rows(named=True)}


def _article(record: str, dist: Path) -> Row:
    """The article of that id, or that a claim of that id stands in."""
    articles = {row["article_id"]: row for row in load("articles", dist).iter_rows(named=True)}
    if record in articles:
        return articles[record]
    claims = dict(load("claims", dist).select("claim_id", "article_id").iter_rows())
    if record not in claims:
        ids = [claim for claim, article in claims.items() if record.startswith(f"{article}-")] or list(articles)
        raise UnknownArticleError(record, ids)
    return articles[claims[record]]


def _of(article_id: str, table: str, dist: Path) -> list[Row]:
    return [row for row in load(table, dist).iter_rows(named=True) if row["article_id"] == article_id]


def _header(article: Row, outlet: str | None) -> Text:
    date = article["published"] or "date not known"
    told = (
        f"{outlet or 'outlet not known'} ({article['source_basis']})",
        f"{date} ({article['date_basis']})",
        f"{article['claim_count']} claims",
    )
    return Text.assemble((article["article_id"], "bold"), printable("".join(f" · {one}" for one in told)), "\n")


def _legend() -> Text:
    own, reported = _marked("the article's own claims", "author"), _marked("claims that it reports", "reported")
    below = "; below each paragraph who says them\n"
    return Text.assemble(("marked: ", "dim"), own, (", ", "dim"), reported, (below, "dim"))


def _marked(words: str, voice: str, number: str = "") -> Text:
    brackets = _BRACKETS[voice]
    return Text.assemble(
        (f"{brackets[0]}{number}", "not bold dim"), (printable(words), _STYLES[voice]), (brackets[1], "not bold dim")
    )


def _paragraph(
    text: str,
    paragraph: Row,
    own: Sequence[Row],
    claims: Sequence[Row],
    registers: tuple[dict[str, str], Sequence[Row]],
) -> RenderableType:
    """The paragraph with its claims in numbered brackets, and below it who says each."""
    actors, figures = registers
    line, notes = Text(style=_KINDS.get(paragraph["kind"], "")), []
    at = paragraph["char_start"]
    for claim in own:
        number = claims.index(claim) + 1
        line.append(printable(text[at : claim["char_start"]]))
        line.append_text(_marked(text[claim["char_start"] : claim["char_end"]], claim["voice"], f"{number} "))
        at = claim["char_end"]
        who, *labels = _labels(claim, actors)
        labels += [_figure(figure) for figure in figures if figure["claim_id"] == claim["claim_id"]]
        note = Text.assemble(f"{number} {who}", ("".join(f" · {label}" for label in labels), "dim"))
        notes.append(Padding(note, (0, 0, 0, 4), expand=False))
    line.append(printable(text[at : paragraph["char_end"]]))
    return Group(line, *notes, Text())


def _place(claim: Row) -> Text:
    """Where a claim stands, in the units of the tables, and how far the annotation passes agreed on it."""
    told = f"{claim['claim_id']} · code points {claim['char_start']:,} to {claim['char_end']:,} of the article"
    return Text(printable(f"{told} · passes: {claim['agreement']}"), style="dim")


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
