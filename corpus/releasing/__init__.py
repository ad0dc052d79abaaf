"""Releases of a dataset at an address: sending them so that no reader meets half of one, listing and checking them.

At a folder or an object store:

    ADDRESS/0.2.0/data/…           the files of the dataset, as they were built
    ADDRESS/0.2.0/SHA256SUMS
    ADDRESS/0.2.0/manifest.json    written last, once all else was read back: it makes the version a released one
    ADDRESS/publications/0.2.0.json    who decided what: content, day, with texts or without, and why
    ADDRESS/latest.json            names the highest released version; switched after all else

On the Hugging Face Hub a version is one commit and a tag `v0.2.0` on it.
"""
