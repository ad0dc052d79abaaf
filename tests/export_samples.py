"""Exports of press databases as text, made of invented articles, in many variants."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from layout_samples import Sample, Story, french, german, long, short

Maker = Callable[[Sequence[Story], random.Random], Sample]


def nexis(told: Sequence[Story], chance: random.Random) -> Sample:
    """The classic export; labels, rights and editions come and go, a counting line may be lost."""
    kind = chance.randrange(4)
    lines = [] if kind == 3 else ["Download Request: Select Items: 1-9", "Time Of Request: Tuesday, October 15, 2019",
                                  "Terms: rents AND ferries", "Source: All News", "Project ID:"]  # fmt: skip
    starts = []
    for number, story in enumerate(told, 1):
        if chance.random() > 0.04 or number == 1:
            lines.append((
                f"{number} of {len(told)} DOCUMENTS", f"Document {number} of {len(told)}",
                f"Dokument {number} von {len(told)}", f"LEVEL 1 - {number} OF {len(told)} STORIES",
            )[kind])  # fmt: skip
        starts.append(len(lines))
        lines += [*_nexis_head(story, kind, chance), *story.body, *_nexis_tail(story, kind, chance)]
    return Sample(lines, starts, list(told))


def _nexis_head(story: Story, kind: int, chance: random.Random) -> list[str]:
    rights = [f"Copyright {story.day.year} {story.outlet}", "All Rights Reserved"]
    day = (f"{long(story.day)}, Tuesday", f"{french(story.day)} mardi", german(story.day),
           f"{long(story.day)} Tuesday 10:15 AM GMT")[kind]  # fmt: skip
    lines = rights if chance.random() < 0.4 else []
    lines += [story.outlet, day]
    lines += ["Late Edition - Final"] if chance.random() < 0.3 else []
    labels = (
        ["BYLINE", "SECTION", "LENGTH", "words"], ["AUTEUR", "RUBRIQUE", "LONGUEUR", "mots"],
        ["AUTOR", "RUBRIK", "LÄNGE", "Wörter"], ["Byline", "Section", "Length", "words"],
    )[kind]  # fmt: skip
    late = chance.random() < 0.25 and kind in (0, 3)
    lines += [] if late else [story.title]
    lines += [f"{labels[0]}: {story.author}"] if chance.random() < 0.6 else []
    lines += [f"{labels[1]}: Section B; Page 22"] if chance.random() < 0.8 or late else []
    lines += [f"{labels[2]}: {len(story.body) * 40} {labels[3]}"] if chance.random() < 0.95 or late else []
    lines += [f"HEADLINE: {story.title}", "BODY:"] if late else []
    return lines


def _nexis_tail(story: Story, kind: int, chance: random.Random) -> list[str]:
    lines = ["GRAPHIC: Photo: A ferry (Ada Okafor)"] if chance.random() < 0.2 else []
    lines += ["SUBJECT: RENTS (90%); FERRIES (88%)", "GEOGRAPHIC: NORTHAM (90%)"] if chance.random() < 0.5 else []
    lines += [f"{'DATE-CHARGEMENT' if kind == 1 else 'LOAD-DATE'}: {long(story.day)}"]
    lines += [f"{('LANGUAGE', 'LANGUE', 'SPRACHE', 'LANGUAGE')[kind]}: ENGLISH", "PUBLICATION-TYPE: Newspaper"]
    rights = [f"Copyright {story.day.year} {story.outlet}", "All Rights Reserved"]
    return [*lines, *(rights if chance.random() < 0.5 else [])]


def lexis_advance(told: Sequence[Story], chance: random.Random) -> Sample:
    """Nexis Uni with its cover, lists, running heads, and now and then a missing part."""
    lines = ["User Name: Ada Okafor", "Date and Time: Friday, January 12, 2024 10:15:00 AM EST", "Job Number: 123456",
             f"Documents ({len(told)})"]  # fmt: skip
    for number, story in enumerate(told, 1):
        lines += [f"{number}. {story.title}", "Client/Matter: -None-", "Search Terms: rents"]
        lines += ["Search Type: Natural Language"]
        lines += ["Narrowed by:", "Content Type", "Narrowed by", "News", "Timeline: Jan 01, 2021 to Jan 12, 2025"]
    if chance.random() < 0.5:
        lines += ["| About LexisNexis | Privacy Policy | Terms & Conditions | © 2024 LexisNexis", "Ada Okafor"]
    starts = []
    paged = chance.random() < 0.5
    for story in told:
        lines += ["Page 1 of 2"] if paged else []
        starts.append(len(lines))
        lines += [story.title, story.outlet, f"{long(story.day)} Friday 10:15 AM EST"]
        lines += ["Late Edition - Final"] if chance.random() < 0.3 else []
        lines += [f"Copyright {story.day.year} {story.outlet} All Rights Reserved"] if chance.random() < 0.9 else []
        lines += ["Section: Section A; Column 1; Pg. 1"] if chance.random() < 0.8 else []
        lines += ["Length: 512 words"] if chance.random() < 0.95 else []
        lines += [f"Byline: {story.author}"] if chance.random() < 0.7 else []
        lines += ["Body"] if chance.random() < 0.95 else []
        lines += [story.body[0], *(["Page 2 of 2", story.title] if paged else []), *story.body[1:]]
        lines += ["Graphic", "PHOTO: A ferry."] if chance.random() < 0.2 else []
        lines += ["Classification", "Language: ENGLISH", "Publication-Type: Newspaper"] if chance.random() < 0.7 else []
        lines += [f"Load-Date: {long(story.day)}"] + (["End of Document"] if chance.random() < 0.97 else [])
    return Sample(lines, starts, list(told))


def factiva_codes(told: Sequence[Story], chance: random.Random) -> Sample:
    """Factiva with codes, on the fields' lines or on their own."""
    alone = chance.random() < 0.5
    lines = []
    starts = []
    for number, story in enumerate(told):
        starts.append(len(lines))
        fields = [("SE", "Business")] if chance.random() < 0.6 else []
        fields += [("HD", story.title)] + ([("BY", f"By {story.author}")] if chance.random() < 0.6 else [])
        fields += [("WC", "512 words"), ("PD", f"{story.day.day} {long(story.day).split()[0]} {story.day.year}")]
        fields += [("ET", "10:15")] if chance.random() < 0.3 else []
        fields += [("SN", story.outlet), ("SC", "NORTHH"), ("LA", "English"), ("CY", f"(c) 2024 {story.outlet}")]
        fields += [("LP", story.body[0])] + ([("TD", story.body[1])] if len(story.body) > 1 else [])
        for code, words in fields:
            lines += [code, words] if alone else [f"{code} {words}"]
        lines += story.body[2:]
        tail = [("CO", "nthf : Northam Ferries"), ("NS", "gcat : Political/General News")]
        tail += [("RE", "uk : United Kingdom")]
        tail += [("PUB", story.outlet), ("AN", f"Document NORTHH00{story.day:%Y%m%d}ek150{number:04}")]
        for code, words in tail:
            lines += [code, words] if alone else [f"{code} {words}"]
    return Sample([*lines, "Search Summary", "Text", "rents"], starts, list(told))


