"""The rules of annotations that come from other tools: code, what it demands, what to do, how much it matters."""

from __future__ import annotations

from corpus.rules.rule import Rule

ANNOTATION_RULES = {
    "annotation-too-large": Rule(
        "A file of annotations is small enough to be read in bounded memory.",
        "Export fewer documents at a time.",
        "error",
    ),
    "annotation-unreadable": Rule(
        "A file of annotations is in the format that was named, and so is each of its records.",
        "Name another format, or export it again from the tool.",
        "error",
    ),
    "annotation-unsafe": Rule(
        "A folder of annotations holds no link that leads out of it.",
        "Put the file itself there, or leave it out.",
        "error",
    ),
    "annotation-text-missing": Rule(
        "The text that annotations speak of stands in their file or beside it.",
        "Add the text under the name that is given.",
        "error",
    ),
    "annotation-outside": Rule(
        "A mark begins and ends in its text, at whole characters.",
        "Export it again with the text that was annotated; where the tool counts otherwise, name the unit: --offsets.",
        "error",
    ),
    "annotation-text-differs": Rule(
        "The words that a file gives for a mark are those at its offsets.",
        "Export it again with the text that was annotated; where the tool counts otherwise, name the unit: --offsets.",
        "error",
    ),
    "annotation-reference-broken": Rule(
        "What links, attributes and notes refer to stands in the same file.",
        "Remove them, or export it again.",
        "error",
    ),
    "annotation-not-kept": Rule(
        "Annotations are of stretches of a text.",
        "Nothing, if what is left out is not needed.",
        "note",
    ),
    "annotation-offsets-unsure": Rule(
        "It is known what the offsets of a tool count.",
        "Compare some marks with the tool's display; name the unit if it is another: --offsets.",
        "note",
    ),
    "annotation-document-unknown": Rule(
        "A document that is imported is an article of the dataset, by its id or by its whole text.",
        "Name it after the article, or export that article again.",
        "error",
    ),
    "annotation-not-in-article": Rule(
        "A mark's words stand in the article at the same place.",
        "Annotate the text that `corpus export` wrote.",
        "error",
    ),
    "annotation-no-claim": Rule(
        "A mark that becomes a claim is one stretch of whole words, and its values are those of a claim.",
        "Mark one stretch of whole words; correct the value that is named.",
        "error",
    ),
}
