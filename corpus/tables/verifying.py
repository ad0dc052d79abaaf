"""Is a published folder whole? Every file against its checksum; nothing missing, nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

from corpus.errors import MissingDatasetError
from corpus.findings import Finding, in_order
from corpus.names import CHECKSUMS, MANIFEST
from corpus.tables.files import files_under, sha256_of

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f]+)")


def verify(folder: Path) -> list[Finding]:
    """What differs between a published folder and its checksums.

    The manifest repeats the checksums of all other files, so that a change of `SHA256SUMS` itself is told
    from a change of the file. Raises `MissingDatasetError` where the folder holds neither of the two.
    """
    if not folder.is_dir() or not any((folder / name).is_file() for name in (CHECKSUMS, MANIFEST)):
        raise MissingDatasetError(folder)
    findings: list[Finding] = []
    present = set(files_under(folder)) - {CHECKSUMS}
    for name, expected in sorted(_expected(folder, findings).items()):
        if name not in present:
            findings.append(_finding("dist-missing", name, f"a file with sha256 {expected}", "none"))
        elif name != MANIFEST and (found := _digest(folder / name)) != expected:
            findings.append(_finding("dist-changed", name, f"sha256 {expected}", found))
        present.discard(name)
    extra = "a file that no checksum is given for"
    findings += (_finding("dist-extra", name, "no such file", extra) for name in present - {MANIFEST})
    return in_order(findings)


def _expected(folder: Path, findings: list[Finding]) -> dict[str, str]:
    """The checksum of each file that belongs; what is wrong with the two lists of checksums becomes findings."""
    sums, listed = _read_sums(folder, findings), _read_listed(folder)
    manifest = _digest(folder / MANIFEST)
    if sums is None or MANIFEST not in sums:
        if sums is not None:
            findings.append(_finding("dist-changed", CHECKSUMS, f"a line for {MANIFEST}", "none"))
        return {MANIFEST: manifest, **(listed or sums or {})}
    own, rest = sums[MANIFEST], {name: digest for name, digest in sums.items() if name != MANIFEST}
    if not (folder / MANIFEST).exists() or not listed:
        if (folder / MANIFEST).exists():
            findings.append(_finding("dist-changed", MANIFEST, f"sha256 {own}", manifest))
        return sums
    if own != manifest:
        findings.append(_finding("dist-changed", MANIFEST, f"sha256 {own}", manifest))
        # Both lists alike: one of the two files was changed, and none can say which.
        if rest == listed and not (folder / MANIFEST).is_symlink():
            findings.append(_finding("dist-changed", CHECKSUMS, f"sha256 {manifest} for {MANIFEST}, perhaps", own))
        return sums
    for name in sorted(rest.keys() | listed.keys()):
        if rest.get(name) != listed.get(name):
            expected = f"{listed.get(name, 'no line')} for {name}, as the manifest has it"
            findings.append(_finding("dist-changed", CHECKSUMS, expected, rest.get(name, "no line")))
    return {MANIFEST: own, **listed}


def _digest(path: Path) -> str:
    """A file's checksum, or why it has none."""
    if path.is_symlink() or not path.is_file():
        return "a link or a special file" if path.is_symlink() or path.exists() else "no file"
    return sha256_of(path)


def _read_listed(folder: Path) -> dict[str, str]:
    """The checksums that the manifest repeats; none where it cannot be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _read_sums(folder: Path, findings: list[Finding]) -> dict[str, str] | None:
    """The lines of SHA256SUMS; None where it is no such file at all."""
    path = folder / CHECKSUMS
    if path.is_symlink() or not path.is_file():
        code, found = ("dist-changed", "a link") if path.is_symlink() else ("dist-missing", "none")
        findings.append(_finding(code, CHECKSUMS, "a file of checksums", found))
        return None
    sums: dict[str, str] = {}
    *lines, rest = path.read_bytes().decode("utf-8", "replace").split("\n")
    if rest or not lines:
        findings.append(_finding("dist-changed", CHECKSUMS, "a line end after the last line", "none"))
    for number, line in enumerate([*lines, *filter(None, [rest])], 1):
        match = _LINE.fullmatch(line)
        if match is None or not _is_inside(match[2]) or match[2] in sums:
            findings.append(
                Finding(CHECKSUMS, number, "dist-changed", None, "a sha256, two spaces, a file", repr(line))
            )
        else:
            sums[match[2]] = match[1]
    return sums


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name


def _finding(code: str, name: str, expected: str, found: str) -> Finding:
    return Finding(name, None, code, None, expected, found)
