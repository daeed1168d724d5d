"""The codes are those of the shared vocabulary, where it stands beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lastlook.campaigns import vocabulary as v

SHARED = Path(__file__).parents[3] / "shared" / "vocabulary.yaml"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vocabulary is not beside this checkout")
def test_every_closed_list_is_the_shared_one() -> None:
    shared = yaml.safe_load(SHARED.read_text())
    ours = {
        "age_bands": {band: list(ages) for band, ages in v.AGE_BANDS.items()},
        "prominence": list(v.PROMINENCE),
        "portrayal": list(v.PORTRAYALS),
        "category": list(v.PRODUCT_CATEGORIES),
        "audience": list(v.AUDIENCES),
        "props": list(v.PROPS),
        "appeals": list(v.APPEALS),
        "settings": list(v.SETTINGS),
        "themes": list(v.THEMES),
        "legible": list(v.LEGIBLE_KINDS),
        "claims": list(v.CLAIMS),
        "label": list(v.LABELS),
        "channel": list(v.CHANNELS),
        "media": list(v.MEDIA),
        "decision_rights": list(v.DECISION_RIGHTS),
        "meanings": list(v.MEANINGS),
        "answering_roles": list(v.ANSWERING_ROLES),
        "stages": list(v.STAGES),
        "documents": list(v.DOCUMENTS),
        "effects": list(v.EFFECTS),
    }
    theirs = {
        **{key: shared[key] for key in ("age_bands", "props", "appeals", "settings", "themes", "decision_rights")},
        **{key: shared[key] for key in ("meanings", "answering_roles", "stages", "documents", "effects")},
        "prominence": shared["appearance"]["prominence"],
        "portrayal": shared["appearance"]["portrayal"],
        "category": shared["product"]["category"],
        "audience": shared["product"]["audience"],
        "legible": shared["legible"]["what"],
        "claims": shared["copy"]["claims"],
        "label": shared["disclosure"]["label"],
        "channel": shared["plan_line"]["channel"],
        "media": shared["plan_line"]["media"],
    }
    assert ours == theirs
