"""`sentences`: one row per sentence."""

from schemas.columns import SpanTable, column


class Sentences(SpanTable):
    """One row per sentence of the paragraphs that have sentences (not of bylines and credits)."""

    sentence_id: str = column("Id of the sentence: the article's and its place.", key=True)
    paragraph_id: str = column("The paragraph that holds it.", references="paragraphs.paragraph_id")
    article_id: str = column("The article.", references="articles.article_id")
    position: int = column("Place in the article, from 1.", ge=1)
    text: str = column("The sentence; a dateline before it is no part of it.", third_party=True)
    char_start: int = column("First code point in `articles.text`.", ge=0)
    char_end: int = column("Code point after the last in `articles.text`.", ge=1)
