"""UIMA CAS XMI, which INCEpTION, WebAnno and other tools of that family read and write.

Offsets are UTF-16 code units, as Java has them; a file repeats no words, so that only what lies outside of a text is
found. Every annotation with a beginning and an end is a mark, tokens among them; relations, slots and chains are links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from corpus.interchange.files import files_of, own_id, parsed_json
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Attributes, Link, Mark
from corpus.interchange.xmi import Cas, Structure, read_cas, read_types
from corpus.interchange.xmi_writing import OWN, PACKAGE, PLACE, REFERENCES, write
from corpus.text.spans import Span

_FIRST_VIEW = "_InitialView"
_WHOLE = ("DocumentAnnotation", "DocumentMetaData", "CorpusDocument")


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each view of each file that has a text."""
    for path in files_of(reading.place, (".xmi",), reading.faults):
        cas = read_cas(path, reading.faults)
        if cas is None:
            continue
        references = read_types(path.parent) | REFERENCES
        placed: dict[str, list[Structure]] = {}
        for one in cas.structures.values():
            if "begin" in one.features and "end" in one.features:
                placed.setdefault(one.features.get("sofa", ""), []).append(one)
        for number, (sofa, (name, text)) in enumerate(cas.texts.items()):
            document_id = own_id(path, reading.place)
            document_id = document_id if name == _FIRST_VIEW else f"{document_id}/{name}"
            if text is not None:
                view = _View(cas, placed.get(sofa, []), references, reading)
                yield view.document(document_id, text, is_first=number == 0)
            elif sofa in placed:
                reading.faults.add("annotation-text-missing", document_id, "a view with a text", "none in it")


