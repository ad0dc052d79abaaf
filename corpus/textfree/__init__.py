"""The text-free release of a dataset, and putting the texts back from copies of them."""
