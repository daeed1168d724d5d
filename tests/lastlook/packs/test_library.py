"""Packs: an error in a file is named and costs one rule, nothing that exists is overridden, digests tell the truth."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lastlook.errors import Place, Problem
from lastlook.packs import Library, Pack, bundled_pack_folders, read_library
from lastlook.rules.conditions import FactLiteral
from lastlook.rules.rule import PROFILES
from lastlook.rules.tests import HasWords
from tests.world.rules import bundled

OWN_ID = "Give this rule an id of its own."
PACK = 'id: {id}\ntitle: House rules\nversion: "1"\nterritories: {territories}\n'
RULE = """\
id: {id}
clause: House rules 4
title: A knife in the picture
effect: ask
answered_by: [safeguarding]
confidence: certain
in_force: {{from: 2020-01-01}}
when: {{{when}}}
page: {{flags: It., why: So., clears: Mend it., cannot_see: The rest., sources: [example.org]}}
"""
MakePack = Callable[..., Path]


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """Writes a pack folder: rule files by name, each a condition or the whole text; other files as `more`."""

    def write(
        rules: dict[str, str] | None = None,
        *,
        pack_id: str = "own",
        territories: str = "[GB]",
        pack_yaml: str | None = None,
        more: dict[str, str] | None = None,
    ) -> Path:
        folder = tmp_path / pack_id
        (folder / "rules").mkdir(parents=True)
        text = PACK.format(id=pack_id, territories=territories) if pack_yaml is None else pack_yaml
        (folder / "pack.yaml").write_text(text)
        for name, stated in ({"own-knife": "props: knife"} if rules is None else rules).items():
            whole = stated if "\n" in stated else RULE.format(id=name, when=stated)
            (folder / "rules" / f"{name}.yaml").write_text(whole)
        for name, text in (more or {}).items():
            (folder / name).write_text(text)
        return folder

    return write


def own(library: Library, pack_id: str = "own") -> Pack:
    return next(pack for pack in library.packs if pack.id == pack_id)


def ids(pack: Pack) -> list[str]:
    return [rule.id for rule in pack.rules]


# What comes with Lastlook.


def test_the_packs_that_come_with_lastlook_are_read_without_a_problem() -> None:
    assert bundled().problems == ()
    assert [pack.id for pack in bundled().packs] == [folder.name for folder in bundled_pack_folders()]


def test_every_rule_of_a_bundled_pack_stands_in_a_file_of_its_own_name() -> None:
    assert {rule.source for rule in read_library().rules} == {
        f"{rule.pack}/rules/{rule.id}.yaml" for rule in read_library().rules
    }


def test_a_rule_is_found_by_its_id_and_nothing_by_another() -> None:
    rule = read_library().rule("cap-18.16")
    assert rule is not None
    assert (rule.id, rule.pack) == ("cap-18.16", "cap")
    assert read_library().rule("cap-0") is None


def test_a_wider_profile_has_every_rule_of_a_narrower_one() -> None:
    essential, board, external = (bundled().of_profile(profile) for profile in PROFILES)
    assert set(map(id, essential)) <= set(map(id, board)) <= set(map(id, external))
    assert external == bundled().rules


# A pack of one's own.


def test_a_pack_of_ones_own_is_read_beside_those_that_come_with_lastlook(make_pack: MakePack) -> None:
    library = read_library([make_pack(territories="[GB, IE]")])
    assert library.problems == ()
    assert library.packs[:-1] == read_library().packs
    found = own(library)
    assert (found.title, found.version, found.territories, ids(found)) == (
        "House rules", "1", frozenset({"GB", "IE"}), ["own-knife"],
    )  # fmt: skip
    assert set(library.markets()) == {*read_library().markets(), "IE"}


def test_a_pack_for_everywhere_follows_the_campaign_and_covers_no_market_by_itself(make_pack: MakePack) -> None:
    library = read_library([make_pack(territories="everywhere")])
    assert (own(library).territories, library.markets()) == (None, read_library().markets())
    assert own(library).rules[0].territories is None


def test_a_pack_may_have_derived_facts_and_lists_of_words(make_pack: MakePack) -> None:
    derived = "shows_knife: {of: asset, means: shows a knife, when: {props: knife}}\n"
    rules = {"own-a": "shows_knife: true", "own-b": "copy.text: {words: gin}"}
    library = read_library([make_pack(rules, more={"derived.yaml": derived, "words.yaml": "gin: [Gin, sloe gin]\n"})])
    assert library.problems == ()
    assert own(library).rules[1].condition == FactLiteral(
        "element", "asset", "copy.text", HasWords("gin", ("gin", "sloe gin"))
    )


# Errors.


def test_an_error_in_one_rule_is_named_with_its_line_and_the_other_rules_are_read(make_pack: MakePack) -> None:
    folder = make_pack({"own-a": "props: knife", "own-b": "props: knive", "own-c": "props: alcohol"})
    library = read_library([folder])
    where = Place(f"{folder}/rules/own-b.yaml", 8, "when.props")
    remedy = "Write knife, if that is what you mean."
    assert library.problems == (Problem(where, "when.props: `knive` is no prop.", remedy),)
    assert ids(own(library)) == ["own-a", "own-c"]
    assert library.packs[:-1] == read_library().packs


def test_a_rule_file_that_is_not_yaml_costs_that_rule_only(make_pack: MakePack) -> None:
    folder = make_pack({"own-a": "props: knife", "own-b": "id: own-b\nid: own-b\n"})
    library = read_library([folder])
    where = Place(f"{folder}/rules/own-b.yaml", 2, "id")
    problem = Problem(where, "The key `id` stands twice; first in line 1.", "Keep one of them.")
    assert (library.problems, ids(own(library))) == ((problem,), ["own-a"])


def test_an_empty_rule_file_is_a_problem(make_pack: MakePack) -> None:
    folder = make_pack({"own-a": "\n"})
    where = Place(f"{folder}/rules/own-a.yaml")
    assert read_library([folder]).problems == (
        Problem(where, "The file is empty.", "Start from the tour in the README."),
    )


def test_a_rule_file_that_cannot_be_opened_is_a_problem(make_pack: MakePack) -> None:
    folder = make_pack()
    (folder / "rules" / "own-z.yaml").mkdir()
    library = read_library([folder])
    where = Place(f"{folder}/rules/own-z.yaml")
    problem = Problem(where, "It cannot be read: Is a directory.", "Check the path and its permissions.")
    assert (library.problems, ids(own(library))) == ((problem,), ["own-knife"])


def test_a_folder_that_is_no_pack_is_a_problem_and_the_others_are_read(make_pack: MakePack, tmp_path: Path) -> None:
    nothing = tmp_path / "pictures"
    nothing.mkdir()
    library = read_library([nothing, tmp_path / "nowhere", make_pack()])
    what, remedy = "This is not a rule pack: it has no pack.yaml.", "Name a folder that holds pack.yaml and rules/."
    assert library.problems == (
        Problem(Place(str(nothing)), what, remedy),
        Problem(Place(str(tmp_path / "nowhere")), what, remedy),
    )
    assert ids(own(library)) == ["own-knife"]


def test_a_pack_that_does_not_say_where_it_applies_is_not_used(make_pack: MakePack) -> None:
    folder = make_pack(pack_yaml='id: own\ntitle: House rules\nversion: "1"\n')
    library = read_library([folder])
    where = Place(f"{folder}/pack.yaml", 1)
    assert library.problems == (Problem(where, "This pack has no `territories`.", "Add `territories`."),)
    assert library.packs == read_library().packs


def test_a_list_of_words_nobody_made_is_a_problem_in_the_rule_that_names_it(make_pack: MakePack) -> None:
    folder = make_pack({"own-a": "copy.text: {words: gin}"})
    where = Place(f"{folder}/rules/own-a.yaml", 8, "when.copy.text")
    assert read_library([folder]).problems == (
        Problem(where, "There is no list of words `gin`.", "Add it to words.yaml."),
    )


# Nothing that exists is overridden.


def test_a_rule_that_takes_a_bundled_rules_id_is_refused_and_the_bundled_one_stays(make_pack: MakePack) -> None:
    folder = make_pack({"cap-18.16": "props: knife", "own-a": "props: knife"})
    library = read_library([folder])
    where = Place(f"{folder}/rules/cap-18.16.yaml", 1, "id")
    what = "The rule id `cap-18.16` exists already, in cap/rules/cap-18.16.yaml."
    assert library.problems == (Problem(where, what, OWN_ID),)
    assert library.rule("cap-18.16") == read_library().rule("cap-18.16")
    assert ids(own(library)) == ["own-a"]


def test_two_files_of_one_pack_with_one_id_are_refused_at_the_line_of_the_second_id(make_pack: MakePack) -> None:
    second = "# moved here from own-a\nclause: House rules 5\n" + RULE.format(
        id="own-a", when="props: alcohol"
    ).replace("clause: House rules 4\n", "")
    folder = make_pack({"own-a": "props: knife", "own-b": second})
    library = read_library([folder])
    what = f"The rule id `own-a` exists already, in {folder}/rules/own-a.yaml."
    assert library.problems == (Problem(Place(f"{folder}/rules/own-b.yaml", 3, "id"), what, OWN_ID),)
    assert ids(own(library)) == ["own-a"]


def test_a_pack_that_takes_a_bundled_packs_id_is_refused_at_the_line_of_its_id(make_pack: MakePack) -> None:
    folder = make_pack(pack_id="cap", pack_yaml='title: Not the CAP code\nid: cap\nversion: "1"\nterritories: [GB]\n')
    library = read_library([folder])
    where = Place(f"{folder}/pack.yaml", 2, "id")
    assert library.problems == (Problem(where, "A pack `cap` is there already.", "Give this pack an id of its own."),)
    assert library.packs == read_library().packs


def test_a_pack_that_was_refused_leaves_nothing_behind_for_the_next_to_stumble_on(make_pack: MakePack) -> None:
    derived = {"derived.yaml": "shows_knife: {of: asset, means: shows a knife, when: {props: knife}}\n"}
    refused = make_pack({"own-a": "shows_knife: true"}, pack_id="cap", more=derived)
    library = read_library([refused, make_pack({"own-a": "shows_knife: true"}, more=derived)])
    assert [problem.what for problem in library.problems] == ["A pack `cap` is there already."]
    assert ids(own(library)) == ["own-a"]


def test_a_derived_fact_that_exists_is_not_given_another_meaning(make_pack: MakePack) -> None:
    folder = make_pack(more={"derived.yaml": "\nis_child: {of: person, means: is under 3, when: {age: {lt: 3}}}\n"})
    library = read_library([folder])
    where = Place(f"{folder}/derived.yaml", 2, "is_child")
    assert library.problems == (Problem(where, "A person has a fact `is_child` already.", "Choose another name."),)
    assert library.derived == read_library().derived


# Digests.


def digest_after(folder: Path, change: Callable[[Path], object]) -> tuple[str, str]:
    before = own(read_library([folder])).digest
    change(folder)
    return before, own(read_library([folder])).digest


def edited(name: str, old: str, new: str) -> Callable[[Path], object]:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return edit


KNIFE = "rules/own-knife.yaml"


@pytest.mark.parametrize(
    "change",
    [
        edited(KNIFE, "props: knife", "props: alcohol"),
        edited(KNIFE, "effect: ask", "effect: sign_off"),
        edited(KNIFE, "from: 2020-01-01", "from: 2021-01-01"),
        edited(KNIFE, "House rules 4", "House rules 5"),
        edited(KNIFE, "own-knife", "own-blade"),
        lambda folder: (folder / KNIFE).unlink(),
        lambda folder: (
            shutil.copy(folder / KNIFE, folder / "rules/own-z.yaml")
            and edited("rules/own-z.yaml", "own-knife", "own-z")(folder)
        ),
    ],
)
def test_the_digest_of_a_pack_changes_when_a_rule_does(make_pack: MakePack, change: Callable[[Path], object]) -> None:
    before, after = digest_after(make_pack(), change)
    assert before != after


@pytest.mark.parametrize(
    "change",
    [
        edited(KNIFE, "effect: ask", "# a remark\neffect:   ask   # and another"),
        edited(KNIFE, "answered_by: [safeguarding]", "answered_by:\n  - safeguarding"),
        edited("pack.yaml", "House rules", "The house's rules"),
        lambda folder: (folder / KNIFE).rename(folder / "rules/another-name.yaml"),
    ],
)
def test_the_digest_of_a_pack_stays_when_no_rule_changes(make_pack: MakePack, change: Callable[[Path], object]) -> None:
    before, after = digest_after(make_pack(), change)
    assert before == after


def test_the_digest_of_a_pack_changes_when_the_words_a_rule_looks_for_do(make_pack: MakePack) -> None:
    folder = make_pack({"own-a": "copy.text: {words: gin}"}, more={"words.yaml": "gin: [gin]\n"})
    before, after = digest_after(folder, edited("words.yaml", "[gin]", "[rum]"))
    assert before != after


def test_the_digest_of_a_pack_changes_when_a_derived_fact_a_rule_uses_does(make_pack: MakePack) -> None:
    derived = {"derived.yaml": "is_sharp: {of: asset, means: shows something sharp, when: {props: knife}}\n"}
    folder = make_pack({"own-a": "is_sharp: true"}, more=derived)
    before, after = digest_after(folder, edited("derived.yaml", "props: knife", "props: toy"))
    assert before != after
