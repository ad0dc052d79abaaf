"""Rows for training a token classifier: python examples/training_rows.py [dist] [table] [folder for the rows]

A row is a paragraph; tags are B and I by voice (the author's own claim, or one that the article reports), and O. The
table is `claims`, `claims_automatic` or `claim_passes`. Counts of what is here; no tag says whether a claim is true.
"""

import hashlib
import re
import sys
from collections import defaultdict
from typing import Any

import datasets

dist, table, folder = [*sys.argv[1:], *("dist", "claims", "")[len(sys.argv) - 1 :]][:3]
datasets.disable_progress_bars()
articles, paragraphs, claims = (
    datasets.load_dataset(dist, one, split="train") for one in ("articles", "paragraphs", table)
)
TAGS = datasets.ClassLabel(names=["O", "B-author", "I-author", "B-reported", "I-reported"])
# One layer of tags holds no overlaps: of two claims that overlap the longer stays, being the whole, not its part.
# Curated claims never overlap; the passes in `claim_passes` do nearly everywhere: keep one of them by its `pass_id`.
spans, left_out = defaultdict[str, list[tuple[int, int, str]]](list), 0
for claim in sorted(claims, key=lambda one: (one["char_start"] - one["char_end"], one["claim_id"])):
    start, end, others = claim["char_start"], claim["char_end"], spans[claim["paragraph_id"]]
    if all(end <= first or last <= start for first, last, _ in others):
        others.append((start, end, claim["voice"]))
    else:
        left_out += 1
rows: list[dict[str, Any]] = []
not_given_back = 0
for paragraph in paragraphs:
    if paragraph["kind"] not in ("title", "heading", "body", "caption"):
        continue  # nothing is ever marked in bylines, credits, bios and notices: their O would teach nothing
    text, offset = paragraph["text"], paragraph["char_start"]  # offsets of claims count from the start of the article
    # A tokenizer of subwords gives places, too: `return_offsets_mapping=True`.
    places = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    tags, back = ["O"] * len(places), set()
    own = {(start - offset, end - offset, voice) for start, end, voice in spans[paragraph["paragraph_id"]]}
    for start, end, voice in own:
        inside = [i for i, (first, last) in enumerate(places) if first < end and start < last]
        tags[inside[0] : inside[-1] + 1] = [f"B-{voice}"] + [f"I-{voice}"] * (len(inside) - 1)
    for match in re.finditer("BI*", "".join(tag[0] for tag in tags)):  # and from the tags back to the spans
        back.add((places[match.start()][0], places[match.end() - 1][1], tags[match.start()][2:]))
    not_given_back += len(own - back)
    rows.append(
        {"article_id": paragraph["article_id"], "paragraph_id": paragraph["paragraph_id"], "places": places}
        | {"tokens": [text[first:last] for first, last in places], "tags": TAGS.str2int(tags)}
    )
# Split by article: a sentence in training would tell of its neighbours in the test. For the same reason articles that
# share twelve words in a row (a quotation, agency copy) stay together; the card names 002-05 and 002-07. Taken in the
# order of their ids' digests, the same articles are in the test at every run and on every machine.
group: dict[str, str] = {}
first_with: dict[tuple[str, ...], str] = {}
for article in articles:
    words, name = re.findall(r"\w+", article["text"].lower()), article["article_id"]
    runs = {tuple(words[i : i + 12]) for i in range(len(words) - 11)}
    linked = {group[first_with[run]] for run in runs & first_with.keys()} | {name}
    group = {one: min(linked) if of in linked else of for one, of in {**group, name: name}.items()}
    first_with = dict.fromkeys(runs, name) | first_with
test: list[str] = []
for name in sorted(set(group.values()), key=lambda one: hashlib.sha256(one.encode()).digest()):
    if len(test) < len(group) / 5:
        test += [one for one in group if group[one] == name]
everything = datasets.Dataset.from_list(rows).cast_column("tags", datasets.List(TAGS))
parts = datasets.DatasetDict(
    train=everything.filter(lambda row: row["article_id"] not in test),
    test=everything.filter(lambda row: row["article_id"] in test),
)
print(f"{table}: {len(claims)}, of which {left_out} left out for overlapping a longer one")
print(f"claims that their tags do not give back: {not_given_back}")
for part, of in parts.items():
    begun = sum(tag in TAGS.str2int(["B-author", "B-reported"]) for tags in of["tags"] for tag in tags)
    print(f"{part}: {len(of)} paragraphs with {begun} claims, of {', '.join(sorted(set(of['article_id'])))}")
shown = min((row for row in parts["train"] if len(set(row["tags"])) > 3), key=lambda row: len(row["tokens"]))
print(shown["paragraph_id"], *map("/".join, zip(shown["tokens"], TAGS.int2str(shown["tags"]), strict=True)))
if folder:
    parts.save_to_disk(folder)
