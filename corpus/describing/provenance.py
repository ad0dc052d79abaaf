"""`provenance.json`: an in-toto Statement v1 with a SLSA provenance v1 predicate.

It says which files were made (`subject`) from which (`resolvedDependencies`), each by its SHA-256, and nothing of the
machine or the moment, so that the same inputs give the same statement. It is not signed. Two lists of checksums hold
its own digest, the manifest and SHA256SUMS, and are no subjects of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.describing.reading import read_json
from corpus.describing.shapes import SHA256, TEXT, Each, findings_of
from corpus.findings import Finding
from corpus.names import CHECKSUMS, MANIFEST, PROVENANCE
from corpus.seeds.inputs import input_files
from corpus.tables.files import files_under, sha256_of

# Names for the way of building and for whoever builds with it; docs/descriptions.md says what they stand for. There is
# no address under which that could be looked up, so they are names that nobody else gives.
BUILD_TYPE = "urn:uuid:f40c04e4-308f-586a-b591-d1751f8591d8"
BUILDER = "urn:uuid:10904d9f-e72f-5b91-a911-fc6a2e72aec9"
_SEEDS = "seeds"
_NO_SUBJECTS = (CHECKSUMS, MANIFEST, PROVENANCE)
_FILE = {"name": TEXT, "digest": {"sha256": SHA256}}


def input_digests(seeds: Path, lock: Path | None) -> dict[str, str]:
    """The SHA-256 of each file that a build reads: `seeds/` and its place there, and the lock by its name.

    Raises `MissingSeedsError` where there are no seeds.
    """
    digests = {f"{_SEEDS}/{name}": sha256_of(seeds / name) for name in input_files(seeds)}
    return digests | ({lock.name: sha256_of(lock)} if lock and lock.is_file() else {})


def render_provenance(folder: Path, inputs: Mapping[str, str]) -> dict[str, Any]:
    """The statement on a folder in which all but the checksums is written; `inputs` from `input_digests`."""
    locks = [name for name in inputs if not name.startswith(f"{_SEEDS}/")]
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": _descriptors((name, sha256_of(folder / name)) for name in _subjects(folder)),
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {"seeds": _SEEDS, **({"lock": locks[0]} if locks else {})},
                "resolvedDependencies": _descriptors(inputs.items()),
            },
            "runDetails": {"builder": {"id": BUILDER}},
        },
    }


def check_provenance(folder: Path) -> list[Finding]:
    """What is wrong with the statement itself, whatever the files are."""
    findings: list[Finding] = []
    read_statement(folder, findings)
    return findings


def verify_provenance(folder: Path, seeds: Path, lock: Path | None) -> list[Finding]:
    """The files of a published folder, the seeds and the lock that are not those that the statement names.

    The lock is looked for only where one is given and the statement names one.
    Raises `MissingSeedsError` where there are no seeds.
    """
    findings: list[Finding] = []
    statement = read_statement(folder, findings)
    if statement is None:
        return findings
    definition = statement["predicate"]["buildDefinition"]
    made = {name: _digest(folder / name) for name in _subjects(folder)}
    changed = _differing(_named(statement["subject"]), made)
    findings += (Finding(file, None, "provenance-subject", None, expected, found) for file, expected, found in changed)
    named, inputs = _named(definition["resolvedDependencies"]), input_digests(seeds, None)
    name = definition["externalParameters"].get("lock")
    if lock is None:
        named.pop(name, None)
    elif name and lock.is_file():
        inputs[name] = sha256_of(lock)
    changed = _differing(named, inputs)
    findings += (Finding(file, None, "provenance-input", None, expected, found) for file, expected, found in changed)
    return findings


def read_statement(folder: Path, findings: list[Finding]) -> dict[str, Any] | None:
    """The statement of a folder; None, with what is wrong as findings, where it is not one."""
    statement = read_json(folder, PROVENANCE, findings)
    if statement is None:
        return None
    shape = _shape()
    wrong = findings_of(PROVENANCE, shape, statement)
    findings += wrong
    return None if wrong else statement


def _shape() -> dict[str, Any]:
    """What a statement looks like, with a kind in the place of each digest."""
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": Each(_FILE),
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {"seeds": _SEEDS, "lock": TEXT.optional},
                "resolvedDependencies": Each(_FILE),
            },
            "runDetails": {"builder": {"id": BUILDER}},
        },
    }


def _subjects(folder: Path) -> list[str]:
    return [name for name in files_under(folder) if name not in _NO_SUBJECTS]


def _descriptors(digests: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(digests)]


def _named(descriptors: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {descriptor["name"]: descriptor["digest"]["sha256"] for descriptor in descriptors}


def _digest(path: Path) -> str:
    return "a link or a special file" if path.is_symlink() or not path.is_file() else sha256_of(path)


def _differing(named: Mapping[str, str], found: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each name whose digests differ, with both sides in words."""
    for name in sorted(named.keys() | found.keys()):
        if named.get(name) != found.get(name):
            yield name, f"sha256 {named[name]}" if name in named else "no such file", found.get(name, "none")
