"""`croissant.json`: Croissant 1.1, with the Responsible AI vocabulary filled from the datasheet.

Two places follow what the reference library `mlcroissant` 1.1 reads where the text of the specification says
otherwise: the context has `https://schema.org/` (with `http:` the library finds no dataset), and a reference names
the file and column that it leads to. As the text has it (`"references": {"@id": field}`) the library ends with an
error, and as its own examples have it (`{"field": …}`) it fails at the second reference in a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.describing.published import PublishedColumn, PublishedTable, published_tables
from corpus.describing.reading import read_json
from corpus.describing.responsible_ai import PROPERTIES
from corpus.describing.shapes import DAY, TEXT, VERSION, Each, Kind, findings_of
from corpus.describing.wording import CARD, LICENCE_PAGE, bibtex, data_licences, full_description
from corpus.findings import Finding
from corpus.names import CROISSANT
from corpus.seeds.declarations import Dataset, Licence

CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
_TERMS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileObject "
    "fileProperty fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path readLines "
    "recordSet references regex repeated replace samplingRate sdVersion separator source subField transform "
    "unArchive value"
).split()
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_TYPES = {
    pa.string(): "sc:Text",
    pa.int64(): "sc:Integer",
    pa.float64(): "sc:Float",
    pa.bool_(): "sc:Boolean",
    pa.date32(): "sc:Date",
}
_CREATOR = {"@type": "sc:Organization", "name": TEXT}
_LICENCE = {
    "@type": "sc:CreativeWork",
    "name": TEXT,
    "identifier": TEXT.optional,
    "description": TEXT,
    "url": Kind("an address, or a file of the dataset", TEXT.fits),
}
# What a description says that only the seeds know; each of a kind.
_FREE: dict[str, Any] = {
    "name": TEXT,
    "description": TEXT,
    "version": VERSION,
    "datePublished": DAY,
    "url": TEXT,
    "license": Each(_LICENCE),
    "creator": Each(_CREATOR),
    "inLanguage": Each(TEXT),
    "keywords": Each(TEXT, needed=False),
    "citeAs": TEXT,
    **dict.fromkeys(PROPERTIES, TEXT.optional),
}


def render_croissant(
    tables: Sequence[PublishedTable], dataset: Dataset, responsible_ai: Mapping[str, str]
) -> dict[str, Any]:
    """The description of tables that are written; `responsible_ai` from `responsible_ai.fill`."""
    return {
        **_head(),
        "name": dataset.title,
        "description": "\n\n".join(full_description(dataset)),
        "version": dataset.version,
        "datePublished": dataset.released.isoformat(),
        "url": dataset.address or CARD,
        "license": [_licence(licence) for licence in data_licences(dataset)],
        "creator": [{**_CREATOR, "name": name} for name in dataset.creators],
        "inLanguage": list(dataset.languages),
        **({"keywords": list(dataset.keywords)} if dataset.keywords else {}),
        "citeAs": bibtex(dataset),
        **responsible_ai,
        **_structure(tables),
    }


def check_croissant(folder: Path) -> list[Finding]:
    """What is wrong with the description of a published folder whose tables can be read.

    Of this, `mlcroissant validate` 1.1 passes a wrong digest, a missing file, a column that is not there or of another
    type, another key or none, and most misspelt or missing properties.
    """
    findings: list[Finding] = []
    found = read_json(folder, CROISSANT, findings)
    if found is None:
        return findings
    return findings_of(CROISSANT, {**_head(), **_FREE, **_structure(published_tables(folder))}, found, of_tables=True)


def _head() -> dict[str, Any]:
    return {"@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": CONFORMS_TO}


def _licence(licence: Licence) -> dict[str, Any]:
    identifier = {"identifier": licence.identifier} if licence.identifier else {}
    about = {"description": f"Applies to: {licence.applies_to}.", "url": licence.address or LICENCE_PAGE}
    return {"@type": "sc:CreativeWork", "name": licence.name, **identifier, **about}


def _structure(tables: Sequence[PublishedTable]) -> dict[str, Any]:
    by_name = {table.name: table for table in tables}
    return {
        "distribution": [resource for table in tables for resource in _resources(table)],
        "recordSet": [_record_set(table, by_name) for table in tables],
    }


def _resources(table: PublishedTable) -> list[dict[str, Any]]:
    """Each file with its digest; a set of them where a table has several."""
    files: list[dict[str, Any]] = [
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path,
            "contentUrl": file.path,
            "contentSize": f"{file.size} B",
            "encodingFormat": "application/x-parquet",
            "sha256": file.sha256,
        }
        for file in table.files
    ]
    if len(files) == 1:
        return files
    together = {
        "@type": "cr:FileSet",
        "@id": _set_id(table),
        "name": _set_id(table),
        "description": f"The files of the table {table.name}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"data/{table.name}/*.parquet",
    }
    return [*files, together]


def _set_id(table: PublishedTable) -> str:
    return f"{table.name}-files"


def _record_set(table: PublishedTable, tables: Mapping[str, PublishedTable]) -> dict[str, Any]:
    key = {"key": {"@id": f"{table.name}/{table.key}"}} if table.key else {}
    fields = [_field(table, column, tables) for column in table.columns]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.row,
        **key,
        "field": fields,
    }


def _field(table: PublishedTable, column: PublishedColumn, tables: Mapping[str, PublishedTable]) -> dict[str, Any]:
    array = {"isArray": True, "arrayShape": "-1"} if column.is_list else {}
    references = {}
    if column.references:
        other, name = column.references
        references = {"references": _column_of(tables[other], name)}
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES.get(column.item_type, "none for " + str(column.item_type)),
        **array,
        "source": _column_of(table, column.name),
        **references,
    }


def _column_of(table: PublishedTable, column: str) -> dict[str, Any]:
    """A column of a table's files, as a source or as what a reference leads to."""
    if len(table.files) == 1:
        return {"fileObject": {"@id": table.files[0].path}, "extract": {"column": column}}
    return {"fileSet": {"@id": _set_id(table)}, "extract": {"column": column}}
