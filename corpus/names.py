"""The name under which the program is installed, and the names of the files by which a built dataset is known."""

PROGRAM = "gaza-press-claims"

CHECKSUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
DATASHEET = "DATASHEET.md"
# Its descriptions for programs.
CROISSANT = "croissant.json"
DATA_PACKAGE = "datapackage.json"
CITATION = "CITATION.cff"
ZENODO = ".zenodo.json"
PROVENANCE = "provenance.json"
# Its pages for reading: one file, or a folder of them.
EXPLORER_PAGE = "explorer.html"
EXPLORER_FOLDER = "explorer"

MARK, NONE, PARTIAL = "text", "none", "partial"
"""The manifest's key that says how much of the texts a dataset has, and its values; a full dataset has no such key."""


def is_explorer(name: str) -> bool:
    """Whether a file of a dataset, by its place there, is one of its pages for reading."""
    return name == EXPLORER_PAGE or name.startswith(f"{EXPLORER_FOLDER}/")
