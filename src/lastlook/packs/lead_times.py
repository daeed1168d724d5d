"""Lead times: how long a document, a role or a question usually takes. Data with sources, `lead_times.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import msgspec

from lastlook.campaigns import vocabulary as v
from lastlook.errors import LastlookError
from lastlook.reading.kinds import Fields, Flag, Kind, Number, Problems, Record, Text
from lastlook.reading.yaml12 import read_yaml

HERE = Path(__file__).parent


class LeadTime(msgspec.Struct, frozen=True):
    """Days it usually takes, why, and where that is written. `unconfirmed`: our own estimate."""

    days: int
    why: str
    source: str
    unconfirmed: bool = False


class LeadTimes(msgspec.Struct, frozen=True):
    """By kind of document, by answering role, and of a question to somebody who knows."""

    documents: dict[str, LeadTime]
    roles: dict[str, LeadTime]
    question: LeadTime


_TIME = Record(
    "lead time",
    {"days": Number(0, 365), "why": Text(200), "source": Text(300), "unconfirmed": Flag()},
    required=("days", "why", "source"),
    unknown_allowed=False,
)
_TIMES = Record(
    "list of lead times",
    {
        "documents": Record("document", dict.fromkeys(v.DOCUMENTS, cast(Kind[object], _TIME)), unknown_allowed=False),
        "roles": Record("role", dict.fromkeys(v.ANSWERING_ROLES, cast(Kind[object], _TIME)), unknown_allowed=False),
        "question": _TIME,
    },
    required=("documents", "roles", "question"),
    unknown_allowed=False,
)


def read_lead_times(path: Path = HERE / "lead_times.yaml") -> LeadTimes:
    """The lead times in a file. Raises LastlookError for a file that is not what it should be."""
    problems = Problems()
    fields = _TIMES.read(read_yaml(path.read_bytes(), file=path.name), problems)
    if problems or fields is None:
        first = problems[0]
        raise LastlookError(first.what, remedy=first.remedy, where=first.where)
    groups = {key: cast(Fields, fields.value(key)) for key in ("documents", "roles")}
    documents, roles = (
        {name: _time(cast(Fields, stated.value)) for name, stated in group.stated.items()} for group in groups.values()
    )
    return LeadTimes(documents, roles, _time(cast(Fields, fields.value("question"))))


def _time(fields: Fields) -> LeadTime:
    days, why, source = fields.value("days"), str(fields.value("why")), str(fields.value("source"))
    return LeadTime(cast(int, days), why, source, bool(fields.value("unconfirmed")))
