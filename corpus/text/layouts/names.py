"""Whether words can be a name: an outlet's, a person's, a section's."""

from __future__ import annotations

import re

_MOST_WORDS = 8
_LONGEST = 80
_SENTENCE_END = re.compile(r"[.!?:;,…][\"”’)]*$")
_ABBREVIATION_AT_END = re.compile(r"(?:^|[ .])(?:[A-Z]|Inc|Ltd|Co|Corp|Jr|Sr|Dr|St)\.$")
_NO_NAME = re.compile(r"[:;!?“”\"{}<>=*]|\.\.|…|\. [a-z]|://")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}", re.IGNORECASE)
_SMALL = frozenset(
    """a an and at by con da das de dei del della delle den der des di die do dos du e e.g ed el em en et for from für
    i il im in la las le les lo los mit na no o of on op or os para per por pour s sur the to und und van vom von with
    y zu zum zur & + al bin ibn d l""".split()
)
_FINITE = frozenset(
    """is was are were has have had says said will would can could should may might must does did be been not it its
    he she they we you this that these those est sont était ont avait sera wird wurde war hat haben sind ist""".split()
)
_OUTLET_WORDS = frozenset(
    """advertiser agence agencia agency agenzia anzeiger argus associated bbc blog bote broadcasting bulletin bureau
    center centre channel chronicle cnn correo courier courrier dagblad daily diario digest dispatch echo echos
    eagle  enquirer examiner express figaro fm focus foundation frankfurter free gazeta gazette gazzetta giornale
    global globe guardian herald heute  independent information inquirer insider institute international
    intelligencer journal kurier   leader ledger  lokal magazine mail mercury messenger mirror monde monitor
    nachrichten national network news newsletter newspaper newswire nouvelles observer online país parisien patriot
    pioneer post presse press prensa project quotidien radio record register repubblica report reporter reuters
    review revue rundschau sentinel service spectator spiegel standard star statesman sun syndicate tageblatt
    tagesspiegel tageszeitung telegraaf telegram telegraph television times today tribune tv update voice volkskrant
    wall week weekly welt wire wochenblatt world zeit zeitung"""
    .split()
)  # fmt: skip
_ARTICLES = frozenset("the le la les l el il die der das de het o a".split())
_TOKEN = re.compile(r"[^\s/]+")


def is_name(words: str) -> bool:
    """Whether `words` can be a name: few words, proper case, no finite sentence, no closing mark."""
    if not words or len(words) > _LONGEST or _NO_NAME.search(words):
        return False
    if _SENTENCE_END.search(words) and not _ABBREVIATION_AT_END.search(words):
        return False
    tokens = _TOKEN.findall(words)
    if len(tokens) > _MOST_WORDS or not any(mark.isalpha() for mark in words):
        return False
    return bool(_DOMAIN.fullmatch(words)) or _has_proper_case(tokens)


def is_outlet_like(words: str) -> bool:
    """Whether a name has a word of newspapers and stations in it, or is an address."""
    tokens = re.split(r"[\s.'’-]+", words.lower())
    return not _OUTLET_WORDS.isdisjoint(tokens) or tokens[0] in _ARTICLES or bool(_DOMAIN.fullmatch(words))


def is_person_like(words: str) -> bool:
    """Whether a name looks like a person's: two to four words, each with a capital, none a newspaper's word."""
    tokens = words.split()
    capitals = [token for token in tokens if token.lower() not in _SMALL]
    if not 2 <= len(tokens) <= 4 or len(capitals) < 2 or is_outlet_like(words):
        return False
    return all(token[0].isupper() and not any(mark.isdigit() for mark in token) for token in capitals)


def _has_proper_case(tokens: list[str]) -> bool:
    """Most words that count have a capital; a name wholly in small letters has two words at most."""
    if any(token in _FINITE for token in tokens):
        return False
    counting = [token.lstrip("('’‘&-") for token in tokens if token.lower() not in _SMALL]
    counting = [token for token in counting if token]
    if not counting:
        return len(tokens) == 1 and tokens[0][0].isupper()
    has_capital = [not token[0].islower() or any(map(str.isupper, token[1:])) for token in counting]
    if not any(has_capital):
        return len(tokens) <= 2 and all(len(token) > 1 for token in counting)
    return 3 * sum(has_capital) >= 2 * len(has_capital)
