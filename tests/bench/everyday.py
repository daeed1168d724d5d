"""What ordinary scenes are asked: `make bench-everyday`. None is blocked, and no role is asked twice of a scene."""

from __future__ import annotations

from collections import Counter

from tests.stories.test_everyday import MARKETS, SCENES, result_of


def main() -> None:
    results = [result_of(scene) for scene in SCENES]
    young = sum(any(person["age"] < 18 for person in _people(scene)) for scene in SCENES)
    findings = [finding for result in results for finding in result.every_finding if finding.state == "engaged"]
    blocks = sum(finding.effect == "block" for finding in findings)
    requests = Counter(request.role for result in results for request in result.requests)
    print(f"{len(results)} ordinary scenes in {', '.join(MARKETS)}, {young} of them with somebody under 18")
    print(f"  {blocks} blocks; {sum(not result.requests for result in results)} scenes ask nobody anything")
    told = ", ".join(f"{count} of {role}" for role, count in requests.most_common()) or "none"
    print(f"  {requests.total()} requests: {told}")


def _people(scene: dict[str, dict[str, list[dict[str, int]]]]) -> list[dict[str, int]]:
    people = scene["shows"].get("people", [])
    return people if isinstance(people, list) else []


if __name__ == "__main__":
    main()
