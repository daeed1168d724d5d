"""The verbs of a house, which join `lastlook` through an entry point. They drive the house in this process."""

from __future__ import annotations

import argparse
from importlib.util import find_spec

NEEDED = ("django", "cryptography")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add every verb, where what they need is installed (`lastlook[house]`)."""
    if any(find_spec(name) is None for name in NEEDED):
        return
    from lastlook_house.cli import answering, deciding, founding, letting_out, people

    for verbs in (founding, people, deciding, answering, letting_out):
        verbs.add(commands)
