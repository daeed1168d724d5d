"""To what an answer is attached: exactly these bytes, these words, this plan, these facts (design, section 6).

copy digest   = SHA-256 of the words in UTF-8, lines ended by newlines, none at the end
line digest   = SHA-256 of canonical JSON of everything stated of a plan line, with the days it runs
asset basis   = SHA-256 of canonical JSON {asset, bytes, copy, lines}
finding basis = HMAC-SHA-256 under the campaign's salt of canonical JSON {finding, rule, effect, facts, assets}
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from lastlook.checking.applicability import Line, outings_of
from lastlook.checking.case import Case, text_of
from lastlook.digests import Canonical, canonical, sha256_of_value
from lastlook.evidence.commitments import keyed
from lastlook.facts.element import Contradiction, Element, Fact, Listing, Raised
from lastlook.rules.explanation import Reason


class LineBasis(msgspec.Struct, frozen=True):
    """One way out: its id, the digest of all that is planned, and the days it runs (None: nobody said)."""

    id: str
    digest: str
    first: str | None
    last: str | None


class AssetBasis(msgspec.Struct, frozen=True):
    """One picture as it would go out. `copy`: digest of its words, None where there are none."""

    asset: str
    sha256: str
    copy: str | None
    lines: tuple[LineBasis, ...]
    basis: str


def copy_digest(text: str) -> str:
    """The digest of words, as 64 hex digits, whatever ends their lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return hashlib.sha256(lines.encode()).hexdigest()


def line_basis(line: Line) -> LineBasis:
    flight = line.flight
    first, last = (flight.first.isoformat(), flight.last.isoformat()) if flight else (None, None)
    stated = {"line": line.plan.id, "first": first, "last": last, **_stated(line.plan, "")}
    return LineBasis(line.plan.id, sha256_of_value(stated), first, last)


def asset_basis(asset: Element, case: Case) -> AssetBasis:
    """The basis of one picture. A picture that is not there yet has empty bytes and still a basis."""
    lines = tuple(
        sorted((line_basis(line) for line in outings_of(asset, case.campaign).lines), key=lambda line: line.id)
    )
    sha256, words = case.picture(asset.id).sha256, text_of(asset, "copy.text")
    value: Canonical = {
        "asset": asset.id,
        "bytes": sha256,
        "copy": _stated(asset, "copy."),
        "lines": [line.digest for line in lines],
    }
    return AssetBasis(asset.id, sha256, copy_digest(words) if words else None, lines, sha256_of_value(value))


def _stated(element: Element, prefix: str) -> dict[str, Canonical]:
    """Everything that stands of an element, of the names that begin like this."""
    facts = {name: value_of_fact(fact) for name, fact in element.facts.items() if name.startswith(prefix)}
    lists = {name: value_of_list(listing) for name, listing in element.lists.items() if name.startswith(prefix)}
    return facts | lists


def value_of_fact(fact: Fact) -> Canonical:
    """What is known of a fact, and what was raised or told otherwise; not where it was written, nor who reviewed it."""
    told: tuple[Raised | Contradiction, ...] = (*fact.raised, *fact.conflicts)
    others = sorted({str(canonical(each.value)) for each in told})
    return {"is": canonical(fact.standing), **({"also": others} if others else {})}


def value_of_list(listing: Listing) -> Canonical:
    """What is known to be in a list, and whether that is all of it."""
    told: tuple[Raised | Contradiction, ...] = (*listing.raised, *listing.conflicts)
    also = sorted({str(canonical(each.value)) for each in told}) + sorted(
        member.id for member in listing.raised_members
    )
    return {
        "codes": sorted(listing.codes),
        "members": sorted(member.id for member in listing.members),
        "complete": listing.complete,
        **({"also": also} if also else {}),
    }


def value_of_reason(reason: Reason) -> Canonical:
    return value_of_list(reason.listing) if reason.is_list else value_of_fact(reason.fact)


def known_facts(case: Case) -> dict[tuple[str, str], Canonical]:
    """Every fact and list of every picture: (picture, address) → value; those of the campaign under ("", address)."""
    found = dict(_walk("", case.campaign, but=frozenset({"assets"})))
    for asset in case.assets:
        found |= dict(_walk(asset.id, asset))
    return found


def _walk(
    asset: str, element: Element, but: frozenset[str] = frozenset()
) -> Iterator[tuple[tuple[str, str], Canonical]]:
    for name, fact in element.facts.items():
        yield (asset, element.address_of(name)), value_of_fact(fact)
    for name, listing in element.lists.items():
        if name in but:
            continue
        yield (asset, element.address_of(name)), value_of_list(listing)
        for member in (*listing.members, *listing.raised_members):
            yield from _walk(asset, member)


def finding_basis(
    salt: bytes,
    *,
    finding: str,
    rule_digest: str,
    effect: str,
    facts: Mapping[str, Canonical],
    assets: Iterable[str],
) -> str:
    """The same situation has the same basis. `facts`: values by name; `assets`: asset bases in scope."""
    return keyed(
        salt,
        {
            "finding": finding,
            "rule": rule_digest,
            "effect": effect,
            "facts": [[name, facts[name]] for name in sorted(facts)],
            "assets": sorted(assets),
        },
    )


def fact_value(salt: bytes, address: str, value: Canonical) -> str:
    """A keyed digest of one fact's value, as a review states it."""
    return keyed(salt, [address, value])
