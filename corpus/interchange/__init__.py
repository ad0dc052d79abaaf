"""Annotated documents, and the formats in which annotation tools write them."""
