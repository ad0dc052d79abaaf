"""Which field of a record holds what, proposed from the names of the fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.forms.documents import FACTS, Fault, Fields, short

Values = Mapping[str, object]

# Best first. Compared in lower case with everything but letters and digits left out, so "Full Text" is "fulltext".
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        "text fulltext articletext articlebody bodytext maintext cleantext cleanedtext plaintext texttext textcontent "
        "body articlecontent fullcontent contenttext content contents story storytext documenttext newstext rawtext "
        "texte textecomplet texteintegral corps corpsdutexte corpsdelarticle contenu volltext artikeltext inhalt "
        "nachrichtentext texto textocompleto cuerpo cuerpodelanoticia contenido article artikel articulo".split()
    ),
    "id": tuple(
        "id articleid docid documentid newsid storyid recordid textid uuid guid accessionnumber accessionno an "
        "identifier identifiant kennung identificador".split()
    ),
    "title": tuple(
        "title articletitle headline mainheadline pagetitle hl heading head ogtitle dctitle titre titrearticle titel "
        "überschrift ueberschrift schlagzeile titulo título titular encabezado".split()
    ),
    "authors": tuple(
        "authors author byline articleauthor articleauthors authorname authornames writer writers journalist creator "
        "dccreator auteur auteurs signature autor autoren verfasser autores autora periodista".split()
    ),
    "outlet": tuple(
        "outlet sourcename outletname publication publicationname newspaper newspapername source sourcedomain "
        "publisher publishername medianame media journal journalname newssite sitename site ogsitename website domain "
        "hostname feed médium medium zeitung quelle publikation herausgeber source_name titredejournal éditeur editeur "
        "periódico periodico diario medio fuente editorial".split()
    ),
    "published": tuple(
        "published publisheddate publisheddatetime publishdate publishedat publishedon publishedtime publicationdate "
        "publicationdatetime datepublished datepublish pubdate articledate newsdate storydate date datetime pd "
        "dcdate timestamp createdat created datedepublication datepublication datedeparution dateparution "
        "veröffentlicht veroeffentlicht veröffentlichungsdatum erscheinungsdatum datum publiziert fechadepublicacion "
        "fechadepublicación fechapublicacion fechapublicación fecha publicado".split()
    ),
    "language": tuple("language lang languagecode langcode locale dclanguage langue sprache idioma lengua".split()),
    "locator": tuple(
        "url articleurl sourceurl canonicalurl link articlelink permalink weburl uri href locator doi lien adresse "
        "webadresse enlace".split()
    ),
}
_FOLDED = {kind: tuple(re.sub(r"[\W_]+", "", name) for name in names) for kind, names in NAMES.items()}
_NOT_WORD = re.compile(r"[\W_]+")
# Shorter values are labels and names. A guess must rest on values that can only be texts.
_LIKELY_TEXT = 200
_MOST_NAMES = 1_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """Fields as they will be used, and what is to be said about them. `fields.text` is None where none was found."""

    fields: Fields
    faults: tuple[Fault, ...]


def proposed(given: Fields, records: Sequence[Values]) -> Proposal:
    """Complete `given` from the names of the fields of `records`, the first ones of a file.

    A field that is given is used as it is; the others are proposed by name. Only where no name tells the text, the
    field of the longest strings is taken, with a note. Where two names could each be the text's, a note says so.
    """
    names = _names(records)
    taken = set(given.named().values())
    found = {kind: [name for name in _matching(kind, names) if name not in taken] for kind in NAMES}
    missing = {kind: paths[0] for kind, paths in found.items() if paths and getattr(given, kind) is None}
    faults = list(_absent(given, records, names))
    if given.text is None and "text" not in missing:
        guessed = _longest(records, names, taken | set(missing.values()))
        if guessed is None:
            faults.append(_nothing(names))
        else:
            missing["text"] = guessed
            faults.append(_note("a field whose name says that it holds the text", f"the longest values: {guessed}"))
    elif given.text is None and len(found["text"]) > 1:
        faults.append(_note("one field that may hold the text", ", ".join(found["text"][:5])))
    return Proposal(replace(given, **missing), tuple(faults))


def value_at(record: Values, path: str) -> object:
    """The value at a dotted `path`; a name with dots goes before a path. Raises `KeyError` where there is none."""
    if path in record:
        return record[path]
    value: object = record
    for part in path.split("."):
        if not isinstance(value, Mapping):
            raise KeyError(path)
        value = value[part]
    return value


def _names(records: Sequence[Values]) -> list[str]:
    """Names of the records' fields, those of objects inside them (one step down, as paths) last."""
    outer = dict.fromkeys(name for record in records for name in record)
    inner = dict.fromkeys(
        f"{name}.{below}"
        for record in records
        for name, value in record.items()
        if isinstance(value, Mapping)
        for below in value
    )
    return [name for name in (*outer, *inner) if name][:_MOST_NAMES]


def _matching(kind: str, names: Iterable[str]) -> list[str]:
    ranks = {name: rank for rank, name in enumerate(reversed(_FOLDED[kind]))}
    outer: list[tuple[int, str]] = []
    inner: list[tuple[int, str]] = []
    for name in names:
        whole = ranks.get(_NOT_WORD.sub("", name.casefold()))
        last = ranks.get(_NOT_WORD.sub("", name.rpartition(".")[2].casefold()))
        if whole is not None:
            outer.append((-whole, name))
        elif last is not None and "." in name and kind != "id":  # an object's id is not the record's
            inner.append((-last, name))
    by_rank = [name for _, name in sorted(outer, key=lambda pair: pair[0])]
    return by_rank or [name for _, name in sorted(inner, key=lambda pair: pair[0])]


def _longest(records: Sequence[Values], names: Iterable[str], taken: set[str]) -> str | None:
    lengths: Counter[str] = Counter()
    for name in names:
        if name not in taken:
            lengths[name] = sum(_length(record, name) for record in records)
    best = lengths.most_common(1)
    return best[0][0] if best and best[0][1] >= _LIKELY_TEXT * len(records) else None


def _length(record: Values, name: str) -> int:
    try:
        value = value_at(record, name)
    except KeyError:
        return 0
    return len(value) if isinstance(value, str) else 0


def _absent(given: Fields, records: Sequence[Values], names: Sequence[str]) -> Iterable[Fault]:
    for kind, path in given.named().items():
        if not any(_holds(record, path) for record in records):
            code = "fact-field-missing" if kind in FACTS else "text-field-missing"
            yield Fault(code, None, f"a field {short(path)}", f"fields: {short(', '.join(names))}")


def _holds(record: Values, path: str) -> bool:
    try:
        value_at(record, path)
    except KeyError:
        return False
    return True


def _nothing(names: Sequence[str]) -> Fault:
    return Fault("text-field-missing", None, "a field that holds the text", f"fields: {short(', '.join(names))}")


def _note(expected: str, found: str) -> Fault:
    return Fault("text-field-guessed", None, expected, short(found))
