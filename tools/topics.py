"""Which rules belong to which topic: by the facts and codes that their conditions look at."""

from __future__ import annotations

from collections.abc import Iterable

from lastlook.rules.conditions import CodeLiteral, FactLiteral, literals
from lastlook.rules.rule import Rule
from lastlook.rules.tests import Compared, OneOf

Topics = dict[str, frozenset[str]]

# By code: kinds of product, props, themes, portrayals, appeals and what copy claims.
OF_CODE: Topics = {
    "Alcohol": frozenset({"alcohol", "low_alcohol", "glassware_alcohol", "drinking"}),
    "Gambling and lotteries": frozenset({"gambling", "lottery", "gambling_item"}),
    "Tobacco, nicotine and vapes": frozenset({"tobacco", "nicotine", "vape", "cigarette", "smoking_or_vaping"}),
    "Food and drink": frozenset({"food", "hfss_food", "soft_drink"}),
    "Medicines, procedures and weight": frozenset(
        {
            "medicine",
            "prescription_medicine",
            "cosmetic_procedure",
            "weight_loss",
            "emaciated",
        }
    ),
    "Sexual and adult themes": frozenset(
        {"sexualised", "nude", "partial_nudity", "sexual_content", "nudity", "adult_themed_accessory", "restraint"}
        | {"lingerie", "adult_product"}
    ),
    "Violence, fear, weapons and danger": frozenset(
        {"violence", "horror", "death", "weapon", "knife", "firearm", "weapon_other", "holding_weapon", "unsafe_act"}
        | {"dangerous_driving", "driving", "suicide_or_self_harm"}
    ),
    "Dignity and stereotypes": frozenset(
        {"undignified", "stereotyped", "religion", "race", "gender_stereotype", "bullying"}
    ),
    "What appeals to the young": frozenset(
        {"licensed_character", "toy_like", "youth_celebrity", "cartoon_or_animation", "school_setting", "playground"}
        | {"video_game_style", "holiday_character", "bright_childlike_design"}
    ),
}
# By fact: of whichever noun.
OF_FACT: Topics = {
    "Where it runs, and who watches": frozenset(
        {"near_school", "school_distance_m", "under_18_audience_share", "under_16_audience_share", "made_for_kids"}
        | {"under_15_audience_share", "under_13_audience_share", "targeted_to_adults", "media", "channel"}
    ),
    "Words of the copy": frozenset({"copy.text", "copy.strong_language"}),
    "Claims, prices and offers": frozenset({"copy.claims"}),
    "Urging to buy": frozenset({"copy.exhortation_to_buy", "copy.pester_parents"}),
    "Who pays, and whether it is told": frozenset(
        {"disclosure.commercial_relationship", "disclosure.label", "disclosure.label_visible_without_click"}
    ),
    "Public figures": frozenset(
        {"public_figure.status", "public_figure.known_for", "public_figure.under_18_followers"}
    ),
    "What can be read": frozenset({"third_party_work", "searched", "what"}),
    "Retouched or generated": frozenset(
        {"retouch.silhouette_changed", "retouch.generative_parts", "retouch.ai_likeness", "retouch.composite"}
    ),
}
YOUNG = "Young people shown"
PAPERS = "Papers to have on file"
EVERY = "Every campaign"
OTHER = "Other"


def topics_of(rule: Rule) -> tuple[str, ...]:
    """The topics a rule belongs to, in the order of the tables; at least one."""
    codes, facts, young = _looked_at(rule)
    found = [topic for topic, of in OF_CODE.items() if of & codes]
    found += [YOUNG] if young else []
    found += [topic for topic, of in OF_FACT.items() if of & facts]
    found += [PAPERS] if rule.effect == "document" else []
    found += [EVERY] if rule.is_standing_requirement else []
    return tuple(found or [OTHER])


def _looked_at(rule: Rule) -> tuple[frozenset[str], frozenset[str], bool]:
    codes: set[str] = set()
    facts: set[str] = set()
    young = False
    for literal in literals(rule.condition):
        facts.add(literal.name)
        if isinstance(literal, CodeLiteral):
            codes |= literal.codes
        elif isinstance(literal, FactLiteral):
            if isinstance(literal.test, OneOf):
                codes |= literal.test.codes
            young = young or (literal.name in ("age", "appears") and isinstance(literal.test, Compared))
    return frozenset(codes), frozenset(facts), young


def by_topic(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """The rules of each topic, topics in the order of the tables."""
    order = (*OF_CODE, YOUNG, *OF_FACT, PAPERS, EVERY, OTHER)
    found: dict[str, list[Rule]] = {topic: [] for topic in order}
    for rule in rules:
        for topic in topics_of(rule):
            found[topic].append(rule)
    return {topic: of for topic, of in found.items() if of}
