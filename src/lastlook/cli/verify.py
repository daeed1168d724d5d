"""`lastlook verify FILE`: what a bundle, a clearance or a receipt proves, offline, and what it does not."""

from __future__ import annotations

import argparse
from pathlib import Path

from lastlook.clearance.trust import Trust, read_trust
from lastlook.clearance.verifying import Verified, verify
from lastlook.cli.options import moment, read_bytes
from lastlook.evidence.checkpoints import Checkpoint, read_checkpoint
from lastlook.reports.plain import plain

VALID, REFUSED, ONLY_CONSISTENT = 0, 1, 3
MAX_FILE, MAX_SMALL = 1 << 28, 1 << 20
PROOF, HOUSE_PROOF = ".tlog-proof", ".house.tlog-proof"
EXIT_CODES = """\
exit codes:
  0  valid, and somebody you trust vouches for it
  1  refused: something in it does not hold
  2  the file, or the trust file, is not one
  3  it holds within itself, and nobody you trust vouches for it
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify",
        help="verify a bundle, a clearance or a receipt that a house gave out",
        description="Say what a file proves, what was checked, what was not, and where it fails. Without a network.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--trust", type=Path, metavar="FILE", help="whom you believe (docs/evidence.md)")
    parser.add_argument(
        "--proof",
        type=Path,
        action="append",
        metavar="FILE",
        help=f"proofs of a clearance, the campaign's first (default: FILE{PROOF} and FILE{HOUSE_PROOF})",
    )
    parser.add_argument(
        "--seen",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a checkpoint that you or a witness saw before",
    )
    parser.add_argument("--at", type=moment, metavar="TIME", help="judge as of this time, UTC (default: now)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    trust = trust_in(options.trust) if options.trust is not None else None
    data = read_bytes(options.file, MAX_FILE)
    seen = [checkpoint_in(path) for path in options.seen]
    proofs = [read_bytes(path, MAX_SMALL) for path in proofs_of(options.file, options.proof)]
    verified = verify(data, trust=trust, proofs=proofs, seen=seen, now=options.at or moment("now"))
    print(plain(in_words(verified, trust is not None), keep_lines=True))
    return {"valid": VALID, "refused": REFUSED, "only consistent": ONLY_CONSISTENT}[verified.answer]


def proofs_of(file: Path, named: list[Path] | None) -> list[Path]:
    """The proofs that were named, or those that lie beside the file."""
    if named is not None:
        return named
    beside = [file.with_name(file.name + suffix) for suffix in (PROOF, HOUSE_PROOF)]
    return [path for path in beside if path.exists()]


def trust_in(path: Path) -> Trust:
    return read_trust(read_bytes(path, MAX_SMALL), file=path.name)


def checkpoint_in(path: Path) -> Checkpoint:
    return read_checkpoint(read_bytes(path, MAX_SMALL))[0]


def in_words(verified: Verified, has_trust: bool) -> str:
    """The answer as people read it: first what it is, then why."""
    if verified.answer == "refused":
        head = f"REFUSED ({verified.code}): {verified.why}\n  try: {verified.remedy}"
    elif has_trust:
        head = f"VALID: this {verified.kind} holds, and somebody you trust vouches for it."
    else:
        head = f"ONLY CONSISTENT: this {verified.kind} holds within itself; nobody you trust vouches for it."
    parts = [head]
    for title, lines in (
        ("It says", verified.says),
        ("Checked", verified.checked),
        ("Not checked", verified.not_checked),
    ):
        if lines:
            parts.append("\n".join([f"{title}:", *(f"  - {line}" for line in lines)]))
    return "\n\n".join(parts)
