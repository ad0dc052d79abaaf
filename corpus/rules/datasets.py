"""Rules of marks, tables and published files."""

from __future__ import annotations

from corpus.rules.rule import Rule

MARKS = {
    "claim-not-found": Rule(
        "A claim's words are in its article.",
        "Correct the quotation; it is copied from the article as it stands.",
    ),
    "claim-ambiguous": Rule(
        "A claim's words are found exactly once.",
        "Add `prefix` or `suffix`: the words right before or after.",
    ),
    "claim-overlap": Rule("Claims of one article do not overlap.", "Shorten or remove one of them."),
    "claim-across-paragraphs": Rule("A claim lies in one paragraph.", "Mark each paragraph's claim by itself."),
    "claim-misplaced": Rule(
        "Claims are marked in titles, headings, body and captions only.",
        "Remove the mark, or declare the paragraph's kind.",
    ),
    "paragraph-unmarked": Rule(
        "In an article with claims, each paragraph of kind body or caption has one, or is listed as read and empty.",
        "Mark its claims, or list its first words in `no_claims` of the article.",
        "warning",
    ),
    "mark-unknown": Rule("An id of an article or a claim is one of the seeds.", "Correct the id."),
    "claim-article-unknown": Rule("A claim belongs to an article of its seed.", "Correct `article`."),
    "labels-contradictory": Rule(
        "A claim of the author has no attribution, claimant, cue or relay; a reported one has an attribution.",
        "Correct the voice or the attribution.",
    ),
    "words-not-found": Rule(
        "Claimant, cue and relay stand in the article.",
        "Correct the words; they are copied from the article.",
    ),
    "words-ambiguous": Rule(
        "Claimant, cue and relay are the occurrence nearest the claim.",
        "Add `prefix` or `suffix` to tell the two apart.",
    ),
    "figure-not-found": Rule("A figure's words lie in its claim.", "Correct the figure's words, or the claim's."),
    "figure-ambiguous": Rule("A figure's words are found once in its claim.", "Add `prefix` or `suffix`."),
    "figure-contradictory": Rule(
        "A range has bounds and no value; others have a value or comparator `about`.",
        "Correct value, low, high or comparator.",
    ),
}

TABLES = {
    "table-missing": Rule("Every table that the manifest lists is there.", "Restore the file, or build again."),
    "table-unreadable": Rule("Every table is a whole Parquet file.", "Restore the file, or build again."),
    "column-mismatch": Rule(
        "A table has the declared columns in the declared types.", "Build again with this version."
    ),
    "value-forbidden": Rule("Every value keeps its column's rule.", "Correct the seed that the row came from."),
    "rule-broken": Rule("Every row keeps its table's rules.", "Correct the seed that the row came from."),
    "key-duplicate": Rule("A key names one row.", "Give each row a key of its own."),
    "reference-broken": Rule("Every reference leads to a row.", "Correct the reference, or add the row."),
    "span-text-differs": Rule(
        "A row's text is the slice of its article that its offsets name.", "Build again; do not edit tables."
    ),
    "span-outside": Rule(
        "Paragraphs, sentences, claims and figures lie in each other.", "Build again; do not edit tables."
    ),
    "ledger-gap": Rule("The ledger accounts for every byte of a seed.", "Build again; do not edit tables."),
    "digest-differs": Rule(
        "A table's rows have the digest that the manifest gives.", "Restore the file, or build again."
    ),
    "validation-disabled": Rule(
        "Validation is switched on.", "Unset PANDERA_VALIDATION_ENABLED and PANDERA_VALIDATION_DEPTH."
    ),
}

FILES = {
    "dist-changed": Rule(
        "A published file has the checksum that SHA256SUMS gives.", "Restore the file, or build again."
    ),
    "dist-missing": Rule("Every published file is there.", "Restore the file, or build again."),
    "dist-extra": Rule("A published folder holds nothing else.", "Move the file elsewhere."),
    "page-stale": Rule(
        "Generated pages are those that the seeds give.", "Run `corpus build` and commit what it writes."
    ),
}
