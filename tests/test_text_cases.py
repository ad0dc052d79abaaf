"""Cases that are data: sentences, bylines, paragraphs. Add one without reading Python."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text.dates import InvalidDateError, parse_edtf, read_date
from corpus.text.decoding import decode
from corpus.text.normalising import normalise
from corpus.text.paragraphs import ArticleShape, find_paragraphs, read_dateline
from corpus.text.reading import read_articles
from corpus.text.sentences import sentences, split_sentences
from corpus.text.spans import Span

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a file, each with its label as the test's id."""
    return [pytest.param(case, id=case["label"]) for case in json.loads((CASES / name).read_text("utf-8"))]


@pytest.mark.parametrize("case", cases("sentences.json"))
def test_sentences(case: dict[str, Any]) -> None:
    """A text is cut into its sentences, by the marks and the abbreviations of its language."""
    text = case["text"]

    assert case["sentences"] == [span.of(text) for span in sentences(text, case.get("language", "en"))]


def test_sentences_start_where_told() -> None:
    """What stands before the start, such as a dateline, is in no sentence; offsets are those of the whole text."""
    text = "OSLO – It rained. The match was off."

    assert split_sentences(text, 7) == [Span(7, 17), Span(18, 36)]


LANGUAGES = st.sampled_from(["en", "ar", "he", "tr", "es"])
MARKS = st.text(alphabet="ab AZ1I.!?…؟。\"“”'’()[]«»¿—-•:@\n\t\u200f\u0627\u05d0İ", max_size=40)


@settings(max_examples=400, deadline=None)
@given(MARKS, LANGUAGES)
def test_sentences_hold_all_but_white_space(text: str, language: str) -> None:
    """Sentences ascend, hold no line end, are trimmed, and leave out nothing but white space."""
    spans = sentences(text, language)
    found = [span.of(text) for span in spans]

    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(words == words.strip() and words and "\n" not in words for words in found)
    assert "".join(text.split()) == "".join("".join(found).split())


@pytest.mark.parametrize(
    "unit", [".", '"', '."', "A", "A. ", "U.S. ", ". . ", "... ", "1. A ", '? "Ada ', "xx.Yy", "。"]
)
def test_sentences_take_linear_time(unit: str) -> None:
    """Ten times as much of what looks like an end does not take a hundred times as long."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        started = time.process_time()
        sentences(text)
        return time.process_time() - started

    seconds(1_000)
    assert seconds(200_000) < 40 * seconds(20_000) + 0.5


@pytest.mark.parametrize("case", cases("paragraphs.json"))
def test_paragraphs(case: dict[str, Any]) -> None:
    """Each line of an article has its kind."""
    text = "\n".join(line for line, _ in case["lines"])
    titles, bylines = (0,) * case.get("title", False), (1,) * case.get("byline", False)
    shape = ArticleShape(titles, bylines, tuple(case.get("authors", ())))

    found = find_paragraphs(text, shape)

    assert case["lines"] == [[paragraph.span.of(text), paragraph.kind] for paragraph in found]


def test_sections() -> None:
    """A paragraph stands under the heading before it."""
    text = "It rained.\nA late harvest\nThe harvest was late this year because it rained all day."

    found = find_paragraphs(text, ArticleShape())

    assert [paragraph.section for paragraph in found] == [None, None, "A late harvest"]


def test_declared_kind_wins() -> None:
    """A curator's word on a paragraph's kind goes before its shape, typographic quotes or not."""
    text = "It rained.\n“Late” harvest\nThe harvest was late this year because it rained all day."

    found = find_paragraphs(text, ArticleShape(declared={'"Late" harvest': "notice"}))

    assert found[1].kind == "notice"


DIGEST = """Late harvest
The Field | March 6, 2021
It rained all day.
The final | was played on March 6, 2021
Early harvest
By Ada Okafor | The Field | March 2021
It did not rain."""


def titles(begins: tuple[str, ...] = (), no_starts: tuple[str, ...] = (), layout: str = "digest") -> list[str]:
    """The first lines of the articles of the digest."""
    normalised = normalise(decode(DIGEST.encode(), "utf-8"))
    read = read_articles(normalised, layout, begins, no_starts)
    return [article.lines(read.normalised.text)[0] for article in read.articles]


def test_digest_splits_at_headers() -> None:
    """A digest is split where a title and a byline stand, and not at a line that only holds a date."""
    assert titles() == ["Late harvest", "Early harvest"]


def test_digest_follows_what_is_declared() -> None:
    """Declared starts split where no header is; declared non-starts do not."""
    assert titles(begins=("It did not",), no_starts=("Early",)) == ["Late harvest", "It did not rain."]


def test_single_article_is_not_split() -> None:
    """A text that is declared as one article stays one."""
    assert titles(layout="article") == ["Late harvest"]


def test_dateline() -> None:
    """A place in capitals before a dash is a dateline; other words before a dash are not."""
    assert read_dateline("OSLO – It rained.") == ("OSLO", 7)
    assert read_dateline("Oslo – It rained.") is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2021-03-06", "2021-03-06", "2021-03-06"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021-03-06/2021-03-09", "2021-03-06", "2021-03-09"),
        ("2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_edtf_days(words: str, first: str, last: str) -> None:
    """A date has the first and the last day that it allows."""
    days = parse_edtf(words)

    assert (first, last) == (str(days.first), str(days.last))


@settings(max_examples=200, deadline=None)
@given(st.text("0123456789-/.?~XuYE[]{}, ", max_size=14))
def test_edtf_never_breaks(words: str) -> None:
    """Whatever a file holds, a date is read or refused."""
    try:
        days = parse_edtf(words)
    except InvalidDateError:
        return
    assert days.first <= days.last


@pytest.mark.parametrize("words", ["2021-02-30", "2021-13", "soon", "", "2021-03-09/2021-03-06", "6/2/21", "2021-3-6"])
def test_edtf_refuses(words: str) -> None:
    """What is no date, or runs backwards, is refused."""
    with pytest.raises(InvalidDateError):
        parse_edtf(words)


def test_english_dates_keep_their_precision() -> None:
    """A month without a day stays a month."""
    assert read_date("March 2021") == "2021-03"
    assert read_date("6 March 2021") == "2021-03-06"
    assert read_date("March 45, 2021") is None
