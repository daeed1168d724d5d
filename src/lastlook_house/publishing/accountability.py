"""The accountability report: per picture who held each choice, by which authority, confirmed or not, who answered what.

One HTML file with print CSS and without script, for somebody who reads it on paper in a meeting. It says who was asked
and what they answered, never whose fault anything is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.clearance.acts import Answered, ClearanceIssued, Corrected, Granted, Named, Registered, Vetoed, Withdrawn
from lastlook.clearance.answering import WORDS, answers_to
from lastlook.clearance.clearing import Cleared, NotCleared
from lastlook.clearance.history import History
from lastlook.clearance.holding import Holding, holdings
from lastlook.clearance.situation import Demand, Situation
from lastlook.clearance.stages import stages_of
from lastlook.evidence.commitments import open_disclosure
from lastlook.reports.page.markup import Content, Html, tag

NOT_RECORDED = "nobody is recorded"
NOTHING_YET = "Nothing was cleared, vetoed or taken back."


def accountability(
    situation: Situation, history: History, outcome: Cleared | NotCleared, disclosures: Mapping[str, str], title: str
) -> str:
    """The report of one campaign as it stands on the situation's day, as an HTML document."""
    page = _Page(situation, history, disclosures)
    body = [
        tag("h1", f"Who decided, who looked, who answered: {title}"),
        tag("p", f"As of {situation.on:%d %B %Y}, from {len(history.recorded)} entries of {situation.origin}."),
        _standing(outcome),
        *page.pictures(),
        page.people(),
        page.stages(),
        _limits(),
    ]  # fmt: skip
    css = files("lastlook_house.publishing").joinpath("accountability.css").read_text("utf-8")
    head = [tag("meta", charset="utf-8"), tag("title", title), tag("style", Html(css))]
    return "<!doctype html>\n" + str(tag("html", tag("head", head), tag("body", tag("main", body)), lang="en"))


def _standing(outcome: Cleared | NotCleared) -> Html:
    if isinstance(outcome, Cleared):
        return tag("p", outcome.words, class_="standing")
    return tag("p", f"Nothing is cleared: {len(outcome.obstacles)} things stand in the way.", class_="standing")


class _Page:
    def __init__(self, situation: Situation, history: History, disclosures: Mapping[str, str]) -> None:
        self.situation, self.history, self.disclosures = situation, history, disclosures
        self.held = holdings(situation, history)

    def said(self, digest: str | None) -> str:
        """What a digest stands for, if it was not erased."""
        if digest is None:
            return "not stated"
        text = self.disclosures.get(digest)
        return "erased" if text is None else open_disclosure(text).value

    def pictures(self) -> Iterator[Html]:
        for asset in self.situation.assets:
            rows = [self._holding(right, self.held.get((right, asset.asset))) for right in DECISION_RIGHTS]
            yield tag(
                "section",
                tag("h2", asset.asset),
                tag("p", f"SHA-256 {asset.sha256 or 'of no file'}", class_="digest"),
                _table(("choice", "held by", "by which authority", "named by", "confirmed"), rows),
                self._answers(asset.asset),
            )

    def _holding(self, right: str, holding: Holding | None) -> tuple[Content, ...]:
        if holding is None:
            return right.replace("_", " "), NOT_RECORDED, "", "", ""
        act = holding.decision.act
        assert isinstance(act, Named | Corrected)
        how = "" if act.meaning == "decided" else f" ({act.meaning.replace('_', ' ')})"
        state = holding.state.replace("_", " ")
        return right.replace("_", " "), f"{act.holder}{how}", self.said(act.authority), act.handle, state

    def _answers(self, asset: str) -> Html:
        demands = [
            each for each in self.situation.demands if asset in each.assets and each.meets in ("answer", "waiver")
        ]
        if not demands:
            return tag("p", "Nobody had to be asked about this picture.")
        rows = [row for demand in demands for row in self._of_demand(demand)]
        return _table(("asked", "in the role of", "answered by", "answer", "reason"), rows)

    def _of_demand(self, demand: Demand) -> Iterator[tuple[Content, ...]]:
        answers = answers_to(demand, self.situation, self.history)
        for role in demand.roles:
            given = [each for each in answers if each.role == role]
            if not given:
                yield demand.title, role.replace("_", " "), "nobody yet", "", ""
            for each in given:
                act = each.recorded.act
                reason = self.said(act.reason) if isinstance(act, Answered) and act.reason else ""
                yield demand.title, role.replace("_", " "), each.handle, WORDS[each.counts], reason

    def people(self) -> Html:
        rows = [
            (act.holder, self.said(act.name), ", ".join(self._roles(act.holder)) or "none")
            for _, act in self.history.of(Registered)
        ]
        return tag("section", tag("h2", "People"), _table(("handle", "name", "may answer as"), rows))

    def _roles(self, handle: str) -> Iterator[str]:
        for _, act in self.history.of(Granted):
            if act.holder == handle:
                yield from (role.replace("_", " ") for role in act.roles)

    def stages(self) -> Html:
        rows: list[tuple[Content, ...]] = [
            (stage.replace("_", " "), state) for stage, state in stages_of(self.history).items()
        ]
        events = [
            (f"{act.at:%Y-%m-%d %H:%M}", _event(act), act.handle) for _, act in self.history.of(Vetoed, Withdrawn)
        ] + [
            (f"{act.at:%Y-%m-%d %H:%M}", f"clearance of {len(act.pictures)} pictures until {act.until}", act.handle)
            for _, act in self.history.of(ClearanceIssued)
        ]
        return tag(
            "section", tag("h2", "What took place"), _table(("stage", "its look"), rows),
            _table(("when (UTC)", "what", "by"), sorted(events)) if events else tag("p", NOTHING_YET),
        )  # fmt: skip


def _event(act: Vetoed | Withdrawn) -> str:
    return "veto" if isinstance(act, Vetoed) else f"{len(act.pictures)} pictures taken back"


def _limits() -> Html:
    return tag(
        "section",
        tag("h2", "What this does not say"),
        tag(
            "p",
            "It says what was recorded, when, and by which key; not that it is true, and not whose fault anything is.",
        ),
        tag("p", "Whoever was never named for a choice appears here as nobody."),
    )


def _table(heads: tuple[str, ...], rows: list[tuple[Content, ...]] | list[tuple[str, str, str]]) -> Html:
    head = tag("tr", [tag("th", each, scope="col") for each in heads])
    body = [tag("tr", [tag("td", cell) for cell in row]) for row in rows]
    return tag("table", tag("thead", head), tag("tbody", body))
