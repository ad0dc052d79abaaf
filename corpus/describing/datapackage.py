"""`datapackage.json`: Data Package v2 with the schema, primary key and foreign keys of each table.

`bytes` is left out: `frictionless` 5 calls a correct package with it invalid. The hash of a resource of several files
is that of their bytes one after the other, as the specification joins files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.describing.published import PublishedColumn, PublishedTable, published_tables
from corpus.describing.reading import read_json
from corpus.describing.shapes import ADDRESS, TEXT, VERSION, Each, findings_of
from corpus.describing.wording import LICENCE_PAGE, data_licences, full_description
from corpus.findings import Finding
from corpus.names import DATA_PACKAGE
from corpus.seeds.declarations import Dataset, Licence

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}
_CHUNK = 2**20
_FREE: dict[str, Any] = {
    "name": TEXT,
    "title": TEXT,
    "description": TEXT,
    "version": VERSION,
    "homepage": ADDRESS.optional,
    "licenses": Each({"name": TEXT.optional, "path": TEXT, "title": TEXT}),
    "contributors": Each({"title": TEXT, "roles": ["creator"]}),
    "keywords": Each(TEXT, needed=False),
}


def render_datapackage(folder: Path, tables: Sequence[PublishedTable], dataset: Dataset) -> dict[str, Any]:
    """The description of a folder whose tables are written."""
    homepage = {"homepage": dataset.address} if dataset.address else {}
    return {
        "$schema": _PROFILE,
        "name": dataset.name,
        "title": dataset.title,
        "description": "\n\n".join(full_description(dataset)),
        "version": dataset.version,
        **homepage,
        "licenses": [_licence(licence) for licence in data_licences(dataset)],
        "contributors": [{"title": name, "roles": ["creator"]} for name in dataset.creators],
        **({"keywords": list(dataset.keywords)} if dataset.keywords else {}),
        "resources": _resources(folder, tables),
    }


def check_datapackage(folder: Path) -> list[Finding]:
    """What is wrong with the description of a published folder whose tables can be read.

    Of this, `frictionless validate` 5 passes a wrong hash, misspelt properties and missing keys.
    """
    findings: list[Finding] = []
    found = read_json(folder, DATA_PACKAGE, findings)
    if found is None:
        return findings
    return findings_of(
        DATA_PACKAGE,
        {"$schema": _PROFILE, **_FREE, "resources": _resources(folder, published_tables(folder))},
        found,
        of_tables=True,
    )


def _licence(licence: Licence) -> dict[str, Any]:
    """`name` is an identifier; without one `path` leads to the licence page."""
    name = {"name": licence.identifier} if licence.identifier else {}
    return {**name, "path": licence.address or LICENCE_PAGE, "title": f"{licence.name} ({licence.applies_to})"}


def _resources(folder: Path, tables: Sequence[PublishedTable]) -> list[dict[str, Any]]:
    return [_resource(folder, table) for table in tables]


def _resource(folder: Path, table: PublishedTable) -> dict[str, Any]:
    paths = [file.path for file in table.files]
    return {
        "name": table.name,
        "type": "table",
        "title": table.name,
        "description": table.row,
        "path": paths[0] if len(paths) == 1 else paths,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{table.files[0].sha256 if len(paths) == 1 else _joined_sha256(folder, paths)}",
        "schema": _schema(table),
    }


def _joined_sha256(folder: Path, paths: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with (folder / path).open("rb") as file:
            while piece := file.read(_CHUNK):
                digest.update(piece)
    return digest.hexdigest()


def _schema(table: PublishedTable) -> dict[str, Any]:
    """The table's schema. An empty text is a value here, so that no text stands for a missing one."""
    references = [(column.name, *column.references) for column in table.columns if column.references]
    key = {"primaryKey": [table.key]} if table.key else {}
    foreign = [
        {"fields": [name], "reference": {"resource": other, "fields": [column]}} for name, other, column in references
    ]
    return {
        "$schema": _TABLE_PROFILE,
        "fields": [_field(column) for column in table.columns],
        "fieldsMatch": "exact",  # the specification's text: a string; its profile once had a list, frictionless has not
        "missingValues": [],
        **key,
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: PublishedColumn) -> dict[str, Any]:
    declared = column.declared
    constraints: dict[str, Any] = {}
    if declared and not declared.nullable:
        constraints["required"] = True
    if declared and declared.key:
        constraints["unique"] = True
    if declared and declared.allowed:
        constraints["enum"] = list(declared.allowed)
    return {
        "name": column.name,
        "type": "array" if column.is_list else _TYPES.get(column.type, "any"),
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }
