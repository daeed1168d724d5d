"""The nouns of a campaign and the facts each can have: one table that the manifest, the rules and the questions share.

A noun has single facts (`age`, `copy.text`) and lists (`props`, `people`). Behind each stands the decision right it
traces to, and the words in which one would ask for it. `{who}` is the thing asked about.
"""

from __future__ import annotations

import msgspec

from lastlook.campaigns import vocabulary as v
from lastlook.reading.kinds import Code, Country, Days, Flag, Gtin, Kind, Number, Text


class FactKind(msgspec.Struct, frozen=True):
    """One fact a noun can have. `name` is its path in the manifest below the noun, dots for nested keys."""

    name: str
    kind: Kind[object]
    asks: str
    right: str | None = None  # the decision right the fact traces to; None where nobody chooses it
    declared: bool = True  # whether a manifest can state it; what only the decisions or the file can say has no key


class ListKind(msgspec.Struct, frozen=True):
    """One list a noun can have. `noun`: what its members are, if they have facts of their own."""

    name: str
    codes: tuple[str, ...] | None  # the closed list its members' codes come from; None where members have ids
    asks: str
    right: str | None = None
    noun: str | None = None
    code_key: str = "code"  # the key under which a member with facts of its own writes its code
    member: Kind[object] | None = None  # where members are neither codes of a closed list nor things with ids


