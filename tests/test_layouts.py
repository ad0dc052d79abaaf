"""Layouts: where each article of a digest or an export starts, what its header states; single articles stay whole."""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from export_samples import EXPORTS
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_samples import NEIGHBOURS, SEED_FORMS, Form, Sample, assemble, long, stories

import corpus
from corpus.text.layouts import LAYOUTS, ArticleLines, LayoutReading, Piece, detect_layout

SEEDS = Path(__file__).parent.parent / "seeds"
WITHOUT_OUTLET = {"by | day", "stars, by, day", "day alone", "posted on by"}


def words(lines: list[str], pieces: tuple[Piece, ...]) -> str:
    """The words of pieces, one line each."""
    return "\n".join(lines[piece.line][piece.start : piece.end] for piece in pieces)


@dataclass
class Score:
    """Counts of article starts and of what the headers of found articles state."""

    found: int = 0
    false: int = 0
    missed: int = 0
    titles: list[bool] = field(default_factory=list)
    outlets: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    bodies: list[bool] = field(default_factory=list)

    def add(self, sample: Sample, reading: LayoutReading) -> None:
        got = {article.first: article for article in reading.articles}
        self.false += len(set(got) - set(sample.starts))
        for start, story in zip(sample.starts, sample.stories, strict=True):
            article = got.get(start)
            if article is None:
                self.missed += 1
                continue
            self.found += 1
            title = words(sample.lines, article.title).split("\n")[0]
            self.titles.append(title.casefold() == story.title.casefold())
            self.outlets.append((article.outlet or "").casefold() == story.outlet.casefold())
            # a date that cannot be read yet must at least be pointed at
            self.dates.append(story.day.isoformat().startswith(article.date or "") and article.date_words is not None)
            self.bodies.append(words(sample.lines, article.body) == "\n".join(story.body))

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.false + self.missed)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)


def share(values: list[bool]) -> float:
    return sum(values) / max(1, len(values))


def measured(form: Callable[[int], Form], distractors: float, seeds: int = 8) -> Score:
    score = Score()
    for seed in range(seeds):
        chance = random.Random(seed)  # noqa: S311
        sample = assemble(stories(chance.choice([3, 5, 10, 25]), chance), form, chance, distractors=distractors)
        score.add(sample, LAYOUTS["digest"].read(sample.lines))
    return score


@pytest.mark.parametrize("name", SEED_FORMS)
def test_seed_forms_are_found_without_fault(name: str) -> None:
    score = measured(lambda _: SEED_FORMS[name], 0.0)

    assert (score.f1, share(score.titles), share(score.dates), share(score.bodies)) == (1.0, 1.0, 1.0, 1.0)
    assert name in WITHOUT_OUTLET or share(score.outlets) == 1.0


