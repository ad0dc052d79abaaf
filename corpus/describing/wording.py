"""What several descriptions say of a dataset, said once."""

from __future__ import annotations

from corpus.seeds.declarations import Dataset, Licence

LICENCE_PAGE = "LICENSE.md"
CARD = "README.md"


def data_licences(dataset: Dataset) -> list[Licence]:
    """The licences of the data; that of the program is none of them."""
    return [licence for licence in dataset.licences if licence.covers_data]


def named_licence(dataset: Dataset) -> Licence | None:
    """The licence to name where only one can be: the first of the data's that SPDX has an identifier for."""
    return next((licence for licence in data_licences(dataset) if licence.identifier), None)


def scopes(dataset: Dataset) -> str:
    """Which licence applies to which part, in a sentence."""
    parts = [f"{licence.applies_to}: {licence.name}" for licence in data_licences(dataset)]
    return f"Licences: {'; '.join(parts)}." if parts else ""


def full_description(dataset: Dataset) -> list[str]:
    """What the dataset is, what to be warned of, and whose the texts are: paragraphs without markup."""
    return [part.strip() for part in (dataset.description, dataset.content_warning, dataset.rights_notice)]


def bibtex(dataset: Dataset) -> str:
    """The citation in BibTeX, as the card has it."""
    return (
        f"@misc{{{dataset.name.replace('-', '')},\n"
        f"  title        = {{{{{dataset.title}}}}},\n"
        f"  author       = {{{' and '.join(dataset.creators)}}},\n"
        f"  year         = {{{dataset.released.year}}},\n"
        f"  version      = {{{dataset.version}}},\n"
        f"  note         = {{Dataset}}\n"
        f"}}"
    )
