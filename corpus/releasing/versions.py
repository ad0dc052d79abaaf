"""Versions and names of files in releases: what is taken, and how versions follow each other."""

from __future__ import annotations

import re

LATEST = "latest.json"
PUBLICATIONS = "publications"

# Digits of ASCII only, and few of them: a version becomes a folder's name and a tag.
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")
_PART = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._+=@ -]{0,199}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


def is_version(text: object) -> bool:
    """Whether it is a version such as `0.2.0`."""
    return isinstance(text, str) and _VERSION.fullmatch(text) is not None


def precedence(version: str) -> tuple[int, ...]:
    """By what versions are ordered: `0.10.0` follows `0.9.0`."""
    return tuple(map(int, version.split(".")))


def is_dataset_name(text: object) -> bool:
    """Whether it is the name of a dataset such as `harbour-notes`."""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None


def is_file_name(name: str) -> bool:
    """Whether a file of a release may be called so: relative, with forward slashes, leading nowhere outside."""
    parts = name.split("/")
    return len(name) <= 500 and all(_PART.fullmatch(part) and part.strip(". ") for part in parts)


def released_file(version: str, name: str) -> str:
    """Where a file of a version stands below the address."""
    return f"{version}/{name}"


def record_file(version: str) -> str:
    """Where it stands below the address what was decided about a version."""
    return f"{PUBLICATIONS}/{version}.json"
