"""Which reading a cue form has where it stands: verb, participle, passive, noun or adjective."""

from __future__ import annotations

from corpus.extracting.drafts import Page, Reading, Sentence
from corpus.extracting.lexicon import Form, Forms, word_group

_VERB_SHAPES = frozenset(("base", "present", "past", "participle", "gerund"))
_OPENS_COMPLEMENT = "tHDNTQXh"
_Found = tuple[str, Form]


def read_form(page: Page, sentence: Sentence, index: int) -> Reading | None:
    """The cue that the token `index` begins, or None where it is none."""
    tags, low = page.tags, sentence.low
    if tags[index] == "N" and index != low and not page.is_title(sentence):
        return None
    forms = page.tokens.rows[index][5]
    before = index - 1
    while before >= low and tags[before] == "R":
        before -= 1
    left = tags[before] if before >= low else "^"
    found = _as_other(page, forms, left, before, index) or _as_verb(page, forms, left, before, index)
    return _with_tail(page, sentence, found, index) if found else None


def _with_tail(page: Page, sentence: Sentence, found: _Found, index: int) -> Reading | None:
    voice, form = found
    following = page.word(index + 1) if form.cues[0].tail else ""
    for cue in form.cues:
        if not cue.tail:
            return Reading(cue, voice, index, index)
        last = index + len(cue.tail)
        if following == cue.tail[0] and last < sentence.high and page.tokens.words(index + 1, last + 1) == cue.tail:
            return Reading(cue, voice, index, last)
    return None


def _as_other(page: Page, forms: Forms, left: str, before: int, index: int) -> _Found | None:
    """The reading as an adjective or a noun."""
    if phrase := forms.get("phrase"):
        return "phrase", phrase
    adjective, noun = forms.get("adjective"), forms.get("noun")
    if adjective and not noun and (left == "b" or len(forms) == 1):
        return "adj", adjective
    if noun and _is_noun(page, forms, left, before, index):
        return "noun", noun
    return None


def _is_noun(page: Page, forms: Forms, left: str, before: int, index: int) -> bool:
    after = page.tags[index + 1 : index + 2]
    singular = left == "w" and not page.word(before).endswith("s")
    if left == "D" and "past" not in forms and _stands_alone(page, before) and after in ("t", "H", "T"):
        return False
    if left == "w" and "present" in forms and singular and after and after in _OPENS_COMPLEMENT:
        return False
    return left in "DXPoy#eg" or singular or not forms.keys() & _VERB_SHAPES


def _as_verb(page: Page, forms: Forms, left: str, before: int, index: int) -> _Found | None:
    if "gerund" in forms:
        return None if left in "DX" else ("fin" if left == "b" else "ing", forms["gerund"])
    if "past" in forms or "participle" in forms:
        return _past(page, forms, left, before, index)
    if "base" in forms:
        if left == "T":
            return "inf", forms["base"]
        if left in "DXPoy#" and not _stands_alone(page, before):
            return None
        if left == "w" and not _is_plural(page.word(before)):
            return None
        return "pas" if left == "b" else "fin", forms["base"]
    if "present" in forms and (left not in "DXPoy#bmdaT" or _stands_alone(page, before)):
        return "fin", forms["present"]
    if "adjective" in forms and left != "D":
        return "adj", forms["adjective"]
    return None


def _past(page: Page, forms: Forms, left: str, before: int, index: int) -> _Found | None:
    form = forms.get("participle") or forms["past"]
    if left == "b" or page.tags[index + 1 : index + 2] == "y":
        return "pas", form
    if left == "a":
        return "fin", form
    if left in "DXPo" and not _stands_alone(page, before):
        return None
    return ("fin", forms["past"]) if "past" in forms else ("pas", form)


def _stands_alone(page: Page, index: int) -> bool:
    """Whether a determiner can be a subject by itself (`others say`)."""
    return page.word(index) in word_group("alone")


def _is_plural(word: str) -> bool:
    return word.endswith("s") or word in word_group("plural")
