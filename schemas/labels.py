"""The closed lists of the annotation scheme and of the tables. (Topics and kinds of things: table `vocabulary`.)"""

VOICES = ("author", "reported")
ATTRIBUTIONS = ("none", "direct", "mixed", "indirect")
MODALITIES = ("fact", "evaluation", "prediction", "directive")
CERTAINTIES = ("asserted", "hedged", "denied")
CUE_CLASSES = ("say", "write", "think", "show", "according_to", "attitude", "intention", "decree")
AGREEMENTS = ("exact", "overlap", "one_pass", "adjudicated")
COMPARATORS = ("exact", "about", "at_least", "more_than", "at_most", "less_than", "range")
AS_OF_BASES = ("stated", "inferred", "article_date")
BASES = ("stated", "found", "inferred", "crawler", "unknown")
PARAGRAPH_KINDS = ("title", "byline", "heading", "body", "caption", "credit", "bio", "notice")
CLAIM_KINDS = ("title", "heading", "body", "caption")
LEDGER_ACTIONS = ("kept", "rewritten", "dropped", "inserted")
