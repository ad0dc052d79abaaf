"""All checks of a published folder's descriptions. The official validators pass files that are broken; these do not."""

from __future__ import annotations

from pathlib import Path

from corpus.describing.agreeing import check_agreement
from corpus.describing.citation import check_citation
from corpus.describing.croissant import check_croissant
from corpus.describing.datapackage import check_datapackage
from corpus.describing.provenance import check_provenance
from corpus.describing.zenodo import check_zenodo
from corpus.findings import Finding, in_order


def check_descriptions(folder: Path, *, are_tables_whole: bool = True) -> list[Finding]:
    """What is wrong with the descriptions of a folder.

    `are_tables_whole`: false where a table has findings of its own, from which those on its description would only
    follow; then croissant.json and datapackage.json are not held against the tables.
    """
    findings = [*check_citation(folder), *check_zenodo(folder), *check_provenance(folder), *check_agreement(folder)]
    if are_tables_whole:
        findings += [*check_croissant(folder), *check_datapackage(folder)]
    return in_order(findings)
