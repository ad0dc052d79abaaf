"""Inspecting: what should not enter a corpus unseen is told, and ordinary writing is left alone."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from corpus.inspecting import INSPECTIONS, MOST_PER_CODE, Suspicion, inspect
from corpus.inspecting.contacts import inspect_contacts
from corpus.inspecting.scripts import inspect_scripts
from corpus.tables.files import table_file

RENTS = (
    "Rents in the old harbour rose again last year, the council said on Monday. "
    "Most tenants pay a third of what they earn, and many have moved to the villages up the river."
)
NEWS = {
    "en": RENTS,
    "fr": "La récolte de blé a été bonne cette année, a dit la coopérative lundi. Les agriculteurs de la vallée "
    "espèrent que les prix resteront stables jusqu’au printemps, car le stockage leur coûte cher.",
    "de": "Die Mannschaft gewann das Spiel am Samstag mit drei zu eins, und die Zuschauer blieben noch lange im "
    "Stadion. Der Trainer sagte, dass die Spieler sich sehr verbessert haben.",
    "es": "La cosecha de aceituna fue buena este año, dijo la cooperativa el lunes. Los agricultores del valle "
    "esperan que los precios se mantengan estables hasta la primavera, porque almacenar cuesta mucho.",
    "ru": "Урожай яблок в этом году был хорошим, сообщил кооператив в понедельник. Фермеры надеются, что цены "
    "останутся прежними до весны, потому что хранить яблоки дорого.",
    "ar": "كان محصول الزيتون جيدا هذا العام، كما قالت الجمعية يوم الاثنين. ويأمل المزارعون في الوادي أن تبقى الأسعار "
    "مستقرة حتى الربيع لأن التخزين مكلف.",
    "he": "יבול הזיתים היה טוב השנה, מסר האיגוד ביום שני. החקלאים בעמק מקווים שהמחירים יישארו יציבים עד האביב, "
    "מפני שהאחסון יקר מאוד עבורם.",
    "fa": "برداشت سیب امسال خوب بود و کشاورزان می\u200cگویند قیمت\u200cها تا بهار ثابت می\u200cماند، زیرا نگهداری سیب "
    "در انبار برای آن\u200cها گران است و راه تا شهر دور است.",
    "hi": "इस साल सेब की फ़सल अच्छी रही, किसानों ने सोमवार को कहा। उन्हें उम्मीद है कि "
    "वसंत तक दाम स्थिर रहेंगे क्योंकि भंडारण महँगा है। क्\u200dया दाम बढ़ेंगे?",
}


def codes(text: str, language: str | None = "en") -> set[str]:
    """The codes of all suspicions about a text."""
    return {suspicion.code for suspicion in inspect(text, language)}


def only(text: str, language: str | None = "en") -> Suspicion:
    """The one suspicion about a text."""
    (suspicion,) = inspect(text, language)
    return suspicion


@pytest.mark.parametrize("language", NEWS)
def test_ordinary_news_gives_nothing(language: str) -> None:
    assert inspect(NEWS[language], language) == []


def test_articles_of_the_dataset_give_nothing(committed: Path) -> None:
    for row in pq.read_table(committed / table_file("articles")).to_pylist():
        assert inspect(row["text"], row["language"]) == []


@pytest.mark.parametrize(
    ("code", "text", "language", "bad"),
    [
        ("control-character", "The rent\x07 rose.", "en", "\x07"),
        ("control-character", "The rent\x83\x92 rose.", "en", "\x83\x92"),
        ("control-character", "The rent\ue000 rose.", "en", "\ue000"),
        ("control-character", "The rent\ufdd0 rose.", "en", "\ufdd0"),
        ("control-character", "The rent\ufffc rose.", "en", "\ufffc"),
        ("control-character", "The rent\ufff9 rose.", "en", "\ufff9"),
        ("control-character", "The rent\U000e0041\U000e0042 rose.", "en", "\U000e0041\U000e0042"),
        ("control-character", "Goal ⚽\ufe0f\ufe0e\ufe0f!", "en", "\ufe0f\ufe0e\ufe0f"),
        ("replacement-character", "The caf\ufffd closed.", "en", "\ufffd"),
        ("bidi-control", "The rent \u202erose\u202c.", "en", "\u202e"),
        ("bidi-control", "The rent \u2067rose\u2069.", "en", "\u2067"),
        ("bidi-control", "ارتفع \u202eالإيجار.", "ar", "\u202e"),
        ("bidi-mark", "The rent\u200f rose.", "en", "\u200f"),
        ("bidi-mark", "The rent \u202arose.", "en", "\u202a"),
        ("bidi-mark", "ارتفع \u2067الإيجار.", "ar", "\u2067"),
        ("zero-width-control", "The har\u200dvest began.", "en", "\u200d"),
        ("zero-width-control", "The har\u2060vest began.", "en", "\u2060"),
        ("zero-width-control", "The harvest\u200c\u200d\u200c began.", "en", "\u200c\u200d\u200c"),
        ("script-mixing", "The h\u0430rvest began.", "en", "h\u0430rvest"),
        ("script-mixing", "The \u039darvest began.", "en", "\u039darvest"),
        ("script-mixing", "Цена apтeka растёт: c\u0430ша.", "ru", None),
        ("text-mojibake", "The cafÃ© closed.", "en", "cafÃ©"),
        ("text-mojibake", "He said â€œthe rents roseâ€\x9d.", "en", None),
        ("contact-data", "Write to jane.doe@example.org today.", "en", "jane.doe@example.org"),
        ("contact-data", "He wrote: 'jane_doe@example.org'.", "en", "jane_doe@example.org"),
        ("contact-data", "Call +44 20 7946 0958 today.", "en", "+44 20 7946 0958"),
        ("contact-data", "Call (212-555-0199).", "en", "212-555-0199"),
        ("contact-data", "Téléphone : 01 99 00 12 34.", "fr", "01 99 00 12 34"),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(code: str, text: str, language: str, bad: str | None) -> None:
    found = [suspicion for suspicion in inspect(text, language) if suspicion.code == code]
    assert found
    if bad is not None:
        assert found[0].span is not None
        assert found[0].span.of(text) == bad


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The \u0394t was 3 \u03bcm; the COVID\u03b2 and \u03b2-carotene tests.", "en"),
        ("He bought an iPhone; SMS\u043aа пришла.", "ru"),
        (
            "Fans waved \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f "
            "and 👩🏽\u200d🌾 ❤️\u200d🔥 🏳️\u200d🌈.",
            "en",
        ),
        ("قال \u202aFC Example\u202c إن المباراة\u200f تأجلت \u2068اليوم\u2069.", "ar"),
        ("Some 27,600 of 1 200 000 flats, 12 345 678 in all; 3-1, 4-4-2; 2019-03-04 12:30; 03.04.2019.", "en"),
        ("ISBN 978-0-306-40615-7, ISBN 0-306-40615-2, (1990-1994), id 123-45-6789, 4111 1111 1111 1111.", "en"),
        ("Le budget est de 27 600 000 euros, le 01 02 2024, contre 12 500 000 en 2023.", "fr"),
        ("La cosecha fue de 912 345 678 kilos.", "es"),
        ("The player @striker and the price @ 5 each; a@b; see example.org/2012/555-010-0199.", "en"),
        ("FRANÇOIS À L’ÉCOLE : « été », 5 °C, 10 €, naïve, Ærø, São Paulo – Zürich™ ©", "fr"),
        ("", None),
    ],
)
def test_ordinary_writing_is_left_alone(text: str, language: str | None) -> None:
    assert inspect(text, language) == []


def test_mojibake_is_told_as_it_would_be() -> None:
    suspicion = only("The cafÃ© closed.")
    assert (suspicion.expected, suspicion.found) == ("café", "cafÃ©")


@pytest.mark.parametrize(("written", "declared"), [(a, b) for a in NEWS for b in NEWS if a != b])
def test_another_language_is_found(written: str, declared: str) -> None:
    suspicions = [s for s in inspect(NEWS[written], declared) if s.code == "language-differs"]
    assert [(s.expected, s.found.split(",")[0]) for s in suspicions] == [(declared, written)]


def test_line_in_another_language_is_found() -> None:
    text = "\n".join([RENTS] * 6 + [NEWS["es"] * 2] + [RENTS])
    suspicion = only(text, "en-GB")
    assert suspicion.span is not None
    assert suspicion.span.of(text) == NEWS["es"] * 2


@pytest.mark.parametrize(
    ("text", "language"), [("Ernte gut", "en"), (RENTS, None), (RENTS, "tlh"), ("1 2 3 " * 99, "fr")]
)
def test_language_is_not_judged_on_too_little(text: str, language: str | None) -> None:
    assert "language-differs" not in codes(text, language)


PAGE = {
    "en": "We use cookies to improve your visit\nAccept all\nManage preferences\nHome\nNews\nSport\nWeather\n"
    "Most read\nSign up for our newsletter and never miss a harvest.\nShare on this page\nRelated articles\n"
    "Terms of use\nPrivacy policy\nAll rights reserved\nContact us",
    "fr": "Nous utilisons des cookies pour améliorer votre visite\nTout accepter\nAccueil\nSport\nMétéo\nLes plus lus\n"
    "Inscrivez-vous à notre infolettre pour tout savoir sur la récolte.\nPartager sur\nLire aussi\nMentions légales\n"
    "Politique de confidentialité\nTous droits réservés\nNous contacter",
    "de": "Wir verwenden Cookies, damit Ihr Besuch besser wird\nAlle akzeptieren\nStartseite\nSport\nWetter\n"
    "Meistgelesen\nMelden Sie sich für unseren Newsletter an und verpassen Sie keine Ernte.\nTeilen auf\n"
    "Lesen Sie auch\nImpressum\nDatenschutz\nAlle Rechte vorbehalten\nÜber uns\nHier klicken\nLink kopieren\nNach oben",
    "es": "Utilizamos cookies para mejorar su visita\nAceptar todo\nInicio\nDeportes\nTiempo\nLo más leído\n"
    "Suscríbase a nuestro boletín y no se pierda ninguna cosecha.\nCompartir en\nLea también\nAviso legal\n"
    "Política de privacidad\nTodos los derechos reservados\nContacto\nVolver arriba\nCopiar enlace",
}


@pytest.mark.parametrize("language", PAGE)
def test_page_without_an_article_is_boilerplate(language: str) -> None:
    assert only(PAGE[language], language).code == "text-boilerplate"


@pytest.mark.parametrize("language", PAGE)
def test_article_with_a_little_furniture_is_none(language: str) -> None:
    assert "text-boilerplate" not in codes("\n".join([NEWS[language]] * 6 + [PAGE[language]]), language)


def test_list_of_links_in_one_line_is_boilerplate() -> None:
    links = "Home News Sport Weather Business Culture Travel Puzzles Podcasts Video Archive Jobs Motoring Property "
    assert "text-boilerplate" in codes(links * 4)


@pytest.mark.parametrize(
    ("written", "kind", "hidden"),
    [
        ("press@example.org", "office address", "ress@example"),
        ("press.london@example.co.uk", "office address", "ress.london@example"),
        ("j.doe@example.org", "address", "doe"),
        ("+44 20 7946 0958", "telephone number", "7946"),
    ],
)
def test_contact_is_told_by_kind_and_masked(written: str, kind: str, hidden: str) -> None:
    (suspicion,) = inspect_contacts(f"Reach us: {written}.", "en")
    assert suspicion.found.startswith(kind + " ")
    assert hidden not in suspicion.found


def test_many_of_a_kind_are_counted() -> None:
    suspicions = inspect("The rent\x07 rose. " * 50, "en")
    assert len(suspicions) == MOST_PER_CODE + 1
    assert suspicions[-1].span is None
    assert "45 more" in suspicions[-1].found


PIECES = [
    "rent ",
    "\n",
    "\u202e",
    "\u200f",
    "\u200d",
    "\x07",
    "\ufffd",
    "Ã©",
    "h\u0430t ",
    "a@b.org ",
    "+44 20 7946 0958 ",
    "👩",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60), st.sampled_from(["en", "ar", "ru", "xx", None])
)
def test_any_text_is_inspected_and_spans_lie_in_it(pieces: list[str], language: str | None) -> None:
    text = "".join(pieces)
    suspicions = inspect(text, language)
    assert suspicions == inspect(text, language)
    assert max(Counter(s.code for s in suspicions).values(), default=0) <= MOST_PER_CODE + 1
    for suspicion in suspicions:
        assert suspicion.span is None or 0 <= suspicion.span.start < suspicion.span.end <= len(text)
    for code in {s.code for s in suspicions} - {"contact-data"}:
        spans = [s.span for s in suspicions if s.code == code and s.span]
        assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "a@",
        "a@b.",
        "x" * 1_000,
        "a\u0430",
        "+",
        "1",
        "1 ",
        "(020) ",
        "\u202e",
        "\u200d",
        "Ã©",
        "\ufffda",
        "\U0001f3f4",
    ],
)
def test_hostile_texts_end(piece: str) -> None:
    """Each ends at once; a pattern that looks again and again would take minutes."""
    text = piece * (300_000 // len(piece))
    for inspection in INSPECTIONS:
        assert sum(1 for _ in inspection(text, "en")) <= len(text)


def test_libraries_are_loaded_when_they_are_needed() -> None:
    code = """
import sys, corpus.inspecting
print({"ftfy", "regex", "py3langid", "phonenumbers", "datasketch", "xxhash", "numpy"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


_IN_QUESTION = regex.compile(r"[[\p{Greek}\p{Cyrillic}]&&\p{L}]", regex.V1)


def test_no_script_letter_is_overlooked() -> None:
    """Whatever the tables of Unicode call Greek or Cyrillic is found between Latin letters, in any block."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if _IN_QUESTION.fullmatch(chr(code))]
    assert len(letters) > 700
    for letter in letters:
        found = [suspicion.code for suspicion in inspect_scripts(f"The ha{letter}vest began.", "en")]
        assert found == ["script-mixing"], f"U+{ord(letter):04X}"
