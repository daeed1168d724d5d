"""Questions first: by whom one would ask, numbered, each with what waits for it and where the answer is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lastlook.checking.result import Question, Request
from lastlook.reports import words
from lastlook.reports.page.folio import Addressee, Folio
from lastlook.reports.page.markup import Content, Html, joined, prose, tag


def questions(folio: Folio) -> Html:
    """Facts that are missing, asked of who decided them; then what each role is asked to answer for."""
    result = folio.result
    asked = [*_to_holders(folio), *_to_roles(folio)]
    if not asked:
        looks = " What needs a second pair of eyes is listed below." if result.unreviewed else ""
        asked = [tag("p", f"Nobody has to be asked anything.{looks}")]
    return tag(
        "section", folio.heading(1, "Questions", place="questions"), asked,
        class_="questions", aria_labelledby=folio.name_of("questions"),
    )  # fmt: skip


def _addressed(folio: Folio, name: str, why: str, items: Sequence[Html]) -> Html:
    """All that one person or role is asked."""
    head = folio.heading(2, tag("span", name), " ", tag("span", why, class_="aside"))
    return tag("div", head, tag("ol", items, class_="asks"), class_="addressee")


def _item(number: int, *content: Content, place: str | None = None) -> Html:
    answer = tag("p", "Answer, name, day:", class_="answer", aria_hidden="true")  # on paper, somewhere to write
    return tag(
        "li", tag("span", str(number), class_="number", aria_hidden="true"), tag("div", content, answer),
        id=place, value=number,
    )  # fmt: skip


# Facts, asked of who holds the choice.


def _to_holders(folio: Folio) -> Iterator[Html]:
    for addressee, asked in folio.ordered_questions.items():
        rights = dict.fromkeys(question.right for _, question in asked if question.right)
        name, why = _name(addressee, list(rights))
        yield _addressed(folio, name, why, [_question(folio, number, question) for number, question in asked])


def _name(addressee: Addressee, rights: Sequence[str]) -> tuple[str, str]:
    if not rights:
        return "Whoever keeps the campaign folder", ""
    choice = ", ".join(words.right_in_words(right) for right in rights)
    if addressee.holders == ("none",):
        return f"Nobody holds {choice}", "name somebody first, and ask them"
    if addressee.holders == ("unknown",):
        return f"It is not known who holds {choice}", "find out first, and ask them"
    holders = [holder for holder in addressee.holders if holder not in words.HOLDER_WORDS]
    why = f"{'holds' if len(holders) == 1 else 'hold'} {choice}"
    if len(holders) < len(addressee.holders):
        why += "; of some pictures nobody does, or it is not known who"
    return " and ".join(holders) or f"Nobody holds {choice}, or it is not known who", why if holders else ""


def _question(folio: Folio, number: int, question: Question) -> Html:
    told = [
        tag("p", f"{label.capitalize()}: {line}", class_="told")
        for label, line in words.told_in_words(question.raised, folio.value)
    ]
    titles = [rule.title if (rule := folio.rules.get(each)) else each for each in question.undecided_rules]
    waiting = f"{words.count(len(titles), 'rule')} {'waits' if len(titles) == 1 else 'wait'} for it: "
    return _item(
        number,
        tag("p", prose(question.asks), class_="ask"),
        told,
        tag("p", "In ", folio.pictures(question.of), ". ", _where_to(question.fact)),
        tag("p", waiting, words.first_of(titles, "; "), ".", class_="quiet") if titles else None,
        place=folio.place(f"question-{number}"),
    )


def _where_to(fact: str) -> Html:
    """Where the answer goes: what only the file or a decision can say has no key of its own."""
    if fact.startswith("file."):
        return tag("span", "If not, take it out of the file; if so, it waits for a review.")
    if fact.startswith("held."):
        return joined(["Write it under ", tag("code", "decisions"), "."])
    return joined(["Write it at ", tag("code", fact), "."])


# What is shown, asked of the role that answers for it.


def _to_roles(folio: Folio) -> Iterator[Html]:
    by_role: dict[str, dict[tuple[str, ...], list[Request]]] = {}
    for request in folio.result.requests:  # the same rules of several pictures are read once
        by_role.setdefault(request.role, {}).setdefault(request.rules, []).append(request)
    number = len(folio.result.questions)
    for role, requests in by_role.items():
        items = [_request(folio, number + n, alike) for n, alike in enumerate(requests.values(), start=1)]
        number += len(items)
        yield _addressed(folio, words.code_in_words(role).capitalize(), "answers for what is shown", items)


def _request(folio: Folio, number: int, alike: Sequence[Request]) -> Html:
    ids = {each for request in alike for each in request.findings}
    findings = [finding for finding in folio.result.every_finding if finding.id in ids]
    titles = dict.fromkeys(finding.title for finding in findings)
    clears = dict.fromkeys(finding.clears_when for finding in findings)
    facts = dict.fromkeys(words.fact_in_words(fact) for request in alike for fact in request.facts)
    pictures = dict.fromkeys(asset for request in alike for asset in request.of)
    return _item(
        number,
        [tag("p", f"{title}.", class_="ask") for title in titles],
        tag("p", "In ", folio.pictures(pictures), "."),
        tag("p", "It rests on ", "; ".join(facts), ".", class_="quiet") if facts else None,
        [tag("p", tag("span", "What clears it: ", class_="label"), prose(each), class_="clears") for each in clears],
    )
