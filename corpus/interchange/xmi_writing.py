"""Writing UIMA CAS XMI with a description of its types, as INCEpTION names them: a layer for each label.

A link from one mark to another is a slot of the first. What UIMA has no place for (an attribute whose name is no
feature's, fragments, links of other forms) stands in features that begin with `corpus_`, so that it comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from lxml import etree

from corpus.interchange.faults import Losses
from corpus.interchange.files import file_name
from corpus.interchange.offsets import Offsets
from corpus.interchange.values import AnnotatedDocument, Link, Mark
from corpus.interchange.xmi import XMI

PLACE = ("begin", "end", "sofa")
OWN = ("corpus_id", "corpus_label", "corpus_more", "corpus_notes", "corpus_part")
REFERENCES = frozenset(("Governor", "Dependent", "source", "target", "next", "first", "parent", "links"))
PACKAGE = "webanno.custom."
_TYPE = re.compile(r"(?!Corpus)[A-Z][A-Za-z0-9_]{0,99}(?<!LinksLink)", re.ASCII)
_FEATURE = re.compile(r"(?!corpus_)[a-z][A-Za-z0-9_]{0,99}", re.ASCII)
_TAKEN = frozenset((*PLACE, *REFERENCES, "id", "type", "role"))
_CUSTOM, _CAS = "http:///webanno/custom.ecore", "http:///uima/cas.ecore"
_DESCRIBED = "http://uima.apache.org/resourceSpecifier"
_STRING, _ANNOTATION, _TOP = "uima.cas.String", "uima.tcas.Annotation", "uima.cas.TOP"

Types = dict[str, dict[str, str]]
"""The features of each type, with what they range over; `""` is the type above."""


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """A file for each document, and `TypeSystem.xml`, which tools need to read them."""
    types: Types = {}
    for document in documents:
        try:
            content = _Writer(document, types).content()
        except ValueError:  # of lxml, for characters that no XML may have
            losses.add("documents with characters that XML has not")
            continue
        with (folder / f"{file_name(document.document_id)}.xmi").open("xb") as file:
            file.write(content)
    with (folder / "TypeSystem.xml").open("xb") as file:
        file.write(_description(types))


class _Writer:
    """The elements of one document."""

    def __init__(self, document: AnnotatedDocument, types: Types) -> None:
        self._document = document
        self._types = types
        self._offsets = Offsets(document.text, "utf-16")
        self._ids = count(2)
        self._root = etree.Element(
            f"{{{XMI}}}XMI", {f"{{{XMI}}}version": "2.0"}, nsmap={"xmi": XMI, "cas": _CAS, "custom": _CUSTOM}
        )
        self._element(f"{{{_CAS}}}NULL", {}, "0")
        self._members: list[str] = []

    def content(self) -> bytes:
        """The file. Raises `ValueError` where the text or a value has a character that XML has not."""
        document = self._document
        slots: dict[str, list[str]] = {}
        elements = {mark.mark_id: str(next(self._ids)) for mark in document.marks}
        labels = {mark.mark_id: _type_of(mark.label) for mark in document.marks}
        for link in document.links:
            ends = [target for _, target in link.ends]
            if link.is_plain and all(end in elements for end in ends):
                slot = self._slot(f"{labels[ends[0]]}LinksLink", link, elements[ends[1]])
                slots.setdefault(ends[0], []).append(slot)
            else:
                parts = [link.link_id, link.label, link.ends, link.attributes, link.notes]
                self._own("CorpusLink", _TOP, {"corpus_more": _json(parts)})
        for mark in document.marks:
            self._mark(mark, elements[mark.mark_id], slots.get(mark.mark_id, []))
        if document.attributes:
            end = str(self._offsets.from_code_points(self._offsets.length))
            features = {"sofa": "1", "begin": "0", "end": end, "corpus_more": _json(document.attributes)}
            self._own("CorpusDocument", _ANNOTATION, features)
        sofa = {"sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": document.text}
        self._element(f"{{{_CAS}}}Sofa", sofa, "1")
        view = etree.SubElement(self._root, f"{{{_CAS}}}View")
        view.attrib.update({"sofa": "1", "members": " ".join(self._members)})
        return bytes(etree.tostring(self._root, xml_declaration=True, encoding="UTF-8"))

    def _element(self, tag: str, features: dict[str, str], own: str) -> None:
        element = etree.SubElement(self._root, tag)
        element.set(f"{{{XMI}}}id", own)
        for name, value in features.items():
            element.set(name, value)

    def _own(self, name: str, above: str, features: dict[str, str], own: str | None = None) -> str:
        """A structure of a type of this project's, which is declared on the way."""
        own = own or str(next(self._ids))
        declared = self._types.setdefault(name, {"": above})
        for feature in features:
            if feature not in PLACE:
                declared.setdefault(feature, _STRING)
        self._element(f"{{{_CUSTOM}}}{name}", features, own)
        self._members.append(own)
        return own

    def _slot(self, name: str, link: Link, target: str) -> str:
        self._types.setdefault(name, {"": _TOP, "role": _STRING, "target": _ANNOTATION, "corpus_id": _STRING})
        return self._own(name, _TOP, {"role": link.label, "target": target, "corpus_id": link.link_id})

    def _mark(self, mark: Mark, own: str, slots: list[str]) -> None:
        """An annotation for each fragment; the first one says all that is said of the mark."""
        name = _type_of(mark.label)
        said = {"corpus_id": mark.mark_id}
        names = [attribute for attribute, _ in mark.attributes]
        if len(set(names)) == len(names) and all(_FEATURE.fullmatch(n) and n not in _TAKEN for n in names):
            said |= dict(mark.attributes)
        else:
            said["corpus_more"] = _json(mark.attributes)
        said |= {"corpus_label": mark.label} if name == "CorpusMark" else {}
        said |= {"corpus_notes": _json(mark.notes)} if mark.notes else {}
        if slots:
            self._types.setdefault(name, {"": _ANNOTATION})["links"] = f"{PACKAGE}{name}LinksLink"
            said["links"] = " ".join(slots)
        for number, span in enumerate(mark.fragments):
            edges = [str(self._offsets.from_code_points(at)) for at in (span.start, span.end)]
            place = {"sofa": "1", "begin": edges[0], "end": edges[1]}
            features = said if number == 0 else {"corpus_part": mark.mark_id}
            self._own(name, _ANNOTATION, place | features, own if number == 0 else None)


def _type_of(label: str) -> str:
    return label if _TYPE.fullmatch(label) else "CorpusMark"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _description(types: Types) -> bytes:
    """The description of the types, as UIMA reads it."""
    root = etree.Element(f"{{{_DESCRIBED}}}typeSystemDescription", nsmap={None: _DESCRIBED})
    listed = _below(root, "types")
    for name, features in types.items():
        one = _below(listed, "typeDescription")
        _below(one, "name", f"{PACKAGE}{name}")
        _below(one, "supertypeName", features[""])
        described = _below(one, "features")
        for feature, ranged in features.items():
            if feature:
                _feature(described, feature, ranged)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _feature(described: etree._Element, feature: str, ranged: str) -> None:
    one = _below(described, "featureDescription")
    _below(one, "name", feature)
    is_list = feature == "links"
    _below(one, "rangeTypeName", "uima.cas.FSArray" if is_list else ranged)
    if is_list:
        _below(one, "elementType", ranged)


def _below(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_DESCRIBED}}}{name}")
    element.text = words
    return element
