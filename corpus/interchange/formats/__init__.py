"""One module for each format, with a value `FORMAT`; a new one needs no more than its module."""

from __future__ import annotations

import pkgutil


def names() -> list[str]:
    """The names of the formats, in order: those of the modules, with a hyphen for each underscore."""
    return sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(__path__))
