"""Promises of the text layer, held against texts made to break them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text.anchors import Anchor, FoldedText, folded
from corpus.text.decoding import UndecodableError, decode
from corpus.text.edits import Edit, apply_edits, compose
from corpus.text.ledger import RawPositions, account, rebuild
from corpus.text.normalising import normalise, renormalise
from corpus.text.sentences import split_sentences
from corpus.text.spans import Span

# Byte-order mark, line ends, combining marks, odd and invisible spaces, emoji with joiners, bidi controls, unpaired
# quotation marks, Hangul and Indic letters that compose, singletons.
TROUBLE = (
    "ab. \r\n\t\x0b\x85\u2028\u00a0\u2003\u3000\ufeff\u200b\u00ad\u0301\u0327\u0344e\u00e9“”\"'"
    "\U0001f469\u200d\U0001f680\u202e\u2066\u1100\u1161\u11a8\u09c7\u09be\u2126\u212a"
)
texts = st.text(alphabet=TROUBLE, max_size=40)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"])


def lines_of(text: str, keep: int) -> list[Span]:
    """Every second line that is not empty, as if it were an article."""
    spans, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line and number % 2 == keep % 2:
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


@settings(max_examples=400, deadline=None)
@given(texts)
def test_normalising_is_idempotent(text: str) -> None:
    """Normalising twice changes nothing more."""
    once = normalise(decode(text.encode(), "utf-8")).text

    assert once == normalise(decode(once.encode(), "utf-8")).text


@settings(max_examples=400, deadline=None)
@given(texts)
def test_normalised_text_is_clean(text: str) -> None:
    """The result is NFC, with single spaces, trimmed lines, no empty line and nothing invisible."""
    once = normalise(decode(text.encode(), "utf-8")).text

    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\r\t\x0b\x85\u2028\u00a0\u2003\u3000\ufeff\u200b\u00ad")
    assert "  " not in once
    assert all(line and line == line.strip(" ") for line in once.split("\n")) or not once


@settings(max_examples=400, deadline=None)
@given(texts)
def test_normalising_equals_the_plain_road(text: str) -> None:
    """Edit by edit gives what plain string functions give for the whole."""
    plain = text
    for gone in "\u00ad\u200b\ufeff":
        plain = plain.replace(gone, "")
    for space in "\t\u00a0\u2003\u3000":
        plain = plain.replace(space, " ")
    for end in ("\r\n", "\r", "\x0b", "\x85", "\u2028"):
        plain = plain.replace(end, "\n")
    lines = [" ".join(filter(None, line.split(" "))) for line in plain.split("\n")]
    plain = unicodedata.normalize("NFC", "\n".join(filter(None, lines)))

    assert plain == normalise(decode(text.encode(), "utf-8")).text


@settings(max_examples=400, deadline=None)
@given(texts, encodings, st.integers(0, 1))
def test_every_byte_is_accounted_for(text: str, encoding: str, keep: int) -> None:
    """The ledger tiles the bytes, covers every article, and gives the bytes again."""
    data = text.encode(encoding)
    normalised = normalise(decode(data, encoding))
    spans = lines_of(normalised.text, keep)
    articles = {index: span.of(normalised.text) for index, span in enumerate(spans)}

    entries = account(normalised, spans, data)

    assert data == rebuild(entries, articles, normalised.source.encoding)
    assert [*(entry.byte_start for entry in entries), len(data)] == [0, *(entry.byte_end for entry in entries)]
    for index, article in articles.items():
        covered = [entry.span for entry in entries if entry.article == index and entry.span]
        assert [*(span.start for span in covered), len(article)] == [0, *(span.end for span in covered)]


@settings(max_examples=300, deadline=None)
@given(texts, encodings, st.data())
def test_a_span_finds_its_bytes(text: str, encoding: str, data: st.DataObject) -> None:
    """The bytes of a span, normalised by themselves, hold the words of the span."""
    raw = text.encode(encoding)
    normalised = normalise(decode(raw, encoding))
    if not normalised.text:
        return
    whole = Span(0, len(normalised.text))
    positions = RawPositions(account(normalised, [whole], raw), normalised.text, normalised.source.encoding)
    start = data.draw(st.integers(0, len(normalised.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(normalised.text))))

    found = positions.bytes_of(span)
    again = normalise(decode(raw[found.start : found.end], normalised.source.encoding)).text

    assert normalise(decode(span.of(normalised.text).encode(), "utf-8")).text in again


@settings(max_examples=300, deadline=None)
@given(texts, st.data())
def test_a_declared_removal_keeps_the_way_back(text: str, data: st.DataObject) -> None:
    """After words are removed, the edits still lead from the decoded text to the result."""
    normalised = normalise(decode(text.encode(), "utf-8"))
    if not normalised.text:
        return
    start = data.draw(st.integers(0, len(normalised.text) - 1))
    end = data.draw(st.integers(start + 1, len(normalised.text)))

    shorter = renormalise(normalised, (Edit(start, end, "", "declared"),))

    assert shorter.text == apply_edits(shorter.source.text, shorter.edits)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Disjoint, ascending edits of a text."""
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Edit(start, end, draw(st.text("xy", max_size=3)), "why") for start, end in pairs)


@settings(max_examples=400, deadline=None)
@given(st.text("abc", max_size=20), st.data())
def test_edits_compose(text: str, data: st.DataObject) -> None:
    """Two changes in one step give what they give one after the other."""
    first = data.draw(edits_of(text))
    middle = apply_edits(text, first)
    second = data.draw(edits_of(middle))

    assert apply_edits(middle, second) == apply_edits(text, compose(first, second, middle))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_sentences_are_true_and_lose_no_word(text: str) -> None:
    """Sentences ascend, do not overlap, and leave out nothing but spaces."""
    line = normalise(decode(text.encode(), "utf-8")).text.replace("\n", " ")
    spans = split_sentences(line)

    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert line.replace(" ", "") == "".join(span.of(line) for span in spans).replace(" ", "")


@settings(max_examples=300, deadline=None)
@given(st.text("ab \"“”'’", min_size=1, max_size=30), st.data())
def test_an_anchor_finds_its_place(text: str, data: st.DataObject) -> None:
    """Words with all that stands before and after them are found exactly there, typographic quotes or not."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    anchor = Anchor(folded(span.of(text)), prefix=folded(text[: span.start]), suffix=folded(text[span.end :]))

    found = FoldedText(text).occurrences(anchor)

    assert found in ([span], [])  # none where the span cuts a word in two
    cuts = [at for at in (span.start, span.end) if 0 < at < len(text) and text[at - 1 : at + 1].isalnum()]
    assert bool(found) == (not cuts)


@pytest.mark.parametrize("data", [b"ab\xffcd", b"\xc0\xafab", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    """Invalid, overlong and surrogate bytes are refused with their place."""
    with pytest.raises(UndecodableError) as raised:
        decode(data, "utf-8")

    assert raised.value.byte <= len(data)


def test_utf_16_needs_its_byte_order() -> None:
    """UTF-16 without a mark is refused instead of guessed."""
    with pytest.raises(UndecodableError):
        decode("ab".encode("utf-16-le"), "utf-16")


def test_time_grows_with_length() -> None:
    """A text twice as long, made of what normalising must touch, does not take four times as long."""
    import time

    def seconds(times: int) -> float:
        text = "a\u00a0\u00a0e\u0301 “x. \r\n\r\n" * times
        started = time.process_time()
        normalised = normalise(decode(text.encode(), "utf-8"))
        account(normalised, lines_of(normalised.text, 0), text.encode())
        split_sentences(normalised.text.replace("\n", " "))
        return time.process_time() - started

    seconds(500)
    assert seconds(16_000) < 12 * seconds(4_000) + 0.5
