"""The words of a text: read once, any part of them is what reading that part alone gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extracting.attributions import find_attributions
from corpus.extracting.labels import certainty, modality
from corpus.extracting.quotations import find_quotations
from corpus.extracting.tokens import tokenise
from corpus.extracting.words import Words
from corpus.text.sentences import sentences

TEXTS = st.text(alphabet="ab Mayeds.,'’-“”\"\n\t\u00a05²İ…", max_size=60)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_what_reading_it_alone_gives(text: str, start: int, length: int) -> None:
    """Tags, marks and places of a part are those of its text, also where it begins or ends inside a word."""
    start = min(start, len(text))
    end = min(len(text), start + length)
    part, alone = Words(text).part(start, end), Words(text[start:end])
    places = range(len(alone.entries))

    assert (part.tags, part.marks) == (alone.tags, alone.marks)
    assert [part.start(place) - start for place in places] == alone.starts[:-1]
    assert [part.end(place) - start for place in places] == [alone.end(place) for place in places]


@given(TEXTS)
def test_tokens_cover_the_words(text: str) -> None:
    """Tokens ascend, each begins with a word, and each has one tag and one mark."""
    words = Words(text)
    tokens = tokenise(words, find_quotations(text))

    assert list(tokens.starts) == sorted(set(tokens.starts))
    assert set(tokens.starts) <= set(words.starts)
    assert len(tokens.tags) == len(tokens.marks) == len(tokens.rows) == len(tokens.starts)


def test_an_apostrophe_belongs_to_its_word() -> None:
    """`growers’` is one token, and so are words that only a comma divides; digits are one word anyway."""
    text = "The growers’ union,founded early, sold 1,200 tons."
    tokens = tokenise(Words(text), [])

    assert [text[tokens.starts[i] : tokens.end(i)] for i in (1, 2, 6)] == ["growers’", "union,founded", "1,200"]


def test_several_spaces_are_one() -> None:
    """Spaces between words are no words: the source behind two of them is found."""
    text = "“The harvest was late this year,” said  Ada Okafor."
    (found,) = find_attributions(Words(text), sentences(text), find_quotations(text))

    assert found.source is not None
    assert found.source.of(text) == "Ada Okafor"


def test_a_month_does_not_hide_a_modal_verb() -> None:
    """Beside the month of May a modal verb counts."""
    text = "In May rents may rise"
    part = Words(text).part(0, len(text))

    assert (modality(part, "author"), certainty(part)) == ("prediction", "hedged")
