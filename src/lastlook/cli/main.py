"""`lastlook`: which command was asked for, and what every command does alike."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import entry_points

import lastlook
from lastlook.cli import check, explain, find, fingerprint, gate, new, rules, verify
from lastlook.cli.options import COULD_NOT_READ
from lastlook.errors import LastlookError
from lastlook.reports.plain import plain

OF_FILES = ("check", "new", "rules", "explain", "fingerprint", "find", "verify")  # `gate` may ask a house too
VERBS = "lastlook.verbs"  # the entry points by which a house adds its verbs
EXIT_CODES = """\
exit codes:
  0  nothing stands in the way, on what the makers declared
  1  stopped
  2  something could not be read; the rest was judged all the same
  3  cannot tell: a fact that a rule needs is missing, or somebody is asked
"""


def parser(*, of_files: bool = False) -> argparse.ArgumentParser:
    """Everything `lastlook` takes. `of_files`: only what needs files alone, so that a check starts without a house."""
    top = argparse.ArgumentParser(
        prog="lastlook",
        description="The last look before a campaign goes out.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"lastlook {lastlook.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in (check, new, rules, explain, fingerprint, find, verify, gate):
        command.add(commands)
    if not of_files:
        for joining in entry_points(group=VERBS):
            joining.load()(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Whatever fails gives 2: nothing but a verdict gives 0, 1 or 3."""
    if sys.stdout is None or sys.stderr is None:
        return COULD_NOT_READ  # there is nobody to tell
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = sys.argv[1:] if arguments is None else list(arguments)
    options = parser(of_files=bool(asked) and asked[0] in OF_FILES).parse_args(asked)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except LastlookError as error:
        _say(str(error))
        return COULD_NOT_READ
    except BrokenPipeError:  # whoever read our output has seen enough; the verdict was not delivered
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_READ
    except OSError as error:  # such as a full disk behind standard output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _say(f"The answer could not be written: {error.strerror or error}.")
        return COULD_NOT_READ
    except Exception:  # noqa: BLE001 - a crash must not look like a verdict
        traceback.print_exc()
        _say("BUG: this should not happen, and is no verdict. Please report what stands above.")
        return COULD_NOT_READ
    return code


def _say(text: str) -> None:
    with contextlib.suppress(OSError):
        print(f"lastlook: {plain(text, keep_lines=True)}", file=sys.stderr)
