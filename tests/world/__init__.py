"""A small world for tests: one builder per noun with lawful defaults, so that a test states only what it is about.

Everything is built through the readers that real files go through, so a world that could not be written down cannot
be tested either.
"""

from tests.world.campaigns import a_campaign, an_asset, case_of, manifest, node_of
from tests.world.rules import a_library, a_rule, read_rules

__all__ = [
    "a_campaign",
    "a_library",
    "a_rule",
    "an_asset",
    "case_of",
    "manifest",
    "node_of",
    "read_rules",
]
