"""What a line of a text looks like: a title, running text, a rule between articles, a numbered mark."""

from __future__ import annotations

import re

from corpus.text.layouts.date_words import find_dates

_LONGEST_TITLE = 250
_MOST_WORDS_OF_A_TITLE = 40
_CERTAINLY_BODY = 260
_LEAST_SPACES_BEFORE_COLON = 15
_STOP = re.compile(r"[.;:,][\"”’')\]»]*$")
_ANY_STOP = re.compile(r"[.!?…][\"”’')\]»]*$")
_SENTENCE = re.compile(r"[.;?!…][\"”’')\]»]*$")
_NO_STOP = re.compile(
    r"(?:\.\.\.|\b(?:[A-Z]\.){1,5}|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|Dr|St|No|vs|etc|a\.m|p\.m)\.)[\"”’')]*$"
)
_RULE = re.compile(r"(?:[-–—_=*#~+•·.]{3,}|(?:[-–—_=*#~+•·] ){2,}[-–—_=*#~+•·]|[⁂§◆■●])")
_COUNTED = r"\(?\[?(?:no\.? ?|n° ?|# ?)?\d{1,4}[.)\]]{0,2}"
_OF_COUNT = r"\d{1,5} ?(?:of|de|von|/|sur|di|van) ?\d{1,5}"
_THING = r"(?:article|item|story|document|text|clip|artikel|artículo|documento|dokument)"
_COUNTER = re.compile(
    rf"[-–—=*\[( ]{{0,8}}(?:{_THING}s? (?:no\.? ?)?#?(?:{_OF_COUNT}|\d{{1,4}})|{_OF_COUNT}(?: {_THING}s?)?|{_COUNTED})"
    r"[-–—=*\]):. ]{0,8}",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?:(?P<thing>{_THING}) (?:no\.? ?)?)?[\[(#]{{0,2}}(?P<number>\d{{1,4}})(?P<close>[.)\]:]{{1,2}}"
    rf"| [-–—]|(?=\s))\s+(?=\S)",
    re.IGNORECASE,
)
_MARKS_BEFORE = re.compile(r"(?:#{1,6} |[*_]{1,3}(?=\S)|[=~>•‣▪■►»-]{1,4} )")
_MARKS_AFTER = re.compile(r"(?: [=~#<-]{1,6}|(?<=\S)[*_]{1,3})$")
_CREDIT = re.compile(
    r"[–—-]{1,2} ?\w|(?:photo(?:graph)?s?|image|picture|caption|credit|source|reporting|editing|video|foto"
    r"|bild)(?: ?:| by )",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:read (?:more|also|next)|also read|related(?: \w+)?|see also|more (?:from|on|stories|news)|recommended"
    r"|you may also like|most (?:read|popular)|further reading|(?:à )?lire aussi|voir aussi|sur le même (?:sujet|thème)"
    r"|lesen sie auch|mehr zum thema|siehe auch|ver también|lea también|leggi anche)\b.{0,40}",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:related|read (?:more|also|next)|see also|also read|watch|listen|further reading|more) ?: .{1,240}"
    r"|follow .{2,60} (?:on|at|@).{2,60}|(?:sign up|subscribe|click here|contact|e-?mail) .{2,120}"
    r"|[“\"«„][^“”\"«»„]{2,240}[”\"»]",
    re.IGNORECASE,
)
_SINGLE_LINK = re.compile(
    r"read (?:more|also|next)|also read|(?:à )?lire aussi|lesen sie auch|lea también|leggi", re.IGNORECASE
)
_MASTHEAD = re.compile(
    r"\b(?:digest|newsletter|bulletin|briefing|press (?:review|clippings|cuttings)|clippings|round-?up|in this issue"
    r"|table of contents|contents|inhalt|sommaire|índice|revue de presse|pressespiegel|media (?:monitor|review|watch)"
    r"|issue (?:no\.? ?)?\d+|vol(?:ume|\.)? ?\d+|today'?s (?:headlines|stories|news)|headlines|top stories)\b",
    re.IGNORECASE,
)


def is_rule(line: str) -> bool:
    """A line of dashes, stars or equals signs."""
    return len(line) <= 400 and bool(_RULE.fullmatch(line))


def is_counter(line: str) -> bool:
    """A line that only counts: `3.`, `[3]`, `Article 3 of 12`, `3/12`."""
    return len(line) <= 60 and bool(_COUNTER.fullmatch(line))


def is_body_like(line: str) -> bool:
    """Running text: a line that closes with a stop, or a long one, or a sentence that closes with a colon."""
    if len(line) > _CERTAINLY_BODY:
        return True
    if line.endswith(":") and line.count(" ") >= _LEAST_SPACES_BEFORE_COLON:
        return True
    closed = bool(_ANY_STOP.search(line[-8:]))
    return (closed and line.count(" ") >= 2 and not _NO_STOP.search(line[-12:])) or len(line) > _LONGEST_TITLE


def is_title_like(line: str) -> bool:
    """A line that can be a headline: not long, no closing stop (a question mark may close it)."""
    if not 0 < len(line) <= _LONGEST_TITLE or line.count(" ") >= _MOST_WORDS_OF_A_TITLE:
        return False
    if _STOP.search(line[-8:]) and not _NO_STOP.search(line[-12:]):
        return False
    return any(mark.isalpha() for mark in line) and not is_related_label(line)


def asks(line: str) -> bool:
    """One question or cry, as headlines and sentences alike can be."""
    number = number_before(line)
    return line.rstrip("\"”’')»")[-1:] in ("?", "!", "…") and ". " not in line[number[1] if number else 0 :]


def ends_in_credit(line: str) -> bool:
    """A source behind a dash, or words that close with a whole date: `— Outlet, 5 January 2024`, `Photo: … 2024`."""
    if _CREDIT.match(line):
        return True
    dates = find_dates(line)
    return bool(dates) and dates[-1].precision == "day" and len(line) - dates[-1].end <= 1


def is_sentence(line: str) -> bool:
    """A line of a headline's length that closes with a stop, within quotation marks or not."""
    is_short = 0 < len(line) <= 140 and 1 <= line.count(" ") < 22 and not line[0].islower()
    return is_short and bool(_SENTENCE.search(line[-6:])) and not ends_in_credit(line)


def is_single_link_label(line: str) -> bool:
    """`Read more:`: one link follows, as a rule."""
    return is_related_label(line) and bool(_SINGLE_LINK.match(line))


def is_aside(line: str) -> bool:
    """A link, an invitation or a quotation by itself, as articles close with: `Follow … on …`, `Related: …`."""
    return len(line) <= 260 and bool(_ASIDE.fullmatch(line))


def is_related_label(line: str) -> bool:
    """`Read more:`, `Related stories`: what follows are links, not articles."""
    return len(line) <= 60 and bool(_RELATED.fullmatch(line))


def is_masthead(line: str) -> bool:
    """A digest's own name or a heading of its list of contents."""
    return len(line) <= 120 and bool(_MASTHEAD.search(line))


def number_before(line: str) -> tuple[int, int] | None:
    """The number that a title opens with, and the code points that it takes up: `3. `, `[3] `, `#3 `."""
    match = _NUMBER.match(line[:40]) if len(line) <= _LONGEST_TITLE + 20 else None
    if match is None or (not match["close"].strip() and not match["thing"] and line[0] not in "#[("):
        return None
    return int(match["number"]), match.end()


def marks_around(line: str) -> tuple[int, int]:
    """Where the words of a title stand without signs of emphasis around them (`## Title`, `**Title**`)."""
    start = before.end() if (before := _MARKS_BEFORE.match(line)) else 0
    after = _MARKS_AFTER.search(line, max(start, len(line) - 8))
    return start, after.start() if after and after.start() > start else len(line)
