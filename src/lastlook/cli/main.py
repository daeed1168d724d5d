"""`lastlook`: which command was asked for, and what every command does alike."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import lastlook
from lastlook.cli import check, explain, new, rules
from lastlook.cli.options import COULD_NOT_READ
from lastlook.errors import LastlookError
from lastlook.reports.plain import plain

EXIT_CODES = """\
exit codes:
  0  nothing stands in the way, on what the makers declared
  1  stopped
  2  something could not be read; the rest was judged all the same
  3  cannot tell: a fact that a rule needs is missing, or somebody is asked
"""


def parser() -> argparse.ArgumentParser:
    """Everything `lastlook` takes."""
    top = argparse.ArgumentParser(
        prog="lastlook",
        description="The last look before a campaign goes out.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"lastlook {lastlook.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in (check, new, rules, explain):
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except LastlookError as error:
        print(f"lastlook: {plain(str(error), keep_lines=True)}", file=sys.stderr)
        return COULD_NOT_READ
    except BrokenPipeError:  # whoever read our output has seen enough; the verdict was not delivered
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_READ
    return code
