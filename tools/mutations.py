"""Are a rule's own examples worth anything? `python -m tools.mutations [RULE…]` turns each literal of its `when` round.

For every literal, as it is written, the rule is read again with that literal negated, and its examples are tried. Where
all of them still hold, no example is about that literal: it survives, and is listed. More than 3 % fail the command.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lastlook.dossier.rule_examples import try_examples
from lastlook.packs import bundled_pack_folders, read_packs
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml

MOST_SURVIVING = 0.03


def mutants(when: Any) -> Iterator[tuple[str, Any]]:
    """Each literal of a condition in words, and the condition with that literal negated."""
    if not isinstance(when, dict):
        return
    for key, value in when.items():
        if key in ("all", "any"):
            for number, part in enumerate(value):
                for literal, changed in mutants(part):
                    yield literal, {**when, key: [*value[:number], changed, *value[number + 1 :]]}
        elif key in ("not", "where"):
            for literal, changed in mutants(value):
                yield literal, {**when, key: changed}
        elif key not in ("some", "every", "count", "at_least"):
            yield f"{key}: {value}", {"not": when}


def survivors(pack: Path, wanted: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Each literal of each rule of a pack: the rule, the literal, and whether it survives."""
    with tempfile.TemporaryDirectory() as name:
        alone = Path(name) / pack.name
        (alone / "rules").mkdir(parents=True)
        for shared in ("pack.yaml", "derived.yaml", "words.yaml"):
            if (pack / shared).exists():
                shutil.copy(pack / shared, alone)
        for path in sorted((pack / "rules").glob("*.yaml")):
            rule: Any = plain(read_yaml(path.read_bytes(), file=path.name))
            if wanted and rule["id"] not in wanted:
                continue
            for literal, when in mutants(rule["when"]):
                yield rule["id"], literal, _survives(alone, path.name, {**rule, "when": when})


def _survives(alone: Path, name: str, rule: Any) -> bool:
    """Whether every example of a changed rule still holds. A rule that cannot be read any more does not survive."""
    file = alone / "rules" / name
    file.write_text(json.dumps(rule), encoding="utf-8")
    library = read_packs([alone])
    file.unlink()
    return not library.problems and all(trial.holds for read in library.rules for trial in try_examples(read))


def main(wanted: Sequence[str]) -> int:
    tried = [found for pack in bundled_pack_folders() for found in survivors(pack, wanted)]
    surviving = [(rule, literal) for rule, literal, survives in tried if survives]
    for rule, literal in surviving:
        print(f"  {rule}: nothing fails where `{literal}` is turned round")
    share = len(surviving) / len(tried) if tried else 0.0
    print(
        f"{len(tried)} literals of {len({rule for rule, _, _ in tried})} rules; {len(surviving)} survive ({share:.1%})."
    )
    return 1 if share > MOST_SURVIVING else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
