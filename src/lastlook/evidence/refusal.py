"""Evidence that does not hold: why it is refused, in words and by a code, and what to do."""

from __future__ import annotations

from lastlook.errors import LastlookError, Place


class Refused(LastlookError):  # noqa: N818 - a refusal is what it is
    """Bytes that are not what they say. `code`: one word for programs, such as `signature` or `root`."""

    def __init__(self, what: str, *, code: str, remedy: str, where: Place | None = None) -> None:
        super().__init__(what, remedy=remedy, where=where)
        self.code = code


class Malformed(Refused):
    """Bytes that cannot be read at all as what they should be."""

    def __init__(self, what: str, *, remedy: str = "Get the file again from whoever made it.") -> None:
        super().__init__(what, code="malformed", remedy=remedy)
