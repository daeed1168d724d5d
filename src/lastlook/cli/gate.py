"""`lastlook gate FILE --line ID`: whether exactly this file may go out, from files alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from lastlook.checking.applicability import outings_of
from lastlook.clearance.bases import line_basis
from lastlook.cli.options import moment, read_bytes, sha256_in, write_whole
from lastlook.cli.verify import MAX_FILE, MAX_SMALL, checkpoint_in, proofs_of, trust_in
from lastlook.dossier.folder import read_folder
from lastlook.errors import LastlookError, Place
from lastlook.evidence.checkpoints import Checkpoint
from lastlook.evidence.refusal import Malformed
from lastlook.publishing.gate import Allowed, Known, NotAllowed, Wanted, gate
from lastlook.reports.plain import plain

ALLOWED, REFUSED = 0, 1
MAX_WORDS = 1 << 16
EXIT_CODES = """\
exit codes:
  0  it may go out
  1  it may not
  2  something could not be read
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "gate",
        help="say whether a file may go out, on a line, with its words",
        description="Compare a file, byte for byte, with a clearance. Anything but exit code 0 means: do not publish.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the file that is to go out")
    parser.add_argument("--line", required=True, metavar="ID", help="the plan line it is to go out on")
    parser.add_argument("--copy", type=Path, metavar="FILE", help="the words that go with it, as UTF-8 text")
    parser.add_argument("--clearance", type=Path, metavar="FILE", help="what the house signed")
    parser.add_argument(
        "--proof", type=Path, action="append", metavar="FILE",
        help="that the record holds the clearance (default: the proofs beside it)",
    )  # fmt: skip
    parser.add_argument("--trust", type=Path, metavar="FILE", help="whom you believe (docs/evidence.md)")
    parser.add_argument(
        "--campaign", type=Path, metavar="DIR", help="the campaign's folder, to compare its plan as well"
    )
    parser.add_argument(
        "--rendition", type=Path, action="append", default=[], metavar="FILE",
        help="proof that the file was made from a cleared one",
    )  # fmt: skip
    parser.add_argument(
        "--seen", type=Path, metavar="FILE", help="where the largest checkpoint seen is kept; an older one is refused"
    )
    parser.add_argument("--at", type=moment, metavar="TIME", help="judge as of this time, UTC (default: now)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    for name in ("clearance", "trust"):
        if getattr(options, name) is None:
            raise LastlookError(f"No --{name} is named.", remedy=f"Pass --{name} FILE.")
    trust = trust_in(options.trust)
    seen = _seen(options.seen)
    outcome = gate(
        wanted(options),
        clearance=read_bytes(options.clearance, MAX_FILE),
        proofs=[read_bytes(path, MAX_SMALL) for path in proofs_of(options.clearance, options.proof)],
        trust=trust,
        now=options.at or moment("now"),
        renditions=[read_bytes(path, MAX_SMALL) for path in options.rendition],
        known=Known(seen=seen),
    )
    if isinstance(outcome, Allowed) and options.seen is not None:
        write_whole(options.seen, ["\n".join(checkpoint.text for checkpoint in outcome.checkpoints)])
    return told(outcome, str(options.file))


def wanted(options: argparse.Namespace) -> Wanted:
    """What somebody wants to let out, by the options of the command."""
    return Wanted(
        sha256=sha256_in(options.file),
        line=options.line,
        words=_words(options.copy),
        line_digest=_plan(options.campaign, options.line) if options.campaign is not None else None,
    )


def told(outcome: Allowed | NotAllowed, file: str) -> int:
    """Print the answer, and give its exit code."""
    print(plain(_in_words(outcome, file), keep_lines=True))
    return REFUSED if isinstance(outcome, NotAllowed) else ALLOWED


def _words(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return read_bytes(path, MAX_WORDS).decode("utf-8")
    except UnicodeDecodeError as error:
        raise LastlookError("It is not UTF-8.", remedy="Save it as plain text.", where=Place(str(path))) from error


def _plan(folder: Path, line: str) -> str:
    """What the line's plan comes to in this folder; of a line that is not there, nothing that was ever cleared."""
    case = read_folder(folder)
    for asset in case.assets:
        for each in outings_of(asset, case.campaign).lines:
            if each.plan.id == line:
                return line_basis(each).digest
    return ""


def _seen(path: Path | None) -> list[Checkpoint]:
    """The checkpoints kept from an earlier look; none where there was none."""
    if path is None or not path.exists():
        return []
    from lastlook.evidence.checkpoints import read_checkpoint_text

    texts = read_bytes(path, MAX_SMALL).decode("utf-8", "replace").split("\n\n")
    try:
        return [read_checkpoint_text(text.rstrip("\n") + "\n") for text in texts]
    except Malformed:
        return [checkpoint_in(path)]


def _in_words(outcome: Allowed | NotAllowed, file: str) -> str:
    if isinstance(outcome, NotAllowed):
        return f"REFUSED ({outcome.why.replace('_', ' ')}): {file}\n  {outcome.words}\n  try: {outcome.remedy}"
    head = f"ALLOWED: {file} is {outcome.asset}, on {outcome.line}, until {outcome.until}."
    return "\n".join([head, "Not checked:", *(f"  - {each}" for each in outcome.not_checked)])
