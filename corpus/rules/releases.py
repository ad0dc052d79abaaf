"""Rules of descriptions, releases and hydration."""

from __future__ import annotations

from corpus.rules.rule import Rule

DESCRIPTIONS = {
    "description-missing": Rule(
        "A dataset's descriptions are there and can be read.", "Restore the file, or build again."
    ),
    "description-property": Rule(
        "A description has its vocabulary's properties, none misspelt or missing, with values of their kinds.",
        "Build again; do not edit descriptions.",
    ),
    "description-file": Rule("A description names the tables' files.", "Restore the file, or build again."),
    "description-hash": Rule("A description gives its files' digests.", "Restore the file, or build again."),
    "description-column": Rule("A description has the tables' columns in their types.", "Build again."),
    "description-key": Rule("A description has the keys and references that `schemas` declares.", "Build again."),
    "descriptions-disagree": Rule(
        "All descriptions give one version, date, title and licence, and the same authors.",
        "Build again; what is to change is changed in dataset.toml.",
    ),
    "provenance-subject": Rule("A dataset's files are those of its provenance.", "Restore the file, or build again."),
    "provenance-input": Rule("Seeds and lock are those of the provenance.", "Restore the file, or build again."),
}

RELEASES = {
    "rights-unknown": Rule(
        "Texts of third parties are published only where somebody has decided so and said why.",
        "Publish a dataset without texts, or decide it and say why: --with-text --reason.",
    ),
    "name-unsafe": Rule(
        "A dataset's name, version and files are written in plain letters and lead nowhere outside its folder.",
        "Correct dataset.toml, or build again; do not edit the manifest.",
    ),
    "release-differs": Rule(
        "A released version keeps its content.", "Give the dataset another version, build it and publish that."
    ),
    "release-unfinished": Rule(
        "Of one version, one content is published.",
        "Let the publication end that was begun; if it was given up, run again with --replace-unfinished.",
    ),
}

TEXT_FREE = {
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
