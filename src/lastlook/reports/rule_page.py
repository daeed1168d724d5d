"""A rule's page: what it flags, why, what clears it, what it cannot see, sources. The heads never change."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.reports.words import UNCONFIRMED
from lastlook.rules.rule import FIRST_DAY, LAST_DAY, Example, Rule

EFFECT_WORDS = {
    "block": "Stops the picture until what it flags is changed",
    "sign_off": "Stops the picture until somebody signs for it",
    "document": "Stops the picture until a document is on file",
    "ask": "Asks a question",
    "advise": "Is shown, and stops nothing",
}


def rule_page(rule: Rule) -> str:
    """The page in Markdown, made from the rule file alone."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id}: {rule.title}"
    yield ""
    yield from (f"- {label}: {text}" for label, text in facts_of(rule))
    page = rule.page
    for head, text in (
        ("What it flags", page.flags),
        ("Why", page.why),
        ("What clears it", page.clears),
        ("What it cannot see", page.cannot_see),
    ):
        yield from ("", f"## {head}", "", text.strip())
    yield from ("", "## Examples", "")
    for word, examples in (
        ("Flags", rule.flags), ("Passes", rule.passes), ("Cannot tell", rule.cannot_tell),
    ):  # fmt: skip
        yield from (f"- {word}: {_sentence(example)}" for example in examples)
    if rule.known_misses:
        yield from ("", "## Known misses", "")
        yield from (f"- {miss.strip()}" for miss in rule.known_misses)
    yield from ("", "## Sources", "")
    yield from (f"- {source.strip()}" for source in page.sources)
    yield ""


def _sentence(example: Example) -> str:
    return example.why.strip()


def facts_of(rule: Rule) -> Iterator[tuple[str, str]]:
    """What a reader looks up first: clause, effect, who answers, where and when it holds."""
    yield "Clause", rule.clause
    yield "Effect", f"{rule.effect}. {EFFECT_WORDS[rule.effect]}."
    if rule.document is not None:
        of = {"people": "each person it flags", "products": "each product it flags"}.get(
            rule.document.of, rule.document.of
        )
        final = ", for exactly the final picture" if rule.document.final_bytes else ""
        count = f", from {rule.document.count} people" if rule.document.count > 1 else ""
        yield "Document", f"{rule.document.kind} of {of}{count}{final}"
    if rule.answered_by:
        yield "Answered by", ", ".join(rule.answered_by)
    waivers = ", ".join(rule.waivable_by) if rule.waivable_by else "nobody"
    if rule.effect == "block":
        yield "May be waived by", waivers
    yield "Where", ", ".join(sorted(rule.territories)) if rule.territories else "wherever the campaign goes"
    yield "In force", _in_force(rule)
    yield "Looked at", {"asset": "in each picture", "group": "in pictures met together"}.get(rule.scope, rule.scope)
    unconfirmed = UNCONFIRMED.get(rule.confidence)
    yield "Confidence", f"{rule.confidence}, {unconfirmed}" if unconfirmed else rule.confidence
    yield "Profile", rule.profile


def _in_force(rule: Rule) -> str:
    since = "" if rule.in_force.first == FIRST_DAY else f"from {rule.in_force.first}"
    until = "" if rule.in_force.last == LAST_DAY else f"until {rule.in_force.last}"
    return " ".join(part for part in (since, until) if part) or "always"
