"""The text layer: bytes to normalised text, articles, paragraphs, sentences and spans. It knows no Arrow."""
