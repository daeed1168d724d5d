"""The tree: known roots, the public cases good and bad, and what any changed bit does to a proof."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.evidence.log import (
    Frontier,
    consistency_proof,
    entries_for_consistency,
    entries_for_frontier,
    entries_for_inclusion,
    frontier_at,
    inclusion_proof,
    nodes_of,
    root_at,
)
from lastlook.evidence.merkle import EMPTY_ROOT, extends, includes, leaf_hash, root_of

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "merkle"
LEAVES = [
    bytes.fromhex(text)
    for text in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
SIZES = st.integers(1, 300)


def a_log(size: int) -> tuple[Frontier, dict[int, bytes]]:
    """A log of that many entries, and the nodes kept with each."""
    log, kept = Frontier(), {}
    for number in range(size):
        log, kept[number] = log.append(leaf_hash(b"%d" % number))
    return log, kept


_, KEPT = a_log(300)
NODES = nodes_of(KEPT)


def _cases(kind: str) -> list[Any]:
    paths = sorted((VECTORS / kind).rglob("*.json"))
    return [
        pytest.param(json.loads(path.read_text()), id=path.relative_to(VECTORS).with_suffix("").as_posix())
        for path in paths
    ]


def _raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


there = pytest.mark.skipif(not VECTORS.exists(), reason="the public vectors are not beside this checkout")


@there
def test_all_of_the_public_cases_are_looked_at() -> None:
    assert (len(_cases("inclusion")), len(_cases("consistency"))) == (98, 98)


@there
@pytest.mark.parametrize("case", _cases("inclusion"))
def test_a_public_case_of_inclusion_is_judged_as_it_says(case: dict[str, Any]) -> None:
    proof = [_raw(each) for each in case["proof"] or ()]
    found = includes(_raw(case["root"]), case["treeSize"], case["leafIdx"], _raw(case["leafHash"]), proof)
    assert found is not case["wantErr"]


@there
@pytest.mark.parametrize("case", _cases("consistency"))
def test_a_public_case_of_consistency_is_judged_as_it_says(case: dict[str, Any]) -> None:
    roots = _raw(case["root1"]), _raw(case["root2"])
    proof = [_raw(each) for each in case["proof"] or ()]
    found = extends(roots[0], case["size1"], roots[1], case["size2"], proof)
    if any(len(root) != 32 for root in roots):  # one case has placeholders of 12 bytes for roots; no root is that short
        assert found is False
    elif case["size1"] == case["size2"] == 0 and not case["wantErr"]:
        assert found is False, "a log without entries is pinned by its root, and proves nothing"
    else:
        assert found is not case["wantErr"]


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_the_public_leaves_have_the_public_root(size: int, root: str) -> None:
    hashes = [leaf_hash(entry) for entry in LEAVES[:size]]
    assert root_of(hashes).hex() == root
    assert Frontier().extended(hashes).root.hex() == root


def test_consistency_of_the_public_leaves_is_proved_by_these_hashes() -> None:
    log, kept = Frontier(), {}
    for number, entry in enumerate(LEAVES):
        log, kept[number] = log.append(leaf_hash(entry))
    texts = [base64.b64encode(each).decode() for each in consistency_proof(3, 8, nodes_of(kept))]
    assert texts == [
        "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=", "B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c=",
        "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ]  # fmt: skip


def test_a_log_without_entries_has_the_root_of_nothing_and_is_extended_by_no_proof() -> None:
    assert Frontier().root == EMPTY_ROOT
    assert not extends(EMPTY_ROOT, 0, EMPTY_ROOT, 0, [])
    assert not extends(EMPTY_ROOT, 0, root_at(3, NODES), 3, [])


@given(SIZES, st.data())
def test_every_entry_is_proved_in_a_log_of_any_size(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, NODES)
    assert includes(root_at(size, NODES), size, index, leaf_hash(b"%d" % index), proof)
    assert len(proof) <= (size - 1).bit_length()


@given(SIZES, SIZES)
def test_a_log_holds_each_of_its_beginnings(one: int, other: int) -> None:
    old, new = sorted((one, other))
    proof = consistency_proof(old, new, NODES)
    assert extends(root_at(old, NODES), old, root_at(new, NODES), new, proof)


@given(SIZES, SIZES, st.data())
def test_any_bit_turned_in_a_proof_of_consistency_refuses(one: int, other: int, data: st.DataObject) -> None:
    old, new = sorted((one, other))
    proof = consistency_proof(old, new, NODES)
    whole = [root_at(old, NODES), root_at(new, NODES), *proof]
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    whole[at] = _turned(whole[at], bit)
    assert not extends(whole[0], old, whole[1], new, whole[2:])


@given(SIZES, st.data())
def test_any_bit_turned_in_a_proof_of_inclusion_refuses(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    whole = [root_at(size, NODES), leaf_hash(b"%d" % index), *inclusion_proof(index, size, NODES)]
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    whole[at] = _turned(whole[at], bit)
    assert not includes(whole[0], size, index, whole[1], whole[2:])


@given(SIZES, st.data())
def test_a_proof_longer_or_shorter_or_for_another_place_refuses(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, root, proof = leaf_hash(b"%d" % index), root_at(size, NODES), inclusion_proof(index, size, NODES)
    assert not includes(root, size, index, leaf, (*proof, leaf))
    assert not proof or not includes(root, size, index, leaf, proof[:-1])
    other = data.draw(st.integers(-2, size + 2).filter(lambda number: number != index))
    assert not includes(root, size, other, leaf, proof)


def _turned(value: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << (bit % 8)) if at == bit // 8 else byte for at, byte in enumerate(value))


@given(st.integers(0, 300), st.integers(0, 40))
def test_a_frontier_grows_into_the_same_log_wherever_it_was_taken(size: int, more: int) -> None:
    size = min(size, 300 - more)
    frontier = frontier_at(size, NODES)
    assert frontier.is_sound
    grown = frontier.extended(leaf_hash(b"%d" % number) for number in range(size, size + more))
    assert grown == frontier_at(size + more, NODES)
    assert grown.root == root_of(leaf_hash(b"%d" % number) for number in range(size + more))


@given(SIZES, SIZES)
def test_a_proof_reads_the_nodes_of_the_entries_that_are_named_for_it_and_no_others(one: int, other: int) -> None:
    old, new = sorted((one, other))
    for named, act in (
        (entries_for_consistency(old, new), lambda nodes: consistency_proof(old, new, nodes)),
        (entries_for_inclusion(old - 1, new), lambda nodes: inclusion_proof(old - 1, new, nodes)),
        (entries_for_frontier(new), lambda nodes: frontier_at(new, nodes)),
    ):
        read: set[int] = set()

        def nodes(entry: int, read: set[int] = read) -> bytes:
            read.add(entry)
            return KEPT[entry]

        act(nodes)
        assert sorted(read) == named


@settings(max_examples=1, deadline=None)
@given(st.just(100_000))
def test_a_proof_in_a_large_log_reads_few_entries_and_keeps_64_bytes_for_each(size: int) -> None:
    assert max(len(entries_for_inclusion(index, size)) for index in range(0, size, 997)) <= 40
    log, total = Frontier(), 0
    for _ in range(4096):
        log, nodes = log.append(EMPTY_ROOT)
        total += len(nodes)
    assert total == 32 * (2 * 4096 - 1)
