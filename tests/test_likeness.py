"""Likeness: the same text again is found, changed a little or cut, and other texts are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.inspecting import LikenessIndex
from corpus.inspecting.likeness import LIKE, WORDS_OF_SHINGLE

WORDS = """rent flat harbour council tenant harvest wheat barley orchard apple match goal striker referee season league
stadium river valley bridge market price spring winter ferry school garden baker mill road train tower""".split()


def article(seed: int, words: int = 300) -> list[str]:
    """An invented text of words in an order of its own."""
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311


def changed(words: list[str], places: set[int]) -> list[str]:
    """The words with others in some places."""
    return [f"other{at}" if at in places else word for at, word in enumerate(words)]


def likeness(one: list[str], other: list[str]) -> float:
    """Jaccard of the sets of runs of words, counted plainly."""
    sets = [{tuple(w[at : at + WORDS_OF_SHINGLE]) for at in range(len(w) - WORDS_OF_SHINGLE + 1)} for w in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_same_words_are_told_as_one() -> None:
    index = LikenessIndex()
    index.add("a", "The rents rose in spring, the council said. Few tenants moved.")
    assert index.twins("The RENTS rose in spring the council said:\nfew tenants moved!") == [("a", 1.0)]


@pytest.mark.parametrize("text", ["", " ", "…!", "rent"])
def test_tiny_texts(text: str) -> None:
    index = LikenessIndex()
    index.add("a", text)
    assert index.twins(text) == ([("a", 1.0)] if text == "rent" else [])
    assert index.twins("harvest") == []
    assert index.inside(text) == []


def test_same_shingles_in_another_order_are_not_told_as_one() -> None:
    index = LikenessIndex()
    words = " ".join(article(1))
    index.add("a", f"{words} {words}")
    ((key, share),) = index.twins(f"{words} {words} {words}")
    assert key == "a"
    assert LIKE <= share < 1.0


def test_key_is_given_once_for_a_text() -> None:
    index = LikenessIndex()
    index.add("a", "Rents rose.")
    index.add("b", "Rents rose.")
    with pytest.raises(ValueError, match="'a'"):
        index.add("a", "Rents rose.")
    assert index.twins("rents rose") == [("a", 1.0), ("b", 1.0)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sets(st.integers(0, 299), max_size=30))
def test_planted_duplicate_is_found_above_the_threshold_and_not_below(seed: int, places: set[int]) -> None:
    words = article(seed)
    copy = changed(words, places)
    index = LikenessIndex()
    index.add("plain", " ".join(words))
    index.add("other", " ".join(article(seed + 1)))
    found = dict(index.twins(" ".join(copy)))
    share = likeness(words, copy)
    assert set(found) == ({"plain"} if share >= LIKE else set())
    if found:
        assert found["plain"] == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize(("every", "is_found"), [(100, True), (60, True), (20, False), (5, False)])
def test_share_of_changed_words(every: int, is_found: bool) -> None:
    """One word in sixty breaks five runs in sixty; one in twenty breaks a quarter of all."""
    words = article(7, 600)
    index = LikenessIndex()
    index.add("a", " ".join(words))
    assert bool(index.twins(" ".join(changed(words, set(range(0, 600, every)))))) is is_found


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_order_does_not_matter(order: list[int]) -> None:
    words = article(3)
    texts = [" ".join(changed(words, set(range(at)))) for at in range(4)] + [
        " ".join(article(4)),
        " ".join(words[:150]),
    ]
    index = LikenessIndex()
    for at in order:
        index.add(str(at), texts[at])
    assert [key for key, _ in index.twins(texts[0])] == ["0", "1", "2", "3"]
    assert index.inside(texts[0]) == [("5", 1.0)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 350))
def test_shorter_version_is_found_inside(seed: int, start: int) -> None:
    words = article(seed, 500)
    part = words[start : start + 150]
    index = LikenessIndex()
    index.add("long", " ".join(words))
    index.add("other", " ".join(article(seed + 1)))
    assert index.twins(" ".join(part)) == []
    assert index.inside(" ".join(part)) == [("long", 1.0)]


def test_likeness_of_long_texts_is_estimated_well() -> None:
    words = [f"{word}{at}" for at, word in enumerate(article(5, 60_000))]
    copy = changed(words, set(range(0, 60_000, 80)))
    index = LikenessIndex()
    index.add("a", " ".join(words))
    ((key, share),) = index.twins(" ".join(copy))
    assert key == "a"
    assert share == pytest.approx(likeness(words, copy), abs=0.02)
