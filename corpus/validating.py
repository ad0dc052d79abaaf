"""Validating: seeds as they would be built, or a published folder by itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from corpus.findings import Finding, in_order
from corpus.names import MANIFEST, MARK, NONE, PARTIAL
from corpus.tables.accounting import check_ledger
from corpus.tables.digesting import dataset_digest, table_digest
from corpus.tables.files import read_manifest, read_tables
from corpus.tables.relating import check_relations
from corpus.tables.validating import as_frame, validate_table, validation_is_off

# What follows for other tables where one could not be read.
_OF_SEVERAL_TABLES = ("reference-broken", "rule-broken", "span-outside", "span-text-differs", "ledger-gap")


def validate_tables(tables: Mapping[str, pa.Table], *, text: bool = True) -> list[Finding]:
    """Every breach of what `schemas` promises, of each table and of all together.

    `text`: whether the tables are those of a full dataset; of a text-free release, rules about texts are left out.
    """
    if off := validation_is_off():
        return [off]
    frames = {name: as_frame(table) for name, table in tables.items()}
    findings = [finding for name, frame in frames.items() for finding in validate_table(name, frame, text=text)]
    if any(finding.code == "column-mismatch" for finding in findings):
        return in_order(findings)  # tables of another shape cannot be related
    return in_order([*findings, *check_relations(frames), *check_ledger(frames)])


def validate_dataset(folder: Path) -> list[Finding]:
    """Every breach in a published folder, its digests included. It needs no seeds."""
    findings: list[Finding] = []
    tables = read_tables(folder, findings)
    whole = not findings
    extent = read_manifest(folder).get(MARK)
    found = validate_tables(tables, text=extent != NONE)
    if extent == PARTIAL:  # of seeds with an article that has no text there is no ledger
        kept = set(tables["ledger"]["seed_id"].to_pylist()) if "ledger" in tables else set()
        found = [finding for finding in found if finding.code != "ledger-gap" or finding.record in kept]
    findings += (finding for finding in found if whole or finding.code not in _OF_SEVERAL_TABLES)
    if not findings:
        findings += _digest_findings(folder, tables)
    return in_order(findings)


def _digest_findings(folder: Path, tables: Mapping[str, pa.Table]) -> list[Finding]:
    manifest = read_manifest(folder)
    expected = {name: str(entry.get("digest")) for name, entry in manifest["tables"].items()}
    found = {name: table_digest(name, table) for name, table in tables.items()}
    findings = [
        Finding(MANIFEST, None, "digest-differs", name, expected[name], digest)
        for name, digest in found.items()
        if digest != expected[name]
    ]
    if not findings and dataset_digest(found) != manifest.get("digest"):
        findings.append(
            Finding(MANIFEST, None, "digest-differs", "digest", str(manifest.get("digest")), dataset_digest(found))
        )
    return findings