def test_seed_forms_mixed_in_one_digest() -> None:
    forms = list(SEED_FORMS.values())

    score = measured(lambda number: forms[(number * 7 + number // 3) % 6], 0.0, seeds=30)

    assert (score.f1, share(score.titles)) == (1.0, 1.0)


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbouring_forms(name: str) -> None:
    score = measured(lambda _: NEIGHBOURS[name], 0.0)

    assert score.f1 >= 0.95
    assert share(score.titles) >= 0.95
    assert share(score.dates) >= 0.95
    assert name in WITHOUT_OUTLET or share(score.outlets) >= 0.9


# In one digest with the seeds' forms: each may stand there once, so that only what surrounds it speaks for it.
STRAY = ("outlet, day", "outlet / day", "day / outlet", "by / outlet / day", "(outlet, day)", "author, outlet, day")


@pytest.mark.parametrize("apart", ["numbers", "rules", "nothing"])
def test_stray_forms_among_the_seeds_forms(apart: str) -> None:
    """A shape seen once is told by a number or rule before it, or by an outlet that other headers name."""
    forms = [*SEED_FORMS.values(), *(NEIGHBOURS[name] for name in STRAY)]

    def form(number: int) -> Form:
        made = forms[number * 5 % len(forms)]
        if apart == "rules":
            return lambda s, n: ["* * *", *made(s, n)]
        return (lambda s, n: [f"{n}. {made(s, n)[0]}", *made(s, n)[1:]]) if apart == "numbers" else made

    score = measured(form, 0.0, seeds=20)

    assert score.precision >= 0.99
    assert score.f1 >= (0.93 if apart == "nothing" else 0.98)
    assert min(share(score.titles), share(score.dates)) >= 0.95


def test_lines_that_only_look_like_headers_do_not_split() -> None:
    forms = list(SEED_FORMS.values())

    score = measured(lambda number: forms[(number * 5 + number // 2) % 6], 0.25, seeds=40)

    assert score.precision >= 0.99
    assert score.f1 >= 0.97


def test_neighbours_with_lines_that_only_look_like_headers() -> None:
    scores = {name: measured(lambda _, form=form: form, 0.25) for name, form in NEIGHBOURS.items()}

    assert sum(score.precision for score in scores.values()) / len(scores) >= 0.97
    assert {name for name, score in scores.items() if score.f1 < 0.75} == set()


@pytest.mark.parametrize("name", EXPORTS)
def test_exports(name: str) -> None:
    layout, make = EXPORTS[name]
    score = Score()
    for seed in range(25):
        chance = random.Random(seed)  # noqa: S311
        sample = make(stories(chance.choice([1, 2, 5, 20, 60]), chance), chance)
        assert detect_layout(sample.lines) == layout
        score.add(sample, LAYOUTS[layout].read(sample.lines))

    assert score.f1 >= 0.97
    assert min(share(score.titles), share(score.outlets), share(score.dates), share(score.bodies)) >= 0.95


def test_contents_and_the_digests_own_head_belong_to_no_article() -> None:
    chance = random.Random(1)  # noqa: S311
    told = stories(6, chance)
    head = ["Northam Press Digest", "January 5, 2024", "Contents"]
    head += [line for story in told for line in (story.title, f"{story.outlet} | {long(story.day)}")]
    sample = assemble(told, lambda _: SEED_FORMS["outlet | day"], chance, preamble=head)

    reading = LAYOUTS["digest"].read(sample.lines)

    assert [article.first for article in reading.articles] == sample.starts


ARTICLE = [
    "Rents rise again in Northam",
    "By Ada Okafor | Ferry Post | January 9, 2024",
    "Published January 9, 2024 | Updated January 10, 2024",
    "NORTHAM, Jan. 9 – The council met on Friday and put off the vote by a week.",
    "A hard winter",
    "January 2024 was the coldest month since records began, the office said.",
    "January 3, 2024 – Talks begin",
    "January 5, 2024 – Talks end",
    "Nobody was hurt in the storm that followed.",
    "Read more:",
    "Ferry strike: what we know",
    "Harvest Daily | January 3, 2024",
    "Late harvest worries growers",
    "The Field | January 4, 2024",
]


def test_a_single_article_is_never_split() -> None:
    assert detect_layout(ARTICLE) == "article"
    assert len(LAYOUTS["digest"].read(ARTICLE).articles) == 1

    [article] = LAYOUTS["article"].read(ARTICLE).articles

    assert (article.first, article.end) == (0, len(ARTICLE))
    assert words(ARTICLE, article.title) == ARTICLE[0]
    assert (article.authors, article.outlet, article.date) == (("Ada Okafor",), "Ferry Post", "2024-01-09")


@pytest.mark.parametrize("folder", sorted(path.parent for path in SEEDS.glob("*/source.toml")), ids=lambda p: p.name)
def test_the_seeds_are_read_as_they_are_published(folder: Path) -> None:
    """What the layouts find in the seeds, told by the texts alone, is what the dataset holds."""
    declared = tomllib.loads((folder / "source.toml").read_text("utf-8"))
    read = corpus.articles(folder / declared["file"])
    published = corpus.load("articles", SEEDS.parent / "dist").filter(seed_id=folder.name).sort("position")

    assert read.layout == declared["layout"]
    assert [(one.title, one.authors) for one in read.articles] == [
        (row["title"], tuple(row["authors"])) for row in published.iter_rows(named=True)
    ]
    assert [one.text.split("\n")[1:] for one in read.articles] == [
        row["text"].split("\n")[1:]
        for row in published.iter_rows(named=True)  # the first line of 003 has a stamp
    ]


def _facts(lines: list[str], article: ArticleLines) -> tuple[object, ...]:
    whole = words(lines, (*article.title, *article.byline, *article.body))
    title, byline = words(lines, article.title), words(lines, article.byline)
    return whole, title, byline, article.authors, article.outlet, article.date


SHAPES = st.sampled_from(
    ["Ferry Post | January 9, 2024", "1 of 2 DOCUMENTS", "Rents rise", "It rained.", "* * *", "By Ada Okafor", "HD",
     "PD", "512 words", "5 January 2024", "End of Document", "Body", "Length: 5 words", "LOAD-DATE: May 1, 2024",
     "Read more:", "news·20240105·LM·123456",
     "Document FERP000020240105ek1600001", "Sommaire", "Title: A", "3.", "Ferry Post", "é |"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(SHAPES | st.text(max_size=30).map(lambda t: " ".join(t.split())).filter(bool), max_size=25))
def test_any_lines_are_read(lines: list[str]) -> None:
    """Whatever stands in the lines: blocks ascend, pieces lie in their block and ascend, doubts name lines."""
    for layout in LAYOUTS.values():
        assert 0.0 <= layout.recognises(lines) <= 1.0
        reading = layout.read(lines)
        at = 0
        for article in reading.articles:
            assert at <= article.first < article.end <= len(lines)
            at = article.end
            pieces = [*article.title, *article.byline, *article.body]
            assert all(article.first <= piece.line < article.end for piece in pieces)
            assert all(0 <= piece.start <= piece.end <= len(lines[piece.line]) for piece in pieces)
            assert len({piece.line for piece in article.body}) == len(article.body)
        assert all(0 <= doubt.line < len(lines) for doubt in reading.doubts)


HOSTILE = {
    "headers": ["Ferry Post | January 9, 2024"],
    "headers with titles": ["Rents rise", "Ferry Post | January 9, 2024"],
    "names": ["Ferry Post"],
    "bylines": ["By Ada Okafor"],
    "counters": ["1 of 2 DOCUMENTS", "LENGTH: 5 words"],
    "ends": ["End of Document", "Length: 5 words"],
    "codes": ["HD A", "WC 5 words"],
    "lengths": ["512 words", "5 January 2024"],
    "numbers": ["Sommaire", "news·20240105·LM·123456", "A, 5 January 2024, p. 5"],
    "links": ["Read more:", "A", "Ferry Post | January 9, 2024"],
    "marks": ["| " * 90],
    "dates": ["9 May 2024 " * 20],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_takes_linear_time(name: str) -> None:
    def seconds(count: int) -> float:
        lines = (HOSTILE[name] * count)[:count]
        started = time.process_time()
        for layout in LAYOUTS.values():
            layout.recognises(lines)
            layout.read(lines)
        return time.process_time() - started

    seconds(200)
    assert seconds(10_000) < 40 * seconds(1_000) + 0.5


def test_one_long_line() -> None:
    for line in ("a" * 10_000_000, "January 5, 2024 | " * 600_000):
        assert detect_layout(["Title", line]) == "article"
