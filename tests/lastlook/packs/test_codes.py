"""The packs of all codes: read without a problem, and every example answers as its rule says."""

from __future__ import annotations

import pytest

from lastlook.dossier.rule_examples import try_examples
from lastlook.packs import Pack
from tests.world.rules import bundled
from tools.codes import the_codes


def test_they_are_read_without_a_problem_and_hold_every_rule_that_is_in_use() -> None:
    assert the_codes().problems == ()
    assert {rule.id for rule in bundled().rules} <= {rule.id for rule in the_codes().rules}


@pytest.mark.parametrize("pack", the_codes().packs, ids=lambda pack: pack.id)
def test_every_example_answers_as_stated(pack: Pack) -> None:
    failed = [
        (trial.rule, trial.why, trial.got) for rule in pack.rules for trial in try_examples(rule) if not trial.holds
    ]
    assert failed == []
