"""Global Trade Item Numbers: the check digit says whether a number was copied right, not that a product exists.

GS1 General Specifications, section 7.9 (check digit, modulo 10): a GTIN has 8, 12, 13 or 14 digits.
"""

from __future__ import annotations

import re

LENGTHS = (8, 12, 13, 14)  # digits, check digit included
_DIGITS = re.compile(r"[0-9]+\Z")
_BETWEEN = re.compile(r"[ \u00a0-]")


def check_digit(body: str) -> int:
    """The digit that belongs behind `body`: weights 3 and 1 by turns from the right, filled up to a multiple of 10."""
    total = sum(int(digit) * (1 if index % 2 else 3) for index, digit in enumerate(reversed(body)))
    return -total % 10


def digits_of(written: str) -> str | None:
    """The digits of a number written with or without spaces and hyphens, or None if there is anything else."""
    digits = _BETWEEN.sub("", written.strip())
    return digits if _DIGITS.match(digits) else None


def is_gtin(written: str) -> bool:
    """Whether `written` has the length of a GTIN and its last digit is the check digit of the others."""
    digits = digits_of(written)
    return digits is not None and len(digits) in LENGTHS and check_digit(digits[:-1]) == int(digits[-1])


def same_gtin(one: str, other: str) -> bool:
    """Whether two numbers name one product: a shorter GTIN is the longer one without its leading noughts."""
    first, second = digits_of(one), digits_of(other)
    return first is not None and second is not None and first.zfill(14) == second.zfill(14)
