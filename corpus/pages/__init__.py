"""The generated pages: card, datasheet and licence of a dataset, rendered from its tables and its declaration."""
