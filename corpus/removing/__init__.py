"""Taking down: an article, a claim or a seed leaves the collection, and the register says so."""
