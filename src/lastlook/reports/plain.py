"""Text from strangers, made harmless: what could move a cursor, hide text or turn it round is shown as an escape."""

from __future__ import annotations

import unicodedata

# Cc: controls (ESC among them); Cf: bidi marks, zero-width characters; Cs, Co, Cn: nothing a terminal agrees on;
# Zl, Zp: separators that some readers take for a new line. Unicode Technical Report 36, section 2.10.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain(text: str, *, keep_lines: bool = False) -> str:
    """The text with every unsafe character written as \\xNN, \\uNNNN or \\UNNNNNNNN."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter if letter == " " or (keep_lines and letter == "\n") or _is_safe(letter) else _escaped(letter)
        for letter in text
    )


def _is_safe(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSAFE


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
