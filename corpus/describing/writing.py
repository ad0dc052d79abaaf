"""Writing the descriptions that name files by their digests, once those files are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.describing.croissant import render_croissant
from corpus.describing.datapackage import render_datapackage
from corpus.describing.provenance import render_provenance
from corpus.describing.published import published_tables
from corpus.names import CROISSANT, DATA_PACKAGE, PROVENANCE
from corpus.seeds.declarations import Dataset
from corpus.tables.files import write_json


def write_descriptions(
    folder: Path, dataset: Dataset, responsible_ai: Mapping[str, str], inputs: Mapping[str, str]
) -> None:
    """Write them into a folder that holds everything but them, the manifest and the checksums; provenance last.

    `responsible_ai`: from `responsible_ai.fill`; `inputs`: from `provenance.input_digests`.
    """
    tables = published_tables(folder)
    write_json(folder / CROISSANT, render_croissant(tables, dataset, responsible_ai))
    write_json(folder / DATA_PACKAGE, render_datapackage(folder, tables, dataset))
    write_json(folder / PROVENANCE, render_provenance(folder, inputs))
