"""Claims and figures found by rule, as records with ids of their own."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from corpus.extracting.claims import ExtractedClaim, Structure, extract_claims
from corpus.extracting.figures import FoundFigure
from corpus.records import Article, AutomaticClaim, Claim, Figure
from corpus.text.paragraphs import read_dateline
from corpus.text.spans import Span
from schemas.labels import CLAIM_KINDS

_HEX_OF_AN_ID = 12
_START = attrgetter("span.start")


def mark_article(article: Article, actor_ids: Mapping[str, str], topics: Collection[str]) -> list[AutomaticClaim]:
    """The claims of an article that the rules find.

    `actor_ids`: actors by the forms that name one only. `topics`: the corpus's own list; others are left out.
    An id is made from the article's id, the words of the claim, and which occurrence of these words it is, so
    that the same text gives the same ids in any order, batch or process.
    """
    occurrences: Counter[str] = Counter()
    found = []
    for extracted in extract_claims(article.text, article.language.split("-")[0], _structure(article)):
        words = article.text[extracted.char_start : extracted.char_end]
        occurrences[words] += 1
        key = f"{article.article_id}\0{words}\0{occurrences[words]}".encode()
        claim_id = f"{article.article_id}-a{hashlib.sha256(key).hexdigest()[:_HEX_OF_AN_ID]}"
        topic = extracted.topic if extracted.topic in topics else None
        claim = _claim(claim_id, article, extracted, topic, actor_ids)
        if claim is not None:
            found.append(AutomaticClaim(claim, extracted.rule, extracted.confidence))
    return found


def forms_of_one(actors: Sequence[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Actors by their forms, without the forms that several share."""
    times = Counter(form for _, forms in actors for form in set(forms))
    return {form: actor_id for actor_id, forms in actors for form in forms if times[form] == 1}


def _structure(article: Article) -> Structure:
    """The paragraphs in which claims are sought, without the dateline of a report, and their sentences."""
    marked: dict[str, Span] = {}
    for paragraph in article.paragraphs:
        if paragraph.kind in CLAIM_KINDS:
            dateline = read_dateline(paragraph.span.of(article.text)) if paragraph.kind == "body" else None
            start = paragraph.span.start + (dateline[1] if dateline else 0)
            marked[paragraph.paragraph_id] = Span(start, paragraph.span.end)
    sentences = [sentence.span for sentence in article.sentences if sentence.paragraph_id in marked]
    return Structure(tuple(marked.values()), sentences)


def _claim(
    claim_id: str, article: Article, extracted: ExtractedClaim, topic: str | None, actor_ids: Mapping[str, str]
) -> Claim | None:
    span = Span(extracted.char_start, extracted.char_end)
    following = bisect_right(article.sentences, span.start, key=_START)
    sentence = article.sentences[following - 1]
    if not following or span.start >= sentence.span.end:
        return None
    claimant = _span(extracted.claimant_start, extracted.claimant_end)
    via = _span(extracted.via_start, extracted.via_end)
    return Claim(
        claim_id=claim_id,
        article=article,
        paragraph_id=sentence.paragraph_id,
        sentence_id=sentence.sentence_id,
        span=span,
        voice=extracted.voice,
        attribution=extracted.attribution,
        claimant=claimant,
        actor_id=_actor(article.text, claimant, actor_ids),
        cue=_span(extracted.cue_start, extracted.cue_end),
        cue_class=extracted.cue_class,
        via=via,
        via_actor_id=_actor(article.text, via, actor_ids),
        modality=extracted.modality,
        certainty=extracted.certainty,
        topic=topic,
        figures=tuple(_figure(f"{claim_id}-f{n}", found, article) for n, found in enumerate(extracted.figures, 1)),
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _actor(text: str, span: Span | None, actor_ids: Mapping[str, str]) -> str | None:
    if span is None:
        return None
    words = span.of(text)
    return actor_ids.get(words) or actor_ids.get(words.removeprefix("the ").removeprefix("The "))


def _figure(figure_id: str, found: FoundFigure, article: Article) -> Figure:
    return Figure(
        figure_id=figure_id,
        span=found.span,
        value=found.value,
        low=found.low,
        high=found.high,
        comparator=found.comparator,
        unit=found.unit or "count",
        quantity_id=None,
        counted=found.counted or found.span.of(article.text),
        place=None,
        as_of_from=None,
        as_of_to=None,
        as_of_basis="article_date",
    )
