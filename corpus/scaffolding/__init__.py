"""A new repository for a corpus of one's own: seeds with an invented example, and what builds and checks them."""