class Noun(msgspec.Struct, frozen=True):
    name: str
    facts: tuple[FactKind, ...] = ()
    lists: tuple[ListKind, ...] = ()

    def fact(self, name: str) -> FactKind | None:
        return next((fact for fact in self.facts if fact.name == name), None)

    def listing(self, name: str) -> ListKind | None:
        return next((listing for listing in self.lists if listing.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(fact.name for fact in self.facts) + tuple(listing.name for listing in self.lists)


class Age(Kind[object]):
    """An age fact is an interval of years, whichever of `age` and `age_band` stated it; see facts.values."""

    expects = "an age"

    def read(self, node: object, problems: object) -> None:
        raise TypeError("BUG: ages are read as `age` and `age_band`, and joined by the dossier")

    def schema(self) -> dict[str, object]:
        raise TypeError("BUG: an age has no schema of its own")


AGE = Age()
YEARS = Number(0, v.OLDEST_YEARS)
SHARE = Number(0, 1, whole=False)
FLAG = Flag()

PERSON = Noun(
    "person",
    facts=(
        FactKind("age", AGE, "How old is {who} on the day of the shoot (age or age_band)?", "casting"),
        FactKind("appears", AGE, "Which age could a viewer take {who} for (under 18? under 25?)", "casting"),
        FactKind("prominence", Code(v.PROMINENCE, "prominence"), "How prominent is {who} here?", "photography"),
        FactKind("occupation_cue", Text(200), "Does copy or styling say what {who} does?", "casting"),
        FactKind(
            "public_figure.status",
            Code(v.FIGURE_STATUS, "status"),
            "Is {who} a current or retired public figure?",
            "casting",
        ),
        FactKind("public_figure.known_for", Code(v.KNOWN_FOR, "field"), "What is {who} known for?", "casting"),
        FactKind(
            "public_figure.under_18_followers",
            Number(0, 10_000_000_000),
            "How many followers under 18 has {who}?",
            "casting",
        ),
    ),
    lists=(
        ListKind(
            "portrayal",
            v.PORTRAYALS,
            "How is {who} portrayed (`none` if in no listed way)?",
            "photography",
            noun="portrayal",
            code_key="portrayal",
        ),
    ),
)

PORTRAYAL = Noun(
    "portrayal",
    facts=(
        FactKind("portrayal", Code(v.PORTRAYALS, "portrayal"), "Which portrayal is {who}?", "photography"),
        FactKind("imitable", FLAG, "Could a viewer imitate {who}?", "photography"),
    ),
)

PRODUCT = Noun(
    "product",
    facts=(
        FactKind(
            "category", Code(v.PRODUCT_CATEGORIES, "product category"), "What kind of product is {who}?", "product"
        ),
        FactKind(
            "audience", Code(v.AUDIENCES, "audience"), "Whom is {who} made for: children, everybody, adults?", "product"
        ),
        FactKind("gtin", Gtin(), "Which GTIN has {who}?", "product"),
        FactKind("nutrient_score", Number(-50, 100), "Which nutrient score has {who}?", "product"),
        FactKind("minimum_age", YEARS, "From which age may {who} be bought?", "product"),
        FactKind("minor_purpose", Text(2_000), "Why does somebody under 18 show {who}?", "combination"),
    ),
    lists=(ListKind("styled_as", v.PROPS + v.THEMES, "Which themes or props are part of {who} itself?", "product"),),
)

LEGIBLE = Noun(
    "legible",
    facts=(
        FactKind("what", Code(v.LEGIBLE_KINDS, "legible item"), "What is {who}?", "props"),
        FactKind("text", Text(), "What does {who} say?", "props"),
        FactKind("third_party_work", FLAG, "Is {who} somebody else's work?", "props"),
        FactKind("origin", Text(500), "Where does {who} come from?", "props"),
        FactKind("searched", FLAG, "Has somebody read {who} and searched its names and its work?", "props"),
    ),
)

APPEAL = Noun(
    "appeal",
    facts=(
        FactKind("appeal", Code(v.APPEALS, "appeal"), "Which appeal is {who}?", "photography"),
        FactKind("style", Code(v.APPEAL_STYLES, "style"), "In which style is {who}?", "photography"),
    ),
)

THEME = Noun(
    "theme",
    facts=(
        FactKind("theme", Code(v.THEMES, "theme"), "Which theme is {who}?", "photography"),
        FactKind("intensity", Code(v.INTENSITIES, "intensity"), "How intense is {who}?", "photography"),
        FactKind("relevant_to_product", FLAG, "Has {who} to do with the product?", "combination"),
    ),
)

PLAN = Noun(
    "plan",
    facts=(
        FactKind("channel", Code(v.CHANNELS, "channel"), "On which channel does {who} run?", "media_plan"),
        FactKind("media", Code(v.MEDIA, "medium"), "Is {who} paid, owned, influencer or editorial?", "media_plan"),
        FactKind("flight", Days(), "From when until when does {who} run?", "media_plan"),
        FactKind("targeted_to_adults", FLAG, "Is {who} targeted to adults?", "media_plan"),
        FactKind("age_gated", FLAG, "Is {who} behind an age gate?", "media_plan"),
        FactKind("near_school", FLAG, "Is a site of {who} near a school?", "media_plan"),
        FactKind(
            "school_distance_m",
            Number(0, 1_000_000, whole=False),
            "How far is {who} from a school, in metres?",
            "media_plan",
        ),
        FactKind("made_for_kids", FLAG, "Is {who} made for kids?", "media_plan"),
        FactKind("time_slot", Text(40), "In which time slot does {who} run?", "media_plan"),
        *(
            FactKind(
                f"{group}_audience_share",
                SHARE,
                f"Which share of the audience of {{who}} is {words} (0 to 1)?",
                "media_plan",
            )
            for group, words in (
                ("under_12", "under 12"),
                ("under_13", "under 13"),
                ("under_15", "under 15"),
                ("under_16", "under 16"),
                ("under_18", "under 18"),
                ("over_21", "21 or over"),
            )
        ),
    ),
    lists=(ListKind("countries", None, "In which countries does {who} run?", "media_plan", member=Country()),),
)

ASSET = Noun(
    "asset",
    facts=(
        FactKind("copy.text", Text(20_000), "What does the copy of {who} say?", "copy"),
        FactKind("copy.language", Text(35), "In which language is the copy of {who}?", "copy"),
        FactKind("copy.exhortation_to_buy", FLAG, "Does the copy of {who} tell people to buy?", "copy"),
        FactKind("copy.pester_parents", FLAG, "Does the copy of {who} urge children to ask adults?", "copy"),
        FactKind("copy.strong_language", FLAG, "Is there strong language in the copy of {who}?", "copy"),
        FactKind("copy.flashing", FLAG, "Does {who} flash?", "copy"),
        FactKind("disclosure.commercial_relationship", FLAG, "Was anything paid or given for {who}?", "media_plan"),
        FactKind("disclosure.label", Code(v.LABELS, "label"), "Which advertising label does {who} carry?", "copy"),
        FactKind(
            "disclosure.label_visible_without_click", FLAG, "Is the label of {who} seen before any click?", "copy"
        ),
        FactKind(
            "release.model", Code(v.RELEASES, "release status"), "Do releases cover everybody in {who}?", "casting"
        ),
        FactKind(
            "release.property", Code(v.RELEASES, "release status"), "Do releases cover every work in {who}?", "props"
        ),
        FactKind("retouch.silhouette_changed", FLAG, "Did retouching change a silhouette in {who}?", "retouching"),
        FactKind("retouch.generative_parts", FLAG, "Were parts of {who} generated?", "retouching"),
        FactKind("retouch.ai_likeness", FLAG, "Is a likeness in {who} generated?", "retouching"),
        FactKind("retouch.composite", FLAG, "Was {who} put together from several pictures?", "retouching"),
        FactKind(
            "file.names_people",
            FLAG,
            "Are names of people meant to stay in the file of {who}, where somebody under 18 is or may be shown?",
            "publication",
            declared=False,
        ),
        FactKind(
            "file.tells_place",
            FLAG,
            "Is the exact place meant to stay in the file of {who}, where somebody under 18 is or may be shown?",
            "publication",
            declared=False,
        ),
        FactKind(
            "file.describes_people",
            FLAG,
            "Are descriptions of people meant to stay in the file of {who}?",
            "publication",
            declared=False,
        ),
        FactKind(
            "file.unread",
            FLAG,
            "What does the file of {who} say of people, products or licences? A part of it cannot be read.",
            "publication",
            declared=False,
        ),
        *(
            FactKind(f"held.{right}", FLAG, f"Who decided {words} {{who}}, by whose authority?", right, declared=False)
            for right, words in (
                ("casting", "the casting of"),
                ("product", "the products in"),
                ("props", "the props in"),
                ("combination", "what is shown together in"),
                ("location", "the location of"),
                ("photography", "the photography of"),
                ("retouching", "the retouching of"),
                ("copy", "the copy of"),
                ("media_plan", "the media plan of"),
                ("publication", "the publication of"),
            )
        ),
    ),
    lists=(
        ListKind("people", None, "Who is shown in {who} (`none` if nobody)?", "casting", noun="person"),
        ListKind("products", None, "Which products are shown in {who} (`none` if none)?", "product", noun="product"),
        ListKind(
            "props", v.PROPS, "Which props are shown in {who} (`none` if none)?", "props", noun="prop", code_key="prop"
        ),
        ListKind("settings", v.SETTINGS, "Where is {who} set?", "location"),
        ListKind(
            "appeals",
            v.APPEALS,
            "What in {who} appeals to the young (`none` if nothing)?",
            "photography",
            noun="appeal",
            code_key="appeal",
        ),
        ListKind(
            "themes",
            v.THEMES,
            "Which themes has {who} (`none` if none)?",
            "photography",
            noun="theme",
            code_key="theme",
        ),
        ListKind("legible", None, "What can be read in {who} (`none` if nothing)?", "props", noun="legible"),
        ListKind("plans", None, "Where and when does {who} go out?", "media_plan", noun="plan"),
        ListKind(
            "licence.limits",
            v.LICENCE_LIMITS,
            "Which limits does the licence of {who} set to its use (`none` if none)?",
            "publication",
        ),
        ListKind("copy.claims", v.CLAIMS, "What does the copy of {who} claim (`none` if nothing)?", "copy"),
    ),
)

PROP = Noun("prop", facts=(FactKind("prop", Code(v.PROPS, "prop"), "Which prop is {who}?", "props"),))

GROUP = Noun("group", lists=(ListKind("assets", None, "Which pictures are met together?", noun="asset"),))

CAMPAIGN = Noun(
    "campaign",
    facts=(
        FactKind("title", Text(200), "What is the campaign called?"),
        FactKind("brand", Text(200), "Whose campaign is it?"),
        FactKind("shoot_country", Country(), "In which country was the shoot?", "location"),
        FactKind("flight", Days(), "From when until when does the campaign run?", "media_plan"),
        FactKind("stage", Code(v.STAGES, "stage"), "Which stage is the campaign at?"),
        FactKind("advertiser_employees", Number(0, 100_000_000), "How many people does the advertiser employ?"),
        FactKind("content_aimed_at_age", YEARS, "Which age is the content aimed at?", "media_plan"),
    ),
    lists=(
        ListKind(
            "markets", None, "In which countries is the campaign meant to be seen?", "media_plan", member=Country()
        ),
        ListKind("assets", None, "Which pictures belong to the campaign?", noun="asset"),
    ),
)

CONCURRENT = Noun(
    "concurrent", lists=(ListKind("campaigns", None, "Which campaigns run at the same time?", noun="campaign"),)
)

NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        PERSON, PORTRAYAL, PRODUCT, LEGIBLE, APPEAL, THEME, PLAN, PROP, ASSET, GROUP, CAMPAIGN, CONCURRENT,
    )
}  # fmt: skip
