"""The labels of database exports, in the languages that the databases speak, by what they introduce."""

from __future__ import annotations

import re

_LABELS: dict[str, str] = {
    "title": "headline|title|titre|titel|überschrift|título|titolo|schlagzeile",
    "byline": "byline|by-line|author|authors|auteur|auteurs|autor|autoren|verfasser|signature|von",
    "section": "section|rubrique|rubrik|ressort|sección|sezione|column|source",
    "length": "length|longueur|länge|laenge|longitud|lunghezza|lengte|wörter|words",
    "dateline": "dateline|date-line|lieu|origine|ort|ortszeile",
    "highlight": "highlight|highlights|encart|insert|zusammenfassung|lead|teaser|abstract|summary|résumé|series|série"
    "|serie"
    "|correction appended",
    "cast": "show|anchor|anchors|anchor(s)|guest|guests|reporter|reporters|host|hosts|correspondent|correspondents"
    "|producer|producers|contributors|moderator|panelists",
    "body": "body|corps|text|texte|volltext|full text|cuerpo|corpo",
    "language": "language|langue|sprache|idioma|lingua",
    "end": "load-date|date-chargement|update|update-date|publication-type|type-publication|publikationstyp|zeitungstyp"
    "|journal-code|zeitungs-code|code-journal|graphic|grafik|graphique|illustration|subject|sujet|thema|schlagwort"
    "|schlagwörter|organization|organisation|company|societe|société|firma|unternehmen|ticker|stock-symbol"
    "|symbole-boursier|industry|secteur-activite|activity-sector|branche|person|personne|city|ville|state|country|pays"
    "|land|geographic|geo-localization|localisation-geo|geographisch|url|type|document-type|acc-no|distribution"
    "|correction-date|correction|notes|note|update|classification|copyright|publisher|issn|isbn|classification"
    "|ladedatum|upload-datum|date de chargement|type de publication|document-no|enhancement|terms|fecha-carga"
    "|tipo-publicación|pub-type|cutline|photo|photos|caption|keywords|memo|category|index-terms|product|volume|issue",
}
_ROLES = {name: role for role, names in _LABELS.items() for name in names.split("|")}
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w -]{1,28}?) ?: ?", re.UNICODE)
COPYRIGHT = re.compile(
    r"(?:\(?(?:copyright|copr|copy)\b|\(c\)|©|all rights reserved|tous droits r[ée]serv[ée]s|alle rechte vorbehalten"
    r"|todos los derechos reservados|tutti i diritti riservati|toute reproduction)",
    re.IGNORECASE,
)
RUNNING = re.compile(
    r"(?:page|seite|página|pagina) \d{1,5}(?: ?(?:of|de|von|sur|di|/) ?\d{1,5})?\b.{0,200}"
    r"|.{0,60}\bfactiva, inc\..{0,80}|https?://\S{1,200}|\d{1,5} ?/ ?\d{1,5}",
    re.IGNORECASE,
)
LENGTH = re.compile(
    r"(?:(?:length|longueur|länge|laenge|longitud|lunghezza|lengte) ?: ?)?[\d.,  ’']{1,9} ?"
    r"(?:words?|mots?|wörter|worte|woerter|palabras|parole|woorden|palavras|слов)\b\.?",
    re.IGNORECASE,
)
EDITION = re.compile(
    r".{0,60}\b(?:edition|édition|ausgabe|edición|edizione|final|late city|metro|correction appended"
    r"|national|every zone|[apb][mc] cycle)\b.{0,60}",
    re.IGNORECASE,
)
_APPENDED = re.compile(r"(?:see )?(?:correction|clarification|editor['’]s note|note)s? appended", re.IGNORECASE)
_LONGEST_LABELLED = 30


def label_of(line: str) -> tuple[str, str, int] | None:
    """The label that opens a line: its role (`byline`, `end`, …), its words as written, and where its content starts.

    A label in small letters counts only at the sort of line that has one; running text that begins with a word
    and a colon is kept out by the list of labels.
    """
    match = _LABEL.match(line[: _LONGEST_LABELLED + 3])
    if match is None:
        return None
    words = match["label"]
    role = _ROLES.get(words.lower())
    return (role, words, match.end()) if role else None


def is_upper_label(line: str) -> bool:
    """Whether a line opens with any label in capitals, a known one or not: `CORRECTION-DATE: …`."""
    match = _LABEL.match(line[: _LONGEST_LABELLED + 3])
    return bool(match and match["label"].isupper() and len(match["label"]) > 2)


def is_copyright(line: str) -> bool:
    """A line that says whose the rights are."""
    return len(line) <= 400 and bool(COPYRIGHT.match(line))


def is_running(line: str) -> bool:
    """A line that a printed page repeats: `Page 2 of 3`."""
    return len(line) <= 260 and bool(RUNNING.fullmatch(line))


def is_length(line: str) -> bool:
    """`512 words`, with a label before it or not."""
    return len(line) <= 60 and bool(LENGTH.match(line))


def is_appended(line: str) -> bool:
    """`Correction Appended`: a mark below a title that is no part of it."""
    return len(line) <= 40 and bool(_APPENDED.fullmatch(line))


def is_edition(line: str) -> bool:
    """`Late Edition - Final`, `First Edition`."""
    return len(line) <= 100 and bool(EDITION.fullmatch(line))
