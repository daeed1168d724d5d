"""The closed lists: the codes a campaign, a rule and an answer are written in. Codes are stable for ever.

Unknown is no code: a key is left out, or says `unknown`. Known to be none is `none` or an empty list.
"""

from __future__ import annotations

AGE_BANDS: dict[str, tuple[int, int]] = {  # years at the date of the shoot, closed intervals
    "child_0_12": (0, 12),
    "teen_13_15": (13, 15),
    "teen_16_17": (16, 17),
    "young_18_24": (18, 24),
    "adult_25_plus": (25, 120),
    "minor": (0, 17),
    "adult": (18, 120),
}
OLDEST_YEARS = 120

PROMINENCE = ("principal", "supporting", "background")

PORTRAYALS = (
    "sexualised", "partial_nudity", "nude", "restrained", "distressed", "injured", "drinking", "gambling",
    "smoking_or_vaping", "driving", "unsafe_act", "holding_weapon", "emaciated", "stereotyped", "undignified",
)  # fmt: skip

FIGURE_STATUS = ("current", "retired")
KNOWN_FOR = ("sport", "music", "film", "creator", "other")

PRODUCT_CATEGORIES = (
    "apparel", "swimwear", "lingerie", "footwear", "accessory", "toy", "homeware", "beauty", "fragrance", "alcohol",
    "low_alcohol", "gambling", "lottery", "nicotine", "vape", "tobacco", "hfss_food", "food", "soft_drink", "film",
    "videogame", "app", "medicine", "prescription_medicine", "cosmetic_procedure", "weight_loss", "financial",
    "weapon", "adult_product", "other",
)  # fmt: skip
AUDIENCES = ("children", "general", "adults")

PROPS = (
    "alcohol", "glassware_alcohol", "knife", "firearm", "weapon_other", "medicine", "drug_paraphernalia", "cigarette",
    "vape", "money", "gambling_item", "adult_themed_accessory", "restraint", "lingerie", "candle_or_flame", "vehicle",
    "food", "toy", "animal", "legal_document", "document", "screen", "artwork", "religious_symbol",
    "political_symbol", "uniform", "other",
)  # fmt: skip

APPEALS = (
    "cartoon_or_animation", "licensed_character", "toy_like", "youth_celebrity", "sports_personality",
    "school_setting", "playground", "video_game_style", "holiday_character", "bright_childlike_design",
)  # fmt: skip
APPEAL_STYLES = ("cute", "toy", "holiday", "realistic", "surreal")

SETTINGS = (
    "studio", "home", "bedroom", "bathroom", "school", "playground", "street", "office", "workplace", "nature",
    "beach", "venue_licensed", "vehicle", "other",
)  # fmt: skip

THEMES = (
    "violence", "horror", "death", "sexual_content", "nudity", "drugs", "religion", "race", "gender_stereotype",
    "suicide_or_self_harm", "bullying", "dangerous_driving", "crime", "politics", "war",
)  # fmt: skip
INTENSITIES = ("mild", "strong", "graphic")

LEGIBLE_KINDS = ("document", "book", "screen", "sign", "label", "certificate", "artwork", "other")

CLAIMS = (
    "free", "discount", "price", "health", "weight_loss", "environmental", "limited_time", "competition", "medicinal",
    "financial_return",
)  # fmt: skip

RELEASES = ("all", "limited", "none", "not_applicable")  # as PLUS has them; not in the shared vocabulary

# What a licence can forbid; the last six as PLUS has them. Not in the shared vocabulary.
LICENCE_LIMITS = (
    "advertising", "media", "regions", "products", "time", "other", "cropping", "flipping", "retouching", "colouring",
    "decolouring", "merging",
)  # fmt: skip

LABELS = ("ad", "paid_partnership", "gifted", "affiliate", "other", "none")

CHANNELS = (
    "instagram", "tiktok", "youtube", "facebook", "x", "bluesky", "mastodon", "website", "email", "display", "in_app",
    "outdoor_poster", "transport", "cinema", "tv", "vod", "radio", "press", "lookbook", "in_store", "other",
)  # fmt: skip
MEDIA = ("paid", "owned", "influencer", "editorial")

DECISION_RIGHTS = (
    "casting", "product", "props", "combination", "location", "photography", "retouching", "copy", "media_plan",
    "publication",
)  # fmt: skip

MEANINGS = ("decided", "executed_as_instructed", "reviewed", "approved", "vetoed", "dissented", "informed")

ANSWERING_ROLES = (
    "safeguarding", "legal", "marketer", "regulatory", "media", "clinical", "external", "second_line", "guardian",
    "talent", "partner",
)  # fmt: skip

STAGES = ("concept", "casting", "pre_shoot", "final")

DOCUMENTS = (
    "proof_of_age", "model_release", "guardian_consent", "minor_assent", "guardian_image_approval", "licence",
    "chaperone_record", "hours_log", "medical_certificate", "trust_account", "risk_assessment", "prop_inventory",
    "substantiation", "nutrient_profile", "audience_data", "targeting_settings", "ad_label", "retouch_log",
    "outside_clearance", "external_review", "training_record",
)  # fmt: skip
DOCUMENT_STATUS = ("on_file", "absent")

EFFECTS = ("block", "sign_off", "document", "ask", "advise")  # strictest first
