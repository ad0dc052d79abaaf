"""Validating: seeds as they would be built, or a published folder by itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from corpus.findings import Finding, in_order
from corpus.names import MANIFEST, MARK, NONE, PARTIAL
from corpus.tables.accounting import TEXT, check_ledger
from corpus.tables.digesting import TableDigest, dataset_digest
from corpus.tables.files import count_shards, listed_files, read_manifest, read_shard
from corpus.tables.relating import check_relations
from corpus.tables.shapes import arrow_schema
from corpus.tables.uniqueness import repeated_keys
from corpus.tables.validating import as_frame, validate_table, validation_is_off
from schemas import KNOWN_TABLES
from schemas.release import TEXT_FREE_TABLES

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


def validate_shard(
    tables: Mapping[str, pa.Table], registers: Mapping[str, pa.Table], *, text: bool = True
) -> list[Finding]:
    """Every breach of what `schemas` promises in the rows of one shard of bulk seeds.

    `registers`: the tables that they refer to, which hold themselves; of `seeds` the row of the shard's file alone.
    `text`: as in `validate_tables`.
    """
    if off := validation_is_off():
        return [off]
    frames = {name: as_frame(table) for name, table in tables.items()}
    findings = [finding for name, frame in frames.items() for finding in validate_table(name, frame, text=text)]
    frames |= {name: as_frame(table) for name, table in registers.items() if name not in tables}
    return in_order([*findings, *check_relations(frames), *check_ledger(frames)])


def validate_dataset(folder: Path) -> list[Finding]:
    """Every breach in a published folder, digests and descriptions included, shard by shard. It needs no seeds."""
    from corpus.describing.checking import check_descriptions  # much to import, which no worker needs

    findings: list[Finding] = []
    listed, extent = listed_files(folder), read_manifest(folder).get(MARK)
    known = [name for name in listed if name in KNOWN_TABLES or name in TEXT_FREE_TABLES]
    digests = {name: TableDigest(name, arrow_schema(name, text=extent != NONE)) for name in known}
    registers: dict[str, pa.Table] = {}
    for index in range(count_shards(folder)):
        before = len(findings)
        tables = read_shard(folder, index, findings)
        is_whole = len(findings) == before
        if index == 0:
            registers = registers_of(tables)
        breaches = _breaches(tables, registers if index else None, extent)
        findings += (f for f in breaches if is_whole or f.code not in _OF_SEVERAL_TABLES)
        for name in tables if not findings else ():
            digests[name].update(tables[name])
    if not findings:
        findings += repeated_keys({name: [folder / file for file in files] for name, files in listed.items()})
        findings += _digest_findings(folder, {name: digest.hexdigest() for name, digest in digests.items()})
    described = check_descriptions(folder, are_tables_whole=not findings) if extent is None else ()
    return in_order([*findings, *described])


def _breaches(
    tables: Mapping[str, pa.Table], registers: Mapping[str, pa.Table] | None, extent: object
) -> list[Finding]:
    """The breaches in a shard. `registers`: None for the first, which holds them; `extent`: the manifest's mark."""
    text = extent != NONE
    found = validate_shard(tables, registers, text=text) if registers else validate_tables(tables, text=text)
    if extent == PARTIAL:  # of seeds with an article that has no text there is no ledger
        kept = set(tables["ledger"]["seed_id"].to_pylist()) if "ledger" in tables else set()
        found = [finding for finding in found if finding.code != "ledger-gap" or finding.record in kept]
    return found


def registers_of(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables that rows of every shard refer to; of `seeds` those that may be bulk, which are no plain text."""
    registers = {name: table for name, table in tables.items() if "article_id" not in table.column_names}
    if "seeds" in registers:
        seeds = registers["seeds"]
        registers["seeds"] = seeds.filter(pc.not_equal(seeds["form"], TEXT))
    return registers


def _digest_findings(folder: Path, found: Mapping[str, str]) -> list[Finding]:
    manifest = read_manifest(folder)
    expected = {name: str(entry.get("digest")) for name, entry in manifest["tables"].items()}
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
