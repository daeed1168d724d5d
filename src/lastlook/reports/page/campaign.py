"""What stands around the pictures: seen together, decisions, requirements, second looks, limits, packs, errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.checking.result import Finding, PackUsed
from lastlook.decisions.claims import Claim, Claims, name_of
from lastlook.errors import Problem
from lastlook.reports import words
from lastlook.reports.page.facts import campaign_facts
from lastlook.reports.page.finding import digest, finding_in_full
from lastlook.reports.page.folio import Folio
from lastlook.reports.page.markup import NOTHING, Html, joined, prose, tag

# docs/limits.md in short.
LIMITS = (
    "It does not look at the pictures themselves: it believes what is declared, and what nobody listed is not there.",
    "A machine may raise a hand. Only people clear, and nothing here is a clearance.",
    "A claim is a claim: whoever wrote the campaign folder says who held which choice.",
    "The packs are a small part of what codes and laws say, in our words. A country without a pack is undecided.",
    "A digest knows bytes, not pictures: it finds no crops, screenshots or copies elsewhere.",
    "Covering a picture keeps it off the screen until somebody asks. It does not protect anybody in it.",
    "It is not legal advice. The rules raise questions for people who answer for them.",
)


def section(folio: Folio, place: str, title: str, *body: Html | Iterable[Html]) -> Html:
    return tag(
        "section", folio.heading(1, title, place=place), body, class_=place, aria_labelledby=folio.name_of(place)
    )


def seen_together(folio: Folio) -> Html:
    """Findings about several pictures that the public meets together, or about the campaign as a whole."""
    findings = [each for each in folio.result.findings if not words.is_told_by_questions(each)]
    if not findings:
        return NOTHING
    return section(
        folio, "together", "Together and as a whole",
        [finding_in_full(folio, each, level=2, of=folio.pictures(each.assets)) for each in findings],
    )  # fmt: skip


def between_campaigns(folio: Folio, findings: Sequence[Finding]) -> Html:
    """Findings about several campaigns: their pictures are called `campaign/picture`."""
    return tag(
        "section", folio.heading(0, "Seen together, in the same days", place="campaigns"),
        [finding_in_full(folio, each, level=1, of=tag("span", ", ".join(each.assets))) for each in findings],
        class_="together", aria_labelledby=folio.place("campaigns"),
    )  # fmt: skip


# Who decided.


def decisions(folio: Folio) -> Html:
    case = folio.seen.case
    if case is None:
        return NOTHING
    head = tag("thead", tag("tr", [tag("th", each, scope="col") for each in ("Right", "Held by", "Pictures")]))
    bodies = [_right(folio, right, case.claims) for right in DECISION_RIGHTS]
    return section(
        folio, "decisions", "Who decided",
        tag("p", "As the campaign folder claims it; nobody named here has confirmed it. A hole is a question."),
        tag("table", tag("caption", "Each decision right, who holds it, on which pictures"), head, bodies),
    )  # fmt: skip


def _right(folio: Folio, right: str, claims: Claims) -> Html:
    """One right: a line for each holder, and for each hole."""
    held: dict[tuple[str, Claim | None], list[str]] = {}
    for asset in folio.result.assets:
        claim = claims.claim(right, asset.id)
        told = name_of(claim.holder) if claim else "" if claims.complete else "unknown"
        held.setdefault((told, claim), []).append(asset.id)
    rows = []
    for n, ((holder, claim), assets) in enumerate(held.items()):
        name = tag("th", words.code_in_words(right), scope="rowgroup", rowspan=len(held)) if n == 0 else None
        pictures = folio.pictures(assets)
        rows.append(tag("tr", name, tag("td", _holder(holder, claim)), tag("td", pictures)))
    return tag("tbody", rows)


def _holder(holder: str, claim: Claim | None) -> Html:
    if claim is None or holder in words.HOLDER_WORDS:
        hole = tag("b", words.holder_in_words(holder) if holder else words.NOT_CLAIMED, class_="hole")
        return joined([hole, tag("span", f" ({claim.source})", class_="known") if claim else None])
    meaning = "" if claim.meaning == "decided" else f", {words.code_in_words(claim.meaning)}"
    authority = f"{claim.authority}{meaning} ({claim.source})" if claim.authority else f"{meaning} ({claim.source})"
    return joined([tag("b", holder), tag("span", f" {authority.removeprefix(', ')}", class_="known")])


# What else a clearance asks for.


def requirements(folio: Folio) -> Html:
    asked = folio.result.requirements
    if not asked:
        return NOTHING
    items = [
        tag("li", f"{each.title} ", tag("span", f"({', '.join(each.answered_by)}; {each.rule})", class_="known"))
        for each in asked
    ]
    intro = tag("p", f"Asked once at stage {words.code_in_words(folio.result.stage)}, whatever the pictures show.")
    return section(folio, "requirements", "To be cleared", intro, tag("ul", items))


def second_looks(folio: Folio) -> Html:
    facts = folio.result.unreviewed
    if not facts:
        return NOTHING
    by_pictures: dict[tuple[str, ...], list[str]] = {}
    for each in facts:
        of = tuple(asset.id for asset in folio.result.assets if asset.id in each.of)  # in the order of the campaign
        by_pictures.setdefault(of, []).append(each.fact)
    head = tag("thead", tag("tr", tag("th", "Pictures", scope="col"), tag("th", "Facts", scope="col")))
    rows = [
        tag(
            "tr",
            tag("th", folio.pictures(of), scope="row"),
            tag("td", tag("ul", [tag("li", words.fact_in_words(fact)) for fact in said], class_="run")),
        )
        for of, said in by_pictures.items()
    ]
    intro = (
        "Each of these keeps a rule quiet, and only those who made the pictures have said so. A check may rest on "
        "that; a clearance may not, until somebody else has looked."
    )
    table = tag("table", tag("caption", "Facts that nobody but their makers has looked at"), head, tag("tbody", rows))
    return section(folio, "second-looks", "Needs a second pair of eyes", tag("p", intro), table)


def known_of_the_campaign(folio: Folio) -> Html:
    case = folio.seen.case
    if case is None:
        return NOTHING
    return section(folio, "plan", "The campaign and its plan", campaign_facts(folio, case.campaign, case.assets))


# The page's own ends.


def limits(folio: Folio) -> Html:
    return section(
        folio, "limits", "What Lastlook cannot see", tag("ul", [tag("li", each) for each in LIMITS], class_="slow")
    )


def packs(folio: Folio, used: Sequence[PackUsed]) -> Html:
    head = tag("thead", tag("tr", [tag("th", each, scope="col") for each in ("Pack", "Version", "SHA-256")]))
    rows = [
        tag("tr", tag("th", each.id, scope="row"), tag("td", each.version), tag("td", digest(each.digest)))
        for each in used
    ]
    table = tag("table", tag("caption", "The rules in use"), head, tag("tbody", rows))
    return section(folio, "packs", "Packs", table)


def errors(folio: Folio, problems: Sequence[Problem]) -> Html:
    if not problems:
        return NOTHING
    items = [
        tag(
            "li",
            tag("p", tag("code", str(each.where)), f" {each.where.field}" if each.where.field else None),
            tag("p", prose(each.what)),
            tag("p", tag("span", "Try: ", class_="label"), prose(each.remedy), class_="clears"),
        )
        for each in problems
    ]
    intro = tag("p", "Everything else was judged all the same.")
    return section(folio, "unread", "Could not be read", intro, tag("ul", items, class_="problems"))


def notes(folio: Folio) -> Html:
    """What reading had to decide by itself, such as which letters a sheet is written in."""
    if not folio.result.notes:
        return NOTHING
    items = [tag("li", prose(each)) for each in folio.result.notes]
    return section(folio, "notes", "How it was read", tag("ul", items, class_="slow"))
