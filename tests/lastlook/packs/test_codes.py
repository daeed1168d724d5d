"""The packs that come with Lastlook: read without a problem, and every example answers as its rule says."""

from __future__ import annotations

import pytest

from lastlook.dossier.rule_examples import try_examples
from lastlook.packs import Pack
from tests.world.rules import bundled


def test_they_are_read_without_a_problem() -> None:
    assert bundled().problems == ()


@pytest.mark.parametrize("pack", bundled().packs, ids=lambda pack: pack.id)
def test_every_example_answers_as_stated(pack: Pack) -> None:
    failed = [
        (trial.rule, trial.why, trial.got) for rule in pack.rules for trial in try_examples(rule) if not trial.holds
    ]
    assert failed == []
