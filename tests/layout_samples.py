"""Invented articles, and digests assembled from them in many header forms, with lines that only look like headers."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

OUTLETS = (
    "Ferry Post", "The Northam Herald", "Harvest Daily", "Le Courrier de la Côte", "Northam Today", "Radio Southquay",
    "The Field", "Quay Weekly", "Die Hafenzeitung", "l'Écho du Port", "NTV", "northamnews.example", "Tidewater",
    "Center for Harvest Studies", "The Orchard", "Eastshire Gazette",
)  # fmt: skip
AUTHORS = (
    "Ada Okafor", "Jon Lind", "Mary-Ann O’Dell", "J. R. Stone", "Luis de la Torre", "Nadia Haddad", "Kim Soo-jin",
    "Peter van Dyke", "Zoë Brandt", "Tom Ashworth",
)  # fmt: skip
TITLES = (
    "Rents rise again in {place}", "{place} Ferry Strike Enters Second Week", "Late harvest worries growers in {place}",
    "‘We will not pay more,’ say tenants in {place}", "Why did the {place} ferry stop?", "{place} United win: 3-2",
    "Council of {place} to vote on rents", "Football: {place} lose at home", "After the storm – what {place} lost",
    "“A good year”: apples from {place}", "Growers in {place} call for rain, and for patience", "Fares: who pays?",
    "Harvest in {place} Down 12 Percent", "The last ferry to {place}", "New Pitch for {place} Rovers",
    "{place}’s tenants announce response to second offer", "How {place} saved its orchard!",
)  # fmt: skip
PLACES = "Northam Eastshire Southquay Millbrook Westhaven Oldbridge Tarn Applecross Stonecliff Redmoor".split()
SENTENCES = (
    "The council met on {weekday} and put off the vote by a week.",
    "Rents in {place} have risen by {n} percent since 2021, a report said.",
    "“We have waited long enough,” said {author}, who has lived there for {n} years.",
    "Growers expect no more than {n} tons of apples this year.",
    "The ferry, which carries {n} cars, has not sailed since January {n}.",
    "Nobody was hurt.",
    "On March {n}, 2023, the harbour office closed the eastern quay – for a week, as it said.",
    "Fans of {place} United sang until midnight | and some of them longer.",
    "Asked whether the fares would rise, she said: “Not this year!”",
    "It rained for {n} days, and the fields near {place} stood under water until the end of the month.",
    "Does anyone remember the strike of 2011?",
)
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Story:
    """An article as it goes into a digest: what its header will state, and its text, one paragraph a line."""

    title: str
    outlet: str
    author: str
    day: datetime.date
    body: tuple[str, ...]


def stories(count: int, chance: random.Random) -> list[Story]:
    """Invented articles with titles that differ."""
    found: list[Story] = []
    titles: set[str] = set()
    while len(found) < count:
        title = chance.choice(TITLES).format(place=chance.choice(PLACES))
        if title in titles:
            title = f"{title.rstrip('!?')} in week {len(found)}"
        titles.add(title)
        day = datetime.date(2021, 1, 1) + datetime.timedelta(days=chance.randrange(1400))
        body = tuple(paragraph(chance) for _ in range(chance.randrange(2, 9)))
        found.append(Story(title, chance.choice(OUTLETS), chance.choice(AUTHORS), day, body))
    return found


def paragraph(chance: random.Random) -> str:
    """One to four invented sentences."""
    return " ".join(
        chance.choice(SENTENCES).format(
            place=chance.choice(PLACES), n=chance.randrange(2, 29), author=chance.choice(AUTHORS), weekday="Friday"
        )
        for _ in range(chance.randrange(1, 5))
    )


def long(day: datetime.date) -> str:
    """January 9, 2024."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def short(day: datetime.date) -> str:
    """9 Jan 2024."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month(day: datetime.date) -> str:
    """January 2024."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def timed(day: datetime.date) -> str:
    """Tuesday, January 9, 2024 10:15 AM EST."""
    return f"{day:%A}, {long(day)} 10:15 AM EST"


def french(day: datetime.date) -> str:
    """9 janvier 2024."""
    names = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    return f"{day.day} {names[day.month - 1]} {day.year}"


def german(day: datetime.date) -> str:
    """9. Januar 2024."""
    names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    return f"{day.day}. {names[day.month - 1]} {day.year}"


Form = Callable[[Story, int], list[str]]

