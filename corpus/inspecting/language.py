"""Whether a text is in the language that is declared for it.

The method is that of Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool" (ACL 2012), in the
implementation py3langid.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from typing import Any

from corpus.inspecting.lexicon import stopwords_of
from corpus.inspecting.suspicions import Suspicion, lines_with_starts, primary_language
from corpus.text.spans import Span

# Languages of the press that the model knows. Without dead, planned and very small ones it errs less on names.
_LANGUAGES = frozenset(
    """af am ar as az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km
    kn ko ku ky lo lt lv mk ml mn mr ms mt my ne nl no or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tk tl
    tr ug uk ur uz vi xh yo zh zu""".split()
)
# Tags of the same language, and languages that a short text does not tell apart.
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "sh": "sr", "cmn": "zh", "prs": "fa", "fil": "tl"}
_ALIKE = tuple(frozenset(group.split()) for group in ("bs hr sr", "da no", "id ms", "gl pt", "xh zu"))
LETTERS_OF_TEXT = 100
LETTERS_OF_LINE = 200
SURENESS = 0.9
STOPWORDS_OF_PLAIN_TEXT = 0.17
LISTED = ("en", "fr", "de", "es")
_LONGEST = 10_000
_LONGEST_LINE = 1_000
_MOST_LINES = 200
_BITS = 16  # a text of _LONGEST code points has fewer words than that counts
_MOST_WORDS = (1 << _BITS) - 1


def inspect_language(text: str, language: str | None) -> Iterator[Suspicion]:
    """A text, or lines of it, in another language than the declared one (`language-differs`), with how sure that is.

    Judged are the first _LONGEST code points, and, where these agree, the first _MOST_LINES lines with LETTERS_OF_LINE
    letters or more; a text of fewer than LETTERS_OF_TEXT letters and a language that the model does not know are not
    judged. A suspicion comes at a probability of SURENESS or more.
    """
    declared = primary_language(language)
    declared = _SAME.get(declared, declared)
    if declared not in _LANGUAGES:
        return
    if (other := _other(text[:_LONGEST], declared, LETTERS_OF_TEXT)) is not None:
        yield Suspicion("language-differs", None, declared, other)
        return
    judged = 0
    for start, line in lines_with_starts(text):
        if judged < _MOST_LINES and len(line) >= LETTERS_OF_LINE:
            judged += 1
            if (other := _other(line[:_LONGEST_LINE], declared, LETTERS_OF_LINE)) is not None:
                yield Suspicion("language-differs", Span(start, start + len(line)), declared, other)


def detect_language(text: str) -> tuple[str, float] | None:
    """The language of a text, with the probability (0 to 1); None where it has too few letters to tell."""
    words = text[:_LONGEST]
    if sum(unicodedata.category(character)[0] in "LM" for character in words) < LETTERS_OF_TEXT:
        return None
    found, sureness = _identifier().classify(words)
    return str(found), float(sureness)


def _other(words: str, declared: str, letters: int) -> str | None:
    """The other language that the words are surely in, with the probability; None where there is none."""
    if _is_plainly(words, declared):
        return None
    if sum(unicodedata.category(character)[0] in "LM" for character in words) < letters:
        return None
    found, sureness = _identifier().classify(words)
    if found == declared or sureness < SURENESS or any({found, declared} <= group for group in _ALIKE):
        return None
    return f"{found}, {sureness:.0%} sure"


def _is_plainly(words: str, declared: str) -> bool:
    """Whether so many are stopwords of the declared language, and so few of others, that the model is not needed.

    It takes a second to load. Of 9,000 lines of English news two in a thousand have fewer such words; lines of other
    languages have some 5 to 13 in a hundred.
    """
    pieces = words.lower().split()
    counting = _counting(declared)
    counts = sum(map(counting.__getitem__, filter(counting.__contains__, pieces)))
    own, *others = ((counts >> _BITS * place) & _MOST_WORDS for place in range(1 + len(LISTED)))
    return own > max(STOPWORDS_OF_PLAIN_TEXT * len(pieces), 2 * max(others))


@functools.cache
def _counting(declared: str) -> dict[str, int]:
    """Stopwords with a one for each language that has them, each at a place of its own in one number.

    So one sum counts the words of all of these languages. The declared one has the lowest place.
    """
    listed = (declared, *(name for name in LISTED if name != declared))
    known: dict[str, int] = {}
    for place, name in enumerate(listed):
        for word in stopwords_of(name):
            known[word] = known.get(word, 0) + (1 << _BITS * place)
    return known


@functools.cache
def _identifier() -> Any:
    """The identifier with its model, limited to _LANGUAGES; it takes a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES & set(identifier.labels))
    return identifier