class _View:
    """One view of a file: its marks, and the links between them."""

    def __init__(self, cas: Cas, own: Sequence[Structure], references: frozenset[str], reading: Reading) -> None:
        self._cas = cas
        self._references = references
        self._reading = reading
        self._facts = [one for one in own if one.label in _WHOLE]
        self._relations = [one for one in own if one.label not in _WHOLE and self._relation_ends(one)]
        others = {one.structure_id for one in (*self._facts, *self._relations)}
        self._marked = [one for one in own if one.structure_id not in others]
        self._names = {one.structure_id: _named(one) for one in self._marked}

    def document(self, document_id: str, text: str, *, is_first: bool) -> AnnotatedDocument:
        """The document. Its marks are placed first: what leads to one without a place is still no broken reference."""
        stated = [
            Stated(f"{document_id}: {one.label} {one.structure_id}", ((one.features["begin"], one.features["end"]),))
            for one in self._marked
        ]
        placed = place([text], stated, (self._reading.unit or "utf-16",), self._reading.faults)
        marks: dict[str, Mark] = {}
        for one, fragments in zip(self._marked, placed.places, strict=True):
            if fragments is not None:
                self._add(marks, one, fragments)
        links = [*self._relation_links(), *self._slots_and_references(), *(self._own_links() if is_first else ())]
        facts = tuple(pair for one in self._facts for pair in self._attributes(one))
        return AnnotatedDocument(document_id, text, tuple(marks.values()), tuple(links), facts)

    def _add(self, marks: dict[str, Mark], one: Structure, fragments: tuple[Span, ...]) -> None:
        name = self._names[one.structure_id]
        if name in marks:  # another fragment of a mark that this project wrote
            known = marks[name]
            fragments = tuple(sorted((*known.fragments, *fragments)))
            marks[name] = Mark(name, known.label, fragments, known.attributes, known.notes)
            return
        label = one.features.get("corpus_label", one.label)
        notes = tuple(str(note) for note in _list(one.features.get("corpus_notes")))
        marks[name] = Mark(name, label, fragments, self._attributes(one), notes)

    def _attributes(self, one: Structure) -> Attributes:
        """The features that are values; what this project could not write as features stands in one of them."""
        if "corpus_more" in one.features:
            return _pairs(_list(one.features["corpus_more"]))
        skipped = {*PLACE, *OWN}
        plain = [(n, v) for n, v in one.features.items() if n not in skipped and not self._is_reference(n, v)]
        listed = [(name, value) for name, values in one.lists.items() for value in values]
        return (*plain, *listed)

    def _is_reference(self, name: str, value: str) -> bool:
        return bool(self._targets(name, value)) or (name in self._references and not value)

    def _targets(self, name: str, value: str) -> list[Structure]:
        """The structures that a feature refers to; none where it is a value."""
        known = self._structures(value)
        if len(known) == 1 and known[0].type_name == "uima.cas.FSArray":
            known = self._structures(known[0].features.get("elements", ""))
        is_slot = all("target" in one.features and "begin" not in one.features for one in known)
        return known if is_slot or name in self._references else []

    def _structures(self, value: str) -> list[Structure]:
        """The structures whose ids a feature lists; none where a word of it is no such id."""
        found = [self._cas.structures.get(word) for word in value.split()]
        known = [one for one in found if one is not None]
        return known if len(known) == len(found) else []

    def _relation_ends(self, one: Structure) -> tuple[str, str] | None:
        for source, target in (("Governor", "Dependent"), ("source", "target")):
            ends = one.features.get(source, ""), one.features.get(target, "")
            if all(end in self._cas.structures for end in ends):
                return ends
        return None

    def _relation_links(self) -> Iterator[Link]:
        for one in self._relations:
            ends = self._relation_ends(one)
            assert ends is not None  # that is what makes it a relation
            if not all(end in self._names for end in ends):
                found = " to ".join(ends)
                self._reading.faults.add("annotation-reference-broken", one.structure_id, "ids of annotations", found)
                continue
            named = ((SOURCE, self._names[ends[0]]), (TARGET, self._names[ends[1]]))
            kept = ("Governor", "Dependent", "source", "target")
            attributes = tuple(pair for pair in self._attributes(one) if pair[0] not in kept)
            yield Link(one.structure_id, one.label, named, attributes)

    def _slots_and_references(self) -> Iterator[Link]:
        for one in self._marked:
            for name, value in one.features.items():
                for target in self._targets(name, value) if name not in PLACE else ():
                    link = self._link(one, name, target)
                    if link is not None:
                        yield link

    def _link(self, one: Structure, name: str, target: Structure) -> Link | None:
        """A link from a mark along one of its features: to another mark, or by way of a slot to one."""
        own, label = f"{one.structure_id}.{name}.{target.structure_id}", name
        end = target.structure_id
        if end not in self._names:
            own = target.features.get("corpus_id", own)
            end, label = target.features.get("target", ""), target.features.get("role", name)
        elif name == "next":
            label = one.features.get("referenceRelation", name)
        if end not in self._names:
            return None
        source = self._names[one.structure_id]
        return Link(own, label, ((SOURCE, source), (TARGET, self._names[end])))

    def _own_links(self) -> Iterator[Link]:
        """Links of a form that UIMA has not, as this project writes them."""
        for one in self._cas.structures.values():
            if one.type_name == f"{PACKAGE}CorpusLink":
                parts = _list(one.features.get("corpus_more"))
                if len(parts) == 5 and isinstance(parts[4], list):
                    notes = tuple(str(note) for note in parts[4])
                    yield Link(str(parts[0]), str(parts[1]), _pairs(parts[2]), _pairs(parts[3]), notes)


def _named(one: Structure) -> str:
    return one.features.get("corpus_part") or one.features.get("corpus_id") or one.structure_id


def _list(words: str | None) -> list[Any]:
    """The array that a feature holds as JSON; empty for anything else."""
    try:
        value = parsed_json(words or "[]")
    except ValueError:
        return []
    return value if isinstance(value, list) else []


def _pairs(values: Any) -> Attributes:
    found = values if isinstance(values, list) else []
    return tuple((str(one[0]), str(one[1])) for one in found if isinstance(one, list) and len(one) == 2)


FORMAT = Format(
    name="xmi",
    tool="INCEpTION and others, UIMA CAS XMI",
    offsets="UTF-16 code units",
    carries="marks of several fragments, attributes, notes, links, facts about a whole document",
    drops="documents with control characters, which XML has not",
    read=read,
    write=write,
)
