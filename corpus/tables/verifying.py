"""Is a published folder whole? Every file against its checksum; nothing missing, nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import MissingDatasetError
from corpus.findings import Finding, in_order
from corpus.names import CHECKSUMS, MANIFEST
from corpus.tables.files import files_under, sha256_of

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f]+)")


def verify(folder: Path) -> list[Finding]:
    """What differs between a published folder and its `SHA256SUMS`.

    The manifest repeats the checksums of all other files, so that a change of `SHA256SUMS` itself is told
    from a change of the file. Raises `MissingDatasetError` where the folder holds neither of the two.
    """
    if not folder.is_dir() or not any((folder / name).is_file() for name in (CHECKSUMS, MANIFEST)):
        raise MissingDatasetError(folder)
    findings: list[Finding] = []
    sums = _read_sums(folder, findings)
    present = set(files_under(folder)) - {CHECKSUMS}
    for name in sorted(present | set(sums)):
        if name not in sums:
            findings.append(_finding("dist-extra", name, "no such file", "a file that no checksum is given for"))
        elif name not in present:
            findings.append(_finding("dist-missing", name, f"a file with sha256 {sums[name]}", "none"))
        else:
            findings.extend(_differences(folder, name, sums[name]))
    return in_order(findings)


def _differences(folder: Path, name: str, expected: str) -> Iterator[Finding]:
    path = folder / name
    if path.is_symlink() or not path.is_file():
        yield _finding("dist-changed", name, "a plain file", "a link or a special file")
        return
    found = sha256_of(path)
    if found == expected:
        return
    if name == MANIFEST:
        yield _finding("dist-changed", name, f"sha256 {expected}", f"{found} (or {CHECKSUMS} was changed)")
    elif f'"{name}": "{found}"' in _manifest_text(folder):
        yield _finding("dist-changed", CHECKSUMS, f"sha256 {found} for {name}, as the manifest has it", expected)
    else:
        yield _finding("dist-changed", name, f"sha256 {expected}", found)


def _manifest_text(folder: Path) -> str:
    try:
        return (folder / MANIFEST).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _read_sums(folder: Path, findings: list[Finding]) -> dict[str, str]:
    try:
        text = (folder / CHECKSUMS).read_bytes().decode("utf-8")
    except FileNotFoundError:
        findings.append(_finding("dist-missing", CHECKSUMS, "a file of checksums", "none"))
        return {}
    except (OSError, UnicodeDecodeError) as error:
        findings.append(_finding("dist-changed", CHECKSUMS, "text in UTF-8", str(error)))
        return {}
    sums: dict[str, str] = {}
    *lines, rest = text.split("\n")
    if rest:
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
