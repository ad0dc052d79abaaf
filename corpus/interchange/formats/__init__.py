"""One module for each format, with a value `FORMAT`; `corpus.interchange.registry` finds them."""
