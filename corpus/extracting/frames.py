"""Classes of words for the frames of attributions: one letter each.

Open classes: N capitalised, X possessive, e ends in -ed, g ends in -ing, R ends in -ly, v a cue's verb form,
w any other word. The letters of closed classes are those of `lexicon/words.toml`. Punctuation stands for itself, as
far as one letter does.
"""

from __future__ import annotations

from corpus.extracting.lexicon import Forms, cue_forms, word_classes

_PUNCTUATION = {
    ".": ".", "!": ".", "?": ".", "…": ".", ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")",
    "—": "-", "–": "-", "-": "-", "―": "-", "&": "C", "%": "w", "$": "#", "£": "#", "€": "#",
}  # fmt: skip
NO_FORMS: Forms = {}


def frame_of(word: str, lower: str) -> tuple[str, Forms]:
    """The class of a word, `lower` its lower case with straight apostrophes, and the forms of cues that it can be."""
    tag = word_classes().get(lower)
    if tag is None and lower.endswith("'"):
        lower = lower[:-1]
        tag = "X" if lower.endswith("s") else word_classes().get(lower)
    forms = cue_forms().get(lower, NO_FORMS)
    if tag is None:
        tag = _open_class(word, lower, forms)
    return tag, forms


def _open_class(word: str, lower: str, forms: Forms) -> str:
    first = word[0]
    if not first.isalnum():
        return _PUNCTUATION.get(first, "x")
    if first.isdigit():
        return "#"
    if lower.endswith("'s"):
        return "X"
    if first.isupper():
        return "N"
    if "past" in forms and "noun" not in forms:
        return "v"
    if lower.endswith("ing") and len(lower) > 5:
        return "g"
    if lower.endswith("ed") and len(lower) > 4:
        return "e"
    return "R" if lower.endswith("ly") and len(lower) > 4 else "w"
