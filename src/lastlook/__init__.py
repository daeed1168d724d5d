"""Lastlook: the last look before a campaign goes out.

A library of pure functions (what is shown, what is known of it, which rules meet it, what stands in the
way) and a thin shell around them (campaign folders, words on a terminal, exit codes). `docs/architecture.md`
draws the way one fact takes through it.
"""

__version__ = "0.1.0"