def factiva(told: Sequence[Story], chance: random.Random) -> Sample:
    """Factiva without codes, with contents first or not, and running lines."""
    listed = chance.random() < 0.5
    lines = [f"{story.title}.......... {number}" for number, story in enumerate(told, 2)] if listed else []
    starts = []
    for number, story in enumerate(told):
        if chance.random() < 0.3:
            lines.append(f"Page {number + 1} of 26 © 2024 Factiva, Inc. All rights reserved.")
        starts.append(len(lines))
        lines += ["Business"] if chance.random() < 0.5 else []
        lines += [story.title] + ([f"By {story.author}"] if chance.random() < 0.6 else []) + ["512 words"]
        lines += [f"{story.day.day} {long(story.day).split()[0]} {story.day.year}"]
        lines += ["10:15"] if chance.random() < 0.3 else []
        lines += [story.outlet, "NORTHH"] + (["A1"] if chance.random() < 0.3 else []) + ["English"]
        lines += [f"Copyright 2024. {story.outlet}"] if chance.random() < 0.9 else []
        lines += story.body
        lines += [f"Document NORTHH00{story.day:%Y%m%d}ek150{number:04}"] if chance.random() < 0.97 else []
    return Sample([*lines, "Search Summary", "Text", "rents", "Date", "Last year"], starts, list(told))


def europresse(told: Sequence[Story], chance: random.Random) -> Sample:
    """Europresse with its certificates, title below the outlet or above it."""
    lines = ["Sommaire", "Documents sauvegardés", *(story.title for story in told)] if chance.random() < 0.3 else []
    title_first = chance.random() < 0.5
    starts = []
    for story in told:
        starts.append(len(lines))
        lines += [story.title] if title_first else []
        lines += [f"{story.outlet}, no. 5968" if title_first or chance.random() < 0.5 else story.outlet]
        lines += [f"Politique, mardi {short(story.day)}, p. 5"] + ([] if title_first else [story.title])
        lines += [story.author] if chance.random() < 0.6 else []
        lines += [*story.body, f"© {story.day.year} {story.outlet}. Tous droits réservés."]
        lines += [f"Numéro de document : news·{story.day:%Y%m%d}·LM·0q{len(lines)}"] if chance.random() < 0.9 else []
        lines += [f"news·{story.day:%Y%m%d}·LM·0q{len(lines)}"] if chance.random() < 0.9 else []
        lines += ["Ce certificat est émis à Northam à des fins de visualisation personnelle et temporaire."]
        lines += ["Date d'émission : 2024-07-04"]
    return Sample(lines, starts, list(told))


EXPORTS: dict[str, tuple[str, Maker]] = {
    "nexis": ("nexis", nexis),
    "lexis_advance": ("lexis_advance", lexis_advance),
    "factiva with codes": ("factiva", factiva_codes),
    "factiva": ("factiva", factiva),
    "europresse": ("europresse", europresse),
}
