"""What the text-free release leaves out, masks and keeps, and the bounds of what it keeps. Loads nothing.

A column of the full dataset that carries wording from the texts (`third_party`) is left out, unless it is named here:
masked (the words that stand in an article are replaced by a mark), or bounded (short values stay). A column that is
declared later and is named nowhere is left out.
"""

# The order in which they are published, after the tables of the full dataset.
TEXT_FREE_TABLES = ("article_digests", "paragraph_digests", "patches", "withheld")

MASKED = {"articles": ("byline", "dateline"), "paragraphs": ("section",)}
TITLES = {"articles": ("title",)}
BYTES = {"ledger": ("raw_hex",)}

# What stands in a value in the place of a run of words of an article.
MASK = "[…]"

# The bounds of what stays; the card, the datasheet's notice and docs/text-free.md state them.
LONGEST_TITLE = 300  # code points
LONGEST_RUN = 7  # words in a row that a value may share with an article
SHORTEST_RUN = 5  # words in a row from which on a run counts towards the share
LARGEST_SHARE = 0.1  # of an article's words, in such runs
LONGEST_BYTES = 60  # code points of dropped or rewritten bytes between two runs that were kept
LONGEST_DROPPED = 7  # words of the same
MOST_BYTES = 200  # code points of a seed, or of a record of it, in such bytes as have words

# Everything that folding changes: a patch can hold nothing else, and so no word.
PUNCTUATION = r"[“”„‟«»〝〞〟″＂‘’‚‛‹›′ʼ`´＇‐‑‒–—―⁃−﹘﹣－…-]"
