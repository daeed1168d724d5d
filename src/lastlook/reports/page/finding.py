"""One finding in full: the rule in our own words, what it rests on, who held the choice, what clears it."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.checking.result import Because, Finding, HeldBy
from lastlook.reading.kinds import UNKNOWN_WORD
from lastlook.reports import words
from lastlook.reports.page.folio import Folio
from lastlook.reports.page.marks import mark
from lastlook.reports.page.markup import Html, joined, prose, tag
from lastlook.reports.rule_page import EFFECT_WORDS


def finding_in_full(folio: Folio, finding: Finding, *, level: int = 3, of: Html | None = None) -> Html:
    """`of`: the pictures it is about, where it does not stand in the section of one."""
    state = finding.verdict
    title = folio.heading(
        level, tag("span", mark(state), words.VERDICT_WORDS[state], class_=f"state {state}"), f" {finding.title}"
    )
    return tag("section", title, _rule(folio, finding), tag("dl", list(_rows(folio, finding, of))), class_="finding")


def _rule(folio: Folio, finding: Finding) -> Html:
    rule = folio.rules.get(finding.rule)
    where = f" In {', '.join(finding.territories)}." if finding.territories else ""
    unconfirmed = words.UNCONFIRMED.get(finding.confidence)
    known = tag("span", f" This clause is {unconfirmed}.", class_="doubt") if unconfirmed else None
    effect = f" {EFFECT_WORDS[finding.effect]}.{where}"
    head = tag("p", tag("code", finding.rule), f" {finding.clause}.{effect}", known, class_="clause")
    if rule is None:
        return head
    more = tag(
        "details",
        tag("summary", "Why this rule is here, and what it cannot see"),
        tag("p", prose(rule.page.why)), tag("p", prose(rule.page.cannot_see)),
        tag("p", "Sources: ", "; ".join(rule.page.sources)),
        class_="why",
    )  # fmt: skip
    return Html(head + tag("p", prose(rule.page.flags), class_="said") + more)


def _rows(folio: Folio, finding: Finding, of: Html | None) -> Iterator[Html]:
    if of is not None:
        yield _row("Pictures", of)
    if finding.document is not None:
        document = finding.document
        kind = words.code_in_words(document.kind)
        yield _row("Document", f"{kind} of {document.of}: {words.code_in_words(document.status)}")
    if finding.because:
        yield _row("Because", tag("ul", [_because(folio, each) for each in finding.because]))
    if finding.missing:
        missing = [tag("code", address) for address in finding.missing]
        yield _row("Missing", joined(missing, ", "))
    if finding.held_by:
        yield _row("Held by", tag("ul", [_held(each) for each in finding.held_by], class_="run"))
    if finding.answered_by:
        yield _row("Answered by", ", ".join(words.code_in_words(role) for role in finding.answered_by))
    yield _row("What clears it", prose(finding.clears_when), class_="clears")


def _row(label: str, said: str, *, class_: str | None = None) -> Html:
    return tag("div", tag("dt", label), tag("dd", said, class_=class_))


def _because(folio: Folio, because: Because) -> Html:
    unheld = words.unheld_right(because)
    where = words.fact_in_words(because.fact)
    asset = f"{folio.file(because.asset)}, " if because.asset and because.asset not in folio.elements else ""
    fact = (
        tag("b", f"Nobody holds {words.right_in_words(unheld)}")
        if unheld
        else joined([asset, where, " is ", tag("b", folio.value(because.value))])
    )
    known = f" ({because.known}, {because.source})" if because.known else " (no decision names it)"
    known = " (nobody knows)" if because.value == UNKNOWN_WORD else known
    but = [
        tag("span", f"but {folio.contradiction(because, told)} ({told.known}, {told.source})", class_="but")
        for told in because.contradicted_by
    ]
    return tag("li", fact, tag("span", known, class_="known"), but)


def _held(held: HeldBy) -> Html:
    holder = tag("b", words.holder_in_words(held.holder), class_="hole" if held.holder in words.HOLDER_WORDS else None)
    meaning = f" ({words.code_in_words(held.meaning)})" if held.meaning != "decided" else None
    return tag("li", f"{words.code_in_words(held.right)}: ", holder, meaning)


def digest(whole: str) -> Html:
    """A digest shortened in the middle, with the whole on demand."""
    short = tag("code", f"{whole[:8]}…{whole[-8:]}")
    return tag("details", tag("summary", short), tag("code", whole, class_="whole"), class_="digest")
