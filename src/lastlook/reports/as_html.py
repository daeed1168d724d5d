"""Results as one page that stands by itself: no network, no script, nothing to install; it prints.

Pure: what comes in are results, cases, rules and thumbnails already made small; what goes out is text, piece by piece,
so that no more than one thumbnail is held at a time. Whatever came from a campaign folder is escaped on its way through
`page.markup`. A Content-Security-Policy in the page itself says that nothing is fetched and nothing runs, in case that
ever fails.

Ages are age bands unless exact ones are asked for, as in JSON: a page is sent on (docs/decisions/0006).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from lastlook.checking.result import PackUsed, Result, Results, Verdict, Waiting
from lastlook.reports import words
from lastlook.reports.page import campaign as around
from lastlook.reports.page.contact_sheet import contact_sheet
from lastlook.reports.page.folio import Folio, Seen
from lastlook.reports.page.marks import mark
from lastlook.reports.page.markup import Html, filled, joined, tag
from lastlook.reports.page.pictures import pictures, pixels_of
from lastlook.reports.page.questions import questions
from lastlook.rules.rule import Rule

__all__ = ["Seen", "as_html"]

_STATES = {Verdict.STOPPED: "stopped", Verdict.UNDECIDED: "undecided", Verdict.CLEAR: "clear"}


def as_html(
    results: Results, seen: Sequence[Seen], rules: Mapping[str, Rule], *, with_personal_data: bool = False
) -> Iterator[str]:
    """The page in pieces. `seen` goes with `results.results`, one for one; `rules` are those in use, by id."""
    alone = len(results.results) == 1
    folios = [
        Folio(
            result, each, rules,
            key="" if alone else f"campaign-{number}-", top=1 if alone else 2, with_personal_data=with_personal_data,
        )
        for number, (result, each) in enumerate(zip(results.results, seen, strict=True), start=1)
    ]  # fmt: skip
    body = _one(folios[0], results) if alone else _several(folios, results, rules, with_personal_data)
    page = Html(f"<!doctype html>\n{tag('html', _head(results), tag('body', body), lang='en')}\n")
    return filled(page, pixels_of(folios))


def _head(results: Results) -> Html:
    css = resources.files("lastlook.reports").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    names = ", ".join(result.title or result.campaign for result in results.results)
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{names}: last look"),
        tag("style", Html(css)),
    )


def _one(folio: Folio, results: Results) -> Html:
    result = folio.result
    problems = (*results.errors, *result.errors)
    own = _sections(folio)
    end = [around.errors(folio, problems), around.notes(folio), around.limits(folio), around.packs(folio, result.packs)]
    return joined(
        [
            _skip(),
            tag("header", _who_we_are(), _title(folio, result), _contents(folio, [*own, *end]), class_="top"),
            tag("main", own, end, id="main", tabindex="-1"),
            _foot(),
        ]
    )


def _several(folios: Sequence[Folio], results: Results, rules: Mapping[str, Rule], with_personal_data: bool) -> Html:
    of_all = results.results[0]  # the sections about all campaigns look nothing up in it
    whole = Folio(of_all, Seen(), rules, key="all-", top=2, with_personal_data=with_personal_data)
    top = Folio(of_all, Seen(), rules, key="all-", top=1, with_personal_data=with_personal_data)
    listed = [
        tag(
            "li",
            tag("span", mark(_STATES[folio.result.verdict]), class_=f"state {_STATES[folio.result.verdict]}"),
            tag("a", folio.result.title or folio.result.campaign, href=f"#{folio.place('campaign')}"),
            tag("p", words.sum_of(folio.result)),
        )
        for folio in folios
    ]
    together = around.between_campaigns(whole, results.findings) if results.findings else None
    unread = around.errors(top, results.errors)
    packs: dict[PackUsed, None] = dict.fromkeys(pack for result in results.results for pack in result.packs)
    return joined(
        [
            _skip(),
            tag(
                "header", _who_we_are(), tag("h1", words.count(len(folios), "campaign")),
                tag("ul", listed, class_="campaigns"), class_="top",
            ),
            tag(
                "main", together,
                [_campaign(folio) for folio in folios],
                unread, around.limits(top), around.packs(top, tuple(packs)), id="main", tabindex="-1",
            ),
            _foot(),
        ]
    )  # fmt: skip


def _campaign(folio: Folio) -> Html:
    own = [*_sections(folio), around.errors(folio, folio.result.errors), around.notes(folio)]
    return tag(
        "section", _title(folio, folio.result), _contents(folio, own), own,
        class_="campaign", aria_labelledby=folio.place("campaign"),
    )  # fmt: skip


def _sections(folio: Folio) -> list[Html]:
    """Everything about one campaign: questions first."""
    return [
        questions(folio),
        contact_sheet(folio),
        pictures(folio),
        around.seen_together(folio),
        around.decisions(folio),
        around.requirements(folio),
        around.second_looks(folio),
        around.known_of_the_campaign(folio),
    ]


def _title(folio: Folio, result: Result) -> Html:
    facts = [result.brand] if result.brand else []
    facts += [
        words.count(len(result.assets), "picture"),
        f"stage {words.code_in_words(result.stage)}",
        f"looked at on {words.day_in_words(result.on)}",
    ]
    state = _STATES[result.verdict]
    return joined(
        [
            folio.heading(0, result.title or result.campaign, place="campaign"),
            tag("p", ", ".join(facts), class_="facts-line"),
            tag("p", mark(state), tag("span", words.sum_of(result)), class_=f"sum {state}"),
            _earliest(result),
        ]
    )


def _earliest(result: Result) -> Html | None:
    """When a clearance is possible at the earliest, what takes that long, and whether that is in time."""
    earliest = result.earliest
    if earliest is None:
        return None
    day = words.day_in_words(earliest.day)
    if result.flight is None:
        in_time = joined([day, "."])
    else:
        first = words.day_in_words(result.flight.first)
        late = earliest.day > result.flight.first
        said = tag("b", "after the flight begins", class_="hole") if late else "in time for the flight"
        that = ". Without the time that a change takes it is " if earliest.changes else ". That is "
        in_time = joined([day, that, said, f", on {first}."])
    first = words.changed_first(earliest, {each.id: each.file for each in result.assets if each.file})
    takes = [tag("li", first)] if first else []
    takes += [tag("li", _takes(each)) for each in earliest.because]
    head = tag("p", "A clearance is possible at the earliest on ", in_time)
    return tag("div", head, tag("ul", takes) if takes else None, class_="earliest")


def _takes(waiting: Waiting) -> str:
    takes = waiting.takes
    doubt = ", our estimate" if takes.unconfirmed else ""
    what = waiting.what[:1].upper() + waiting.what[1:]
    return f"{what} takes about {words.count(takes.days, 'day')}: {takes.why}{doubt}."


_PLACES = {
    "questions": "Questions",
    "sheet": "Contact sheet",
    "pictures": "Pictures",
    "together": "As a whole",
    "decisions": "Who decided",
    "requirements": "To be cleared",
    "second-looks": "Second looks",
    "plan": "Plan",
    "unread": "Could not be read",
    "notes": "Read as",
    "limits": "Limits",
    "packs": "Packs",
}


def _contents(folio: Folio, sections: Sequence[Html]) -> Html:
    """Links to the sections that are there."""
    whole = joined(sections)
    links = [
        tag("li", tag("a", title, href=f"#{folio.place(place)}"))
        for place, title in _PLACES.items()
        if f' id="{folio.place(place)}"' in whole
    ]
    label = "On this page" if not folio.key else f"In {folio.result.title or folio.result.campaign}"
    return tag("nav", tag("ul", links), aria_label=label)


def _skip() -> Html:
    return tag("a", "Skip to the questions", href="#main", class_="skip")


def _who_we_are() -> Html:
    return tag("p", tag("b", "Lastlook"), " The last look before a campaign goes out", class_="house")


def _foot() -> Html:
    return tag(
        "footer",
        tag("p", "Nothing found is not a clearance: it is the absence of findings, on the word of the makers."),
        tag("p", "This page holds pictures of people and names of those who decided. Send it only to who needs it."),
    )
