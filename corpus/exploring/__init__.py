"""The explorer: static pages for reading, finding and comparing, made from a built dataset alone."""
