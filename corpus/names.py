"""The names of the files by which a built dataset is known."""

CHECKSUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
DATASHEET = "DATASHEET.md"
