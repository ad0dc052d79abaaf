"""The rules that findings speak of: stable codes, what each demands, and what to do when it is broken.

A code is never renamed or used for something else. Each has a fault in `tests/faults/` or `tests/` that
breaks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule demands and how to mend a breach of it."""

    says: str
    remedy: str
    level: Level = "error"


_SEEDS = {
    "file-missing": Rule("Every declared file is there.", "Add the file, or correct its name."),
    "file-too-large": Rule(
        "A register or a file of marks is small enough to be read whole.",
        "Split the file, or remove what is no part of it.",
    ),
    "toml-syntax": Rule("A .toml file is TOML 1.0 in UTF-8.", "Mend the line that is named."),
    "jsonl-syntax": Rule("Every line of a .jsonl file is one JSON object.", "Mend the line that is named."),
    "key-missing": Rule("Every key that a file needs is there.", "Add the key."),
    "key-unknown": Rule("A file has no keys but the documented ones.", "Correct the key's spelling, or remove it."),
    "value-invalid": Rule("Every value is of the documented kind.", "Correct the value."),
    "blank-open": Rule(
        "No blank is left open: a value that begins with TODO is one.",
        "Fill it in; where nobody knows, remove the key or the table that it stands in, or say that it is not known.",
    ),
    "suggestion-open": Rule(
        "Suggested claims are reviewed before a text is accepted.",
        "Set each decision to accept or drop, then run `corpus suggest ARTICLE --settle`.",
    ),
    "id-duplicate": Rule("An id is given once and never used again.", "Give the later one an id of its own."),
    "source-unknown": Rule("Every source is in sources.toml.", "Add the source, or correct its name."),
    "name-shared": Rule(
        "A name of a source names one source, since bylines are resolved by it.", "Leave the name to one of them."
    ),
    "actor-unknown": Rule("Every actor is in actors.toml.", "Add the actor, or correct the id."),
    "quantity-unknown": Rule("Every quantity is in quantities.toml.", "Add the quantity, or correct the id."),
    "term-unknown": Rule("Every term is in its closed list.", "Use a term of the list, or extend vocabulary.toml."),
    "date-invalid": Rule(
        "Every date is one in the Extended Date/Time Format.",
        "Write it as 2024-01-31, 2024-01 or first/last.",
    ),
    "perspective-missing": Rule(
        "An outlet's country, owner and relation to a state rest on a cited statement.",
        "Add the statement to perspectives.toml, or leave the key out.",
    ),
    "outlet-undocumented": Rule(
        "Of an article's outlet perspectives.toml has a statement, if only that none was found.",
        "Add a [[statement]] that says what somebody says of it, or one with basis `none_found`.",
    ),
    "question-unanswered": Rule(
        "Every question of the datasheet has a status and an answer.",
        "Answer it, or say why it does not apply or who could tell.",
    ),
}
_TEXTS = {
    "seed-empty": Rule("A seed has text.", "Obtain the text again; a seed without text is no seed."),
    "seed-checksum": Rule(
        "A seed's bytes are the ones that were accepted.",
        "Restore the file. If it was replaced on purpose, pin the new sha256 and say so in the changelog.",
    ),
    "seed-encoding": Rule(
        "A seed's bytes are text in its declared encoding.", "Correct `encoding`, or obtain the file again."
    ),
    "text-empty": Rule("A record has text.", "Leave the record out of the file, or obtain it again."),
    "date-unread": Rule(
        "A stated date can be read in one way only.",
        "Say under [article.date] which day is meant, with what shows it.",
        "warning",
    ),
    "drop-not-found": Rule(
        "What source.toml declares as no part of the text stands there exactly once.",
        "Correct `exact`, or add `prefix` and `suffix`.",
    ),
    "article-not-declared": Rule(
        "Every article that is found has an id.",
        "Add an [[article]] with an id, or list its line in `no_starts`.",
    ),
    "article-not-found": Rule(
        "Every declared article is in the text.",
        "Correct `begins`; it is the start of the article's first line.",
    ),
    "paragraph-not-found": Rule(
        "A declared kind belongs to exactly one paragraph.", "Correct `begins` of the paragraph."
    ),
    "fact-contradicted": Rule(
        "What source.toml says agrees with the byline.",
        "Correct source.toml; a byline is the text's own statement.",
    ),
}
_FORMS = {
    "container-too-large": Rule(
        "A file and its records are small enough to be read in bounded memory.",
        "Divide the file, or leave out what is no article.",
    ),
    "container-unreadable": Rule(
        "A file is what it is taken for, and whole.", "Obtain it again, or name its kind by `form` or --form."
    ),
    "container-unsafe": Rule(
        "A container holds nothing that is made to do harm, such as members that swell or lead outside.",
        "Leave the file out, or obtain it from elsewhere.",
    ),
    "record-unreadable": Rule("Every record of a file can be read.", "Mend the record, or leave it out of the file."),
    "text-field-missing": Rule(
        "It is known which field of a record holds the text.", "Name it under [fields], or by --field text=NAME."
    ),
    "text-field-guessed": Rule(
        "It is known which field of a record holds the text.",
        "Check that it is the one; it was taken for its long values.",
        "note",
    ),
    "fact-field-missing": Rule(
        "Fields that are named stand in the records.", "Correct the name under [fields].", "note"
    ),
    "sheet-unread": Rule("A workbook has one sheet of records.", "Save other sheets as files of their own.", "note"),
    "text-undecodable": Rule(
        "The bytes of a text are text in its encoding.", "Correct `encoding`, or obtain the file again."
    ),
    "text-control": Rule("A file of text has no zero bytes and the like.", "Obtain the file again."),
    "encoding-unsure": Rule(
        "The encoding of a file is known.",
        "Compare letters with accents with the original; correct `encoding`.",
        "note",
    ),
    "article-read": Rule("Where an article starts is told by its header.", "Nothing, if it is right.", "note"),
    "article-unsure": Rule(
        "Where an article starts is told by its header.",
        "Compare with the text. In a digest, list a line that starts none in `no_starts`; else nothing, if it is one.",
        "warning",
    ),
    "header-doubtful": Rule(
        "A line that could be a header is one, or is none.",
        "Compare with the text: set layout to digest and add an [[article]] that begins with it, or list it in "
        "`no_starts`.",
        "warning",
    ),
}
_INSPECTIONS = {
    "control-character": Rule(
        "A text has only characters that stand for something a reader sees.",
        "Obtain the text again, or declare the characters as no part of it under [[drop]].",
    ),
    "replacement-character": Rule(
        "No character was lost in decoding.", "Correct `encoding`, or obtain the file again."
    ),
    "bidi-control": Rule(
        "No control turns words round.",
        "Read the line as it is stored, then declare the control as no part of the text under [[drop]].",
    ),
    "bidi-mark": Rule(
        "Controls of direction stand only where their language writes them.",
        "Declare them as no part of the text under [[drop]], unless the order of the words needs them.",
        "warning",
    ),
    "zero-width-control": Rule(
        "No word has a hidden character in it.", "Drop it, or leave it if the writing system needs it.", "warning"
    ),
    "script-mixing": Rule(
        "A word is in one script.",
        "Compare with the original; obtain the text again if letters were replaced.",
        "warning",
    ),
    "text-mojibake": Rule(
        "Text was decoded in the encoding that it was written in.",
        "Correct `encoding`, or obtain the file again.",
        "warning",
    ),
    "language-differs": Rule(
        "A text is in its declared language.", "Correct `language`, or drop what is no part of the article.", "warning"
    ),
    "text-boilerplate": Rule(
        "An article is mostly sentences.", "Drop navigation, notices and prompts, or leave the file out.", "warning"
    ),
    "contact-data": Rule(
        "A text holds no address or number by which a person is reached.",
        "Ask whether it is needed; if not, declare it as no part of the text under [[drop]], with that reason.",
        "warning",
    ),
    "text-duplicate": Rule("A text enters once.", "Leave one of the two out."),
    "text-near-duplicate": Rule(
        "No text is another one over again.", "Keep one, or say in the datasheet how they relate.", "warning"
    ),
    "text-contained": Rule(
        "No text stands mostly inside another.", "Say in the datasheet which is the shorter version.", "note"
    ),
}
_MARKS = {
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
_TABLES = {
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
_FILES = {
    "dist-changed": Rule(
        "A published file has the checksum that SHA256SUMS gives.", "Restore the file, or build again."
    ),
    "dist-missing": Rule("Every published file is there.", "Restore the file, or build again."),
    "dist-extra": Rule("A published folder holds nothing else.", "Move the file elsewhere."),
    "page-stale": Rule(
        "Generated pages are those that the seeds give.", "Run `corpus build` and commit what it writes."
    ),
}
_TEXT_FREE = {
    "words-published": Rule(
        "A text-free release keeps no long run of an article's words.",
        "Shorten the value in the seeds, or copy its words from the article as it writes them, capitals included.",
    ),
    "copy-unread": Rule(
        "A folder of copies holds files of text.", "Leave the file out, or save it as plain text.", "warning"
    ),
    "copy-differs": Rule(
        "Each article has a copy with the same words.", "Compare the paragraph with another copy, or use --partial."
    ),
    "copy-missing": Rule("Each article has a copy.", "Add a file with its text, or use --partial."),
    "copy-tolerated": Rule("A copy is the same to the code point.", "Nothing: the exact text was restored.", "note"),
    "bytes-missing": Rule(
        "Bytes outside the articles come from the file as obtained.", "Add that file, or use --partial."
    ),
}
RULES: dict[str, Rule] = _SEEDS | _TEXTS | _FORMS | _INSPECTIONS | _MARKS | _TABLES | _FILES | _TEXT_FREE
