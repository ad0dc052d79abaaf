"""Rules of seeds, of the files they come in, and of their texts."""

from __future__ import annotations

from corpus.rules.rule import Rule

SEEDS = {
    "file-missing": Rule("Every declared file is there.", "Add the file, or correct its name."),
    "file-too-large": Rule(
        "A register or a file of marks is small enough to be read whole.",
        "Split the file, or remove what is no part of it; a dump may be declared as bulk (docs/scaling.md).",
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
    "removed-id-used": Rule(
        "An id that was taken down is never used again.",
        "Give what is new an id of its own; `seeds/removed.toml` says what was taken down and why.",
    ),
    "removal-unregistered": Rule(
        "An article or a curated claim that was released and is gone stands in removed.toml, with the digest of what "
        "went.",
        "Take it down by `corpus remove`, which writes the entry; or put it back.",
    ),
    "removal-unconfirmed": Rule(
        "What the built dataset beside the seeds holds is there still, or stands in removed.toml (articles, claims).",
        "If it was released, take it down by `corpus remove`; if it never was, build again.",
        "warning",
    ),
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

TEXTS = {
    "seed-empty": Rule("A seed has text.", "Obtain the text again; a seed without text is no seed."),
    "seed-checksum": Rule(
        "A seed's bytes are the ones that were accepted.",
        "Restore the file. If it was replaced on purpose, pin the new sha256 and say so in the changelog.",
    ),
    "seed-encoding": Rule(
        "A seed's bytes are text in its declared encoding.", "Correct `encoding`, or obtain the file again."
    ),
    "bulk-files": Rule(
        "A bulk seed declares its files: one `file`, or a `[[part]]` for each, every one with its sha256.",
        "Name each file and its sha256; of two parts whose names differ only in signs or endings rename one.",
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

FORMS = {
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

INSPECTIONS = {
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
