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

MARK, NONE, PARTIAL = "text", "none", "partial"
"""The manifest's key that says how much of the texts a dataset has, and its values; a full dataset has no such key."""
