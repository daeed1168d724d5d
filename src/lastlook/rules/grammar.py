"""The grammar of one rule file: a reader, and the JSON Schema that editors and other tools check packs with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lastlook.campaigns import vocabulary as v
from lastlook.campaigns.nouns import NOUNS, Age, Noun
from lastlook.digests import canonical, sha256_of_value
from lastlook.errors import Place
from lastlook.facts.truth import Truth
from lastlook.reading.kinds import (
    Code,
    Country,
    Date,
    Days,
    Fields,
    Flag,
    Ident,
    Items,
    Kind,
    ListOf,
    Number,
    Problems,
    Record,
    Schema,
    Span,
    Text,
)
from lastlook.reading.tree import Branch, Node, Scalar, plain
from lastlook.rules.conditions import AllOf, AnyOf, Condition, Count, Every, KnownLiteral, Some, literals
from lastlook.rules.derived import Derived, DerivedFacts
from lastlook.rules.rule import (
    FIRST_DAY,
    LAST_DAY,
    PROFILES,
    Confidence,
    DocumentDemand,
    Effect,
    Example,
    Page,
    Profile,
    Rule,
    Scope,
    Subject,
)
from lastlook.rules.when import SCOPE_CONTEXTS, Context, read_when

RULE_ID = r"^[a-z][a-z0-9]*([-.][a-z0-9]+)*$"
CONFIDENCES = ("certain", "check", "memory")
SCOPES = tuple(SCOPE_CONTEXTS)
SUBJECTS = ("people", "products", "asset", "campaign")


class RuleId(Ident):
    pattern = RULE_ID
    expects = "a rule id: lower case, digits, `-` and `.`, such as house-pairing"


class Raw(Kind[Node]):
    """Read later, with more known about where it stands; `definition` names its schema."""

    def __init__(self, definition: str) -> None:
        self.definition = definition
        self.expects = f"a {definition}"

    def read(self, node: Node, problems: Problems) -> Node:
        return node

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.definition}"}


PAGE = Record(
    "page",
    {
        "flags": Text(),
        "why": Text(),
        "clears": Text(),
        "cannot_see": Text(),
        "sources": ListOf(Text(500), none_allowed=False),
    },
    required=("flags", "why", "clears", "cannot_see", "sources"),
)
DEMAND = Record(
    "document demand",
    {
        "kind": Code(v.DOCUMENTS, "document"),
        "of": Code(SUBJECTS, "subject"),
        "count": Number(1, 20),
        "final_bytes": Flag(),
    },
    required=("kind",),
    unknown_allowed=False,
)
ROLES = ListOf(Code(v.ANSWERING_ROLES, "role"), none_allowed=False)
EXAMPLES = ListOf(Raw("example"), none_allowed=False)
RULE = Record(
    "rule",
    {
        "id": RuleId(),
        "clause": Text(200),
        "title": Text(200),
        "when": Raw("when"),
        "effect": Code(v.EFFECTS, "effect"),
        "answered_by": ROLES,
        "document": DEMAND,
        "scope": Code(SCOPES, "scope"),
        "waivable_by": ROLES,
        "in_force": Record(
            "in-force time", {"from": Date(), "until": Date()}, required=("from",), unknown_allowed=False
        ),
        "confidence": Code(CONFIDENCES, "confidence"),
        "profile": Code(PROFILES, "profile"),
        "safeguards_children": Flag(),
        "page": PAGE,
        "flags": EXAMPLES,
        "passes": EXAMPLES,
        "cannot_tell": EXAMPLES,
        "known_misses": ListOf(Text(1_000)),
    },
    required=("id", "clause", "title", "when", "effect", "in_force", "confidence", "page"),
    unknown_allowed=False,
)


def read_rule(
    node: Node,
    *,
    pack: str,
    territories: frozenset[str] | None,
    derived: DerivedFacts,
    words: Mapping[str, tuple[str, ...]],
    problems: Problems,
) -> Rule | None:
    """One rule, or None after adding at least one problem."""
    before = len(problems)
    fields = RULE.read(node, problems)
    if fields is None or fields.unsaid:
        return None
    effect = cast(Effect, fields.value("effect"))
    scope = cast(Scope, fields.value("scope") or "asset")
    noun, around = SCOPE_CONTEXTS[scope]
    context = Context(NOUNS[noun], around, derived, words, known_allowed=effect == "advise")
    condition = read_when(cast(Node, fields.value("when")), context, problems)
    page, in_force = cast(Fields, fields.value("page")), cast(Fields, fields.value("in_force"))
    if condition is None or len(problems) > before:
        return None
    rule = Rule(
        id=str(fields.value("id")),
        pack=pack,
        clause=str(fields.value("clause")),
        title=str(fields.value("title")),
        effect=effect,
        condition=condition,
        scope=scope,
        in_force=Span(in_force.value("from") or FIRST_DAY, in_force.value("until") or LAST_DAY),  # type: ignore[arg-type]
        confidence=cast(Confidence, fields.value("confidence")),
        page=_page(page),
        territories=territories,
        answered_by=_words(fields, "answered_by"),
        document=_demand(fields),
        waivable_by=_words(fields, "waivable_by"),
        profile=cast(Profile, fields.value("profile") or "essential"),
        safeguards_children=bool(fields.value("safeguards_children")),
        flags=_examples(fields, "flags", problems),
        passes=_examples(fields, "passes", problems),
        cannot_tell=_examples(fields, "cannot_tell", problems),
        known_misses=_words(fields, "known_misses"),
        digest=sha256_of_value({"file": canonical(plain(node)), "condition": canonical(condition)}),
        source=node.place.file,
    )
    if rule.in_force.last < rule.in_force.first:
        what = f"in_force ends ({rule.in_force.last}) before it begins ({rule.in_force.first})."
        problems.add(in_force.place, what, "Swap the dates.")
    _check_sense(rule, fields.place, problems)
    return rule if len(problems) == before else None


def _words(fields: Fields, key: str) -> tuple[str, ...]:
    items = cast("Items[str] | None", fields.value(key))
    return () if items is None else tuple(member.value for member in items.members)


def _page(fields: Fields) -> Page:
    return Page(
        flags=str(fields.value("flags")),
        why=str(fields.value("why")),
        clears=str(fields.value("clears")),
        cannot_see=str(fields.value("cannot_see")),
        sources=_words(fields, "sources"),
    )


def _demand(fields: Fields) -> DocumentDemand | None:
    demand = cast("Fields | None", fields.value("document"))
    if demand is None:
        return None
    return DocumentDemand(
        kind=str(demand.value("kind")),
        of=cast(Subject, demand.value("of") or "asset"),
        count=cast(int, demand.value("count") or 1),
        final_bytes=bool(demand.value("final_bytes")),
    )


def _examples(fields: Fields, key: str, problems: Problems) -> tuple[Example, ...]:
    examples: list[Example] = []
    items = cast("Items[Node] | None", fields.value(key))
    for member in items.members if items else ():
        node = member.value
        why = node.entries.get("why") if isinstance(node, Branch) else None
        if not isinstance(node, Branch) or not isinstance(why, Scalar) or why.value is None:
            place = why.place if why is not None else node.place
            problems.add(place, "An example is a fragment of a manifest with a `why`.", "Add `why`.")
            continue
        rest = {key: value for key, value in node.entries.items() if key != "why"}
        examples.append(Example(why.words, Branch(node.place, rest)))
    return tuple(examples)


def _check_sense(rule: Rule, place: Place, problems: Problems) -> None:
    """What no schema can say: which keys an effect needs, and what a block may rest on."""
    if rule.effect == "document" and rule.document is None:
        problems.add(place, f"{rule.id} asks for a document and names none.", "Add `document: {kind: …}`.")
    if rule.effect != "document" and rule.document is not None:
        problems.add(place, f"{rule.id} names a document, but its effect is {rule.effect}.", "Set `effect: document`.")
    if rule.effect in ("sign_off", "ask") and not rule.answered_by:
        problems.add(place, f"Nobody can answer {rule.id}.", "Add `answered_by: [role]`.")
    if rule.waivable_by and (rule.effect != "block" or rule.safeguards_children):
        remedy = "Remove `waivable_by`: only blocks are waived, and none that safeguards children."
        problems.add(place, f"{rule.id} cannot be waived.", remedy)
    if rule.effect == "block" and rule.confidence != "certain" and not rule.safeguards_children:
        remedy = "Use `sign_off`, or confirm the clause."
        problems.add(place, f"{rule.id} blocks on a clause that is not confirmed.", remedy)
    if rule.effect == "block" and rule.is_standing_requirement:
        problems.add(place, f"{rule.id} blocks always.", "Give it a condition.")
    if rule.document is not None and rule.document.of in ("people", "products") and subjects_of(rule) is None:
        remedy = f"Put `some: {rule.document.of}` into `when`, at the top or directly under `all`."
        problems.add(place, f"{rule.id} does not say which {rule.document.of} need the document.", remedy)


def subjects_of(rule: Rule) -> tuple[tuple[Condition, ...], Some] | None:
    """For a document of each person or product: the rest of the condition, and the `some` that picks the subjects."""
    parts = rule.condition.parts if isinstance(rule.condition, AllOf) else (rule.condition,)
    of = rule.document.of if rule.document else None
    for part in parts:
        if isinstance(part, Some) and part.name == of and part.reach == "element":
            return tuple(other for other in parts if other is not part), part
    return None


def read_derived(node: Node, derived: dict[tuple[str, str], Derived], problems: Problems) -> None:
    """Adds the derived facts of one file to `derived`; a later one may use an earlier one."""
    member = Record(
        "derived fact",
        {"of": Code(tuple(NOUNS), "noun"), "means": Text(500), "when": Raw("when")},
        required=("of", "means", "when"),
        unknown_allowed=False,
    )
    if not isinstance(node, Branch):
        return problems.add(node.place, "Derived facts are a mapping from names.", "Write `name: {of: …, when: …}`.")
    for name, child in node.entries.items():
        fields = member.read(child, problems)
        if fields is None:
            continue
        noun = NOUNS[str(fields.value("of"))]
        if name in noun.names or (noun.name, name) in derived:
            problems.add(child.place, f"A {noun.name} has a fact `{name}` already.", "Choose another name.")
            continue
        around = frozenset({"campaign"}) if noun.name == "campaign" else frozenset({"asset", "campaign"})
        condition = read_when(cast(Node, fields.value("when")), Context(noun, around, derived), problems)
        if condition is not None:
            derived[noun.name, name] = Derived(name, noun.name, str(fields.value("means")), condition)


def uses_known(condition: Condition) -> bool:
    return any(isinstance(literal, KnownLiteral) for literal in literals(condition))


def facts_used(rule: Rule) -> frozenset[tuple[str, str]]:
    """Every (noun, fact or list) the rule can look at."""
    used = {(literal.noun, literal.name) for literal in literals(rule.condition)}
    return frozenset(used | set(_lists_used(rule.condition, "")))


def _lists_used(condition: Condition, noun: str) -> set[tuple[str, str]]:
    if isinstance(condition, AllOf | AnyOf):
        return {pair for part in condition.parts for pair in _lists_used(part, noun)}
    if isinstance(condition, Some | Every | Count):
        holder = next(
            n.name for n in NOUNS.values() if (found := n.listing(condition.name)) and found.noun == condition.noun
        )
        return {(holder, condition.name)} | _lists_used(condition.where, condition.noun)
    return set()


# The JSON Schema of a rule file.


def rule_schema(derived: DerivedFacts) -> Schema:
    """JSON Schema (2020-12) of one rule file. It does not ask on which noun a name stands; the reader does."""
    when: Schema = {"$ref": "#/$defs/when"}
    lists = sorted({listing.name for noun in NOUNS.values() for listing in noun.lists if listing.noun})
    quantified: list[object] = [
        _object({quantifier: {"enum": lists}, "where": when}) for quantifier in ("some", "every")
    ]
    quantified.append(_object({"count": {"enum": lists}, "where": when, "at_least": Number(1, 10_000).schema()}))
    parts: Schema = {"type": "array", "items": when, "minItems": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Lastlook rule",
        **RULE.schema(),
        "$defs": {
            "when": {
                "anyOf": [
                    {"const": "always"},
                    _object({"all": parts}),
                    _object({"any": parts}),
                    _object({"not": when}),
                    *quantified,
                    {"$ref": "#/$defs/literal"},
                ]
            },
            "literal": {
                "type": "object",
                "properties": _literal_schemas(derived),
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
            "example": {"type": "object", "required": ["why"], "properties": {"why": {"type": ["string", "number"]}}},
        },
    }


def _object(properties: dict[str, object]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _literal_schemas(derived: DerivedFacts) -> dict[str, object]:
    tests: dict[str, list[object]] = {}
    for noun in NOUNS.values():
        prefix = [""] + ([f"{noun.name}."] if noun.name in ("asset", "campaign") else [])
        for name, schema in _tests_of(noun, derived):
            for head in prefix:
                tests.setdefault(head + name, []).append(schema)
    known = _object({"known": {"type": "boolean"}})
    return {name: {"anyOf": [*schemas, known]} for name, schemas in sorted(tests.items())}


def _tests_of(noun: Noun, derived: DerivedFacts) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [(fact.name, _test_schema(fact.kind)) for fact in noun.facts]
    for listing in noun.lists:
        member = listing.member or (Code(listing.codes, "code") if listing.codes else None)
        if member is not None:
            found.append((listing.name, _one_or_more(member.schema())))
    return found + [(name, Flag().schema()) for of, name in derived if of == noun.name]


def _one_or_more(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}


def _test_schema(kind: Kind[object]) -> Schema:
    if isinstance(kind, Code | Country):
        return _one_or_more(kind.schema())
    if isinstance(kind, Flag):
        return kind.schema()
    if isinstance(kind, Text):
        return _object({"words": {"type": "string"}})
    limit = Date().schema() if isinstance(kind, Days | Date) else {"type": "number"}
    assert isinstance(kind, Age | Number | Days | Date), "BUG: a fact without a test"
    return {
        "type": "object",
        "properties": dict.fromkeys(("lt", "le", "gt", "ge", "eq"), limit),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


__all__ = ["RULE", "Truth", "facts_used", "read_derived", "read_rule", "rule_schema", "subjects_of"]
