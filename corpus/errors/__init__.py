"""Errors stop a run because a person must change an input or a call; findings (see `corpus.findings`) are reported.

CorpusError
├── InvalidCorpusError      the seeds or a dataset have findings of level error
├── MissingSeedsError       no collection of seeds at that place
├── MissingDatasetError     no built dataset at that place
├── NotADatasetError        the folder to build into holds something else
├── DamagedTableError       the file of a table cannot be read
├── UnknownTableError       no table of that name
├── UnknownArticleError     no article of that id
├── SeedExistsError         a seed of that id is there already, or the id is none
├── NotAFileError           a folder, a pipe or a device where a file is needed
├── NotAnExplorerError      what explorer pages would replace is something else
├── InsideDatasetError      pages would be written into a finished dataset
├── TooManyArticlesError    more articles than one page can hold
├── SuggestionsDecidedError new suggestions would overwrite decisions
├── UnreadableMarksError    marks in a form that is not known, or broken
├── UnknownFormatError      no format of annotations of that name
├── UnfitAnnotationsError   annotations that do not fit their texts, or files that are none
├── PlaceTakenError         what would be written stands there already
├── UnknownRevisionError    no such revision of git, or no such folder in it
├── WorkerLostError         a process that made a part of the dataset died, again and again
├── PublicationRefusedError a dataset is not published as it is; carries the findings
├── PublicationInProgressError another publication holds the folder of releases
├── UnsafeAddressError      an address that nothing is published to or read from
├── UnsafeReasonError       a reason that cannot be recorded
├── ForeignPlaceError       an address that holds something else than releases of this dataset
├── OlderVersionError       a version that cannot follow a later one
├── MissingExtraError       a package that an address or a page needs is not installed
├── UnreachableStoreError   a place over the network, or its disk, failed
├── UnknownReleaseError     no such version at an address
├── UnreadableReleaseError  a file of a release is not what it has to be
├── UnreadableAddressError  a dataset at an address cannot be reached or read
├── OtherVersionError       a dataset at an address has another version than the one asked for
├── ReleaseRefusedError     a release would break a promise, or cannot be told from the last one
├── CannotRemoveError       an article or a claim cannot be taken down in this way
├── MissingTextsError       no folder of copies at that place
├── TextFreeError           a dataset has its texts, or lacks them, where the other is needed
├── FolderInUseError        a folder for a new repository holds something already
├── UnfitWishError          a title, a name or a language that a corpus cannot have
├── UnfitProgramError       what a new repository asks for as its program is none
└── BuildInProgressError    another build holds the lock
"""

from corpus.errors.annotations import (
    PlaceTakenError,
    SuggestionsDecidedError,
    UnfitAnnotationsError,
    UnknownFormatError,
    UnreadableMarksError,
)
from corpus.errors.base import CorpusError
from corpus.errors.datasets import (
    BuildInProgressError,
    DamagedTableError,
    InsideDatasetError,
    InvalidCorpusError,
    MissingDatasetError,
    MissingExtraError,
    MissingSeedsError,
    NotADatasetError,
    NotAFileError,
    NotAnExplorerError,
    SeedExistsError,
    TooManyArticlesError,
    UnknownArticleError,
    UnknownTableError,
    WorkerLostError,
)
from corpus.errors.releases import (
    CannotRemoveError,
    ForeignPlaceError,
    MissingTextsError,
    OlderVersionError,
    OtherVersionError,
    PublicationInProgressError,
    PublicationRefusedError,
    ReleaseRefusedError,
    TextFreeError,
    UnknownReleaseError,
    UnknownRevisionError,
    UnreachableStoreError,
    UnreadableAddressError,
    UnreadableReleaseError,
    UnsafeAddressError,
    UnsafeReasonError,
)
from corpus.errors.repositories import FolderInUseError, UnfitProgramError, UnfitWishError

__all__ = [
    "BuildInProgressError",
    "CannotRemoveError",
    "CorpusError",
    "DamagedTableError",
    "FolderInUseError",
    "ForeignPlaceError",
    "InsideDatasetError",
    "InvalidCorpusError",
    "MissingDatasetError",
    "MissingExtraError",
    "MissingSeedsError",
    "MissingTextsError",
    "NotADatasetError",
    "NotAFileError",
    "NotAnExplorerError",
    "OlderVersionError",
    "OtherVersionError",
    "PlaceTakenError",
    "PublicationInProgressError",
    "PublicationRefusedError",
    "ReleaseRefusedError",
    "SeedExistsError",
    "SuggestionsDecidedError",
    "TextFreeError",
    "TooManyArticlesError",
    "UnfitAnnotationsError",
    "UnfitProgramError",
    "UnfitWishError",
    "UnknownArticleError",
    "UnknownFormatError",
    "UnknownReleaseError",
    "UnknownRevisionError",
    "UnknownTableError",
    "UnreachableStoreError",
    "UnreadableAddressError",
    "UnreadableMarksError",
    "UnreadableReleaseError",
    "UnsafeAddressError",
    "UnsafeReasonError",
    "WorkerLostError",
]
