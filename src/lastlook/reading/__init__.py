"""Text from strangers becomes typed values with places, or problems with remedies; it knows nothing of campaigns.

`yaml12` turns bytes into a tree of nodes that remember their lines. `kinds` says what a value must look like: each
kind reads nodes and describes itself as JSON Schema, so that the reader and the published schema cannot disagree.
"""

from lastlook.reading.kinds import (
    UNKNOWN_WORD,
    Code,
    Date,
    Days,
    Flag,
    Ident,
    Items,
    Kind,
    ListOf,
    MapOf,
    Number,
    Problems,
    Record,
    Stated,
    Text,
)
from lastlook.reading.nearest import nearest
from lastlook.reading.tree import Branch, Listed, Node, Scalar
from lastlook.reading.yaml12 import read_yaml

__all__ = [
    "UNKNOWN_WORD",
    "Branch",
    "Code",
    "Date",
    "Days",
    "Flag",
    "Ident",
    "Items",
    "Kind",
    "ListOf",
    "Listed",
    "MapOf",
    "Node",
    "Number",
    "Problems",
    "Record",
    "Scalar",
    "Stated",
    "Text",
    "nearest",
    "read_yaml",
]