SEED_FORMS: dict[str, Form] = {
    "outlet – day": lambda s, n: [s.title, f"{s.outlet} – {long(s.day)}"],
    "outlet | day": lambda s, n: [s.title, f"{s.outlet} | {long(s.day)}"],
    "by | outlet | month": lambda s, n: [s.title, f"By {s.author} | {s.outlet} | {month(s.day)}"],
    "by | outlet | day": lambda s, n: [s.title, f"By {s.author} | {s.outlet} | {long(s.day)}"],
    "by | day": lambda s, n: [s.title, f"By {s.author} | {long(s.day)}"],
    "blank, outlet – day": lambda s, n: [s.title, "", f"{s.outlet} – {long(s.day)}"],
}
NEIGHBOURS: dict[str, Form] = {
    "outlet, day": lambda s, n: [s.title, f"{s.outlet}, {long(s.day)}"],
    "outlet / day": lambda s, n: [s.title, s.outlet, long(s.day)],
    "day / outlet": lambda s, n: [s.title, long(s.day), s.outlet],
    "by / outlet / day": lambda s, n: [s.title, f"By {s.author}", s.outlet, long(s.day)],
    "outlet / by / day": lambda s, n: [s.title, s.outlet, f"By {s.author}", long(s.day)],
    "by / outlet, day": lambda s, n: [s.title, f"By {s.author}", f"{s.outlet}, {short(s.day)}"],
    "numbered, outlet · day": lambda s, n: [f"{n}. {s.title}", f"{s.outlet} · {short(s.day)}"],
    "[n], outlet; iso": lambda s, n: [f"[{n}] {s.title}", f"{s.outlet}; {s.day.isoformat()}"],
    "#n, outlet - day": lambda s, n: [f"#{n} {s.title}", f"{s.outlet} - {short(s.day)}"],
    "(outlet, day)": lambda s, n: [s.title, f"({s.outlet}, {long(s.day)})"],
    "source / published": lambda s, n: [s.title, f"Source: {s.outlet}", f"Published: {long(s.day)}"],
    "outlet — weekday, time": lambda s, n: [s.title, f"{s.outlet} — {timed(s.day)}"],
    "day – outlet first": lambda s, n: [f"{long(s.day)} – {s.outlet}", s.title],
    "outlet, day first": lambda s, n: [f"{s.outlet}, {long(s.day)}", s.title],
    "outlet / day first": lambda s, n: [s.outlet, long(s.day), s.title],
    "outlet | day first, by below": lambda s, n: [f"{s.outlet} | {long(s.day)}", s.title, f"By {s.author}"],
    "rules": lambda s, n: ["=" * 30, s.title, f"{s.outlet} | {long(s.day)}"],
    "stars, by, day": lambda s, n: ["* * *", s.title, f"By {s.author}", timed(s.day)],
    "published | updated": lambda s, n: [
        s.title, f"By {s.author}, {s.outlet}", f"Published {long(s.day)} | Updated {long(s.day)}",
    ],
    "title (outlet, day)": lambda s, n: [f"{s.title} ({s.outlet}, {long(s.day)})"],
    "title | outlet | day": lambda s, n: [f"{s.title} | {s.outlet} | {long(s.day)}"],
    "author, outlet, day": lambda s, n: [s.title, f"{s.author}, {s.outlet}, {long(s.day)}"],
    "deck": lambda s, n: [s.title, "A deck that sums up what follows.", f"{s.outlet} – {long(s.day)}"],
    "day alone": lambda s, n: [s.title, long(s.day)],
    "day | outlet": lambda s, n: [s.title, f"{long(s.day)} | {s.outlet}"],
    "french": lambda s, n: [s.title, f"Par {s.author} | {s.outlet} | {french(s.day)}"],
    "labels": lambda s, n: [f"Title: {s.title}", f"Source: {s.outlet}", f"Author: {s.author}", f"Date: {long(s.day)}"],
    "outlet day": lambda s, n: [s.title, f"{s.outlet} {long(s.day)}"],
    "bold": lambda s, n: [f"**{s.title}**", f"{s.outlet} | {long(s.day)}"],
    "article n": lambda s, n: [f"Article {n}", s.title, f"{s.outlet} | {long(s.day)}"],
    "posted on by": lambda s, n: [s.title, f"Posted on {long(s.day)} by {s.author}"],
    "by for outlet, day": lambda s, n: [s.title, f"By {s.author} for {s.outlet}, {long(s.day)}"],
    "no year": lambda s, n: [s.title, f"{s.outlet} | {MONTHS[s.day.month - 1]} {s.day.day}"],
    "address": lambda s, n: [s.title, f"{s.outlet} / {short(s.day)}", f"https://news.example/{n}"],
    "author / outlet | day": lambda s, n: [s.title, s.author, f"{s.outlet} | {long(s.day)}"],
    "two-line title": lambda s, n: [s.title, "and what the town makes of it", f"{s.outlet} | {long(s.day)}"],
    "capitals": lambda s, n: [s.title.upper(), f"{s.outlet.upper()} | {long(s.day).upper()}"],
    "month / dots": lambda s, n: [s.title, f"{s.outlet} • By {s.author} • {s.day:%d.%m.%Y}"],
}  # fmt: skip
DISTRACTORS: tuple[Callable[[random.Random], list[str]], ...] = (
    lambda c: [f"On January {c.randrange(1, 29)}, 2024, the quay was closed."],
    lambda c: [f"— Ferry Post, January {c.randrange(1, 29)}"],
    lambda c: [f"— The Northam Herald, January {c.randrange(1, 29)}, 2024"],
    lambda c: [f"“Rents to fall next year” – Ferry Post, March {c.randrange(1, 29)}, 2023"],
    lambda c: [f"A ferry leaves the port of Northam, January {c.randrange(1, 29)}, 2024 [Ada Okafor/Ferry Post]"],
    lambda c: [f"Photo: Jon Lind | January {c.randrange(1, 29)}, 2024"],
    lambda c: [
        "Timeline of the strike",
        *(f"January {d}, 2024 – The crews of the ferries stopped work" for d in (3, 5, 8)),
    ],
    lambda c: ["What happened when", *(f"March {d}, 2023: Talks between owners and crews" for d in (3, 5, 8))],
    lambda c: [f"Okafor, A. (2021). The rents of Northam. Harvest Daily, March {c.randrange(1, 29)}, 2021."],
    lambda c: ["References", "Lind, Jon: “Late harvest”, The Field, May 2, 2021", "Stone, J. R.: Ferries, 2019"],
    lambda c: ["Ada Okafor, Northam, January 9, 2024"],
    lambda c: ["Yours sincerely,", "Jon Lind", f"January {c.randrange(1, 29)}, 2024"],
    lambda c: [f"Last updated: January {c.randrange(1, 29)}, 2024 10:15 GMT"],
    lambda c: ["A late decision", f"On January {c.randrange(1, 29)}, 2024, the council decided to wait."],
    lambda c: ["A hard winter", "January 2024 was the coldest month since records began, the office said."],
    lambda c: ["Read more:", "Ferry strike: what we know", f"Ferry Post | January {c.randrange(1, 29)}, 2024"],
    lambda c: ["Related", "Tenants march in Northam", "Harvest Daily – March 3, 2023", "Growers wait for rain",
               "The Field – March 4, 2023"],
    lambda c: ["Reporting by Ada Okafor; editing by Jon Lind, January 4, 2024"],
    lambda c: ["Ada Okafor is a reporter at Ferry Post. She joined in January 2021."],
    lambda c: ["This article first appeared in The Field on March 5, 2021"],
    lambda c: ["The final | was played on March 6, 2021"],
    lambda c: ["NORTHAM, Jan. 5 (Ferry Post) – The council met on Friday."],
    lambda c: ["In January 2024", "The talks began again, and ended again."],
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A digest's lines (normalised), and of each article its first line's index and what its header states."""

    lines: list[str]
    starts: list[int]
    stories: list[Story]


def assemble(
    told: Sequence[Story],
    form: Callable[[int], Form],
    chance: random.Random,
    *,
    distractors: float = 0.0,
    preamble: Sequence[str] = (),
) -> Sample:
    """A digest of `told`, the form of each chosen by its place; rules between articles are in no article."""
    lines = [*preamble]
    starts = []
    for number, story in enumerate(told, 1):
        header = [line for line in form(number)(story, number) if line]
        apart = sum(
            (line[0] in "=*" and not line.startswith("**")) or line.startswith("Article ") for line in header[:1]
        )
        starts.append(len(lines) + apart)
        lines += header
        for words in story.body:
            lines.append(words)
            if chance.random() < distractors:
                lines += chance.choice(DISTRACTORS)(chance)
    return Sample(lines, starts, list(told))
