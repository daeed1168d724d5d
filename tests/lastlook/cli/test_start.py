"""What a start costs: no module that nobody asked for. The list is checked, not the clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PICNIC = Path(__file__).parents[3] / "examples" / "picnic"

# Each costs a tenth of a second or more to import, or brings a network or a database with it.
HEAVY = frozenset(
    {
        "aiohttp",
        "asyncio",
        "av",
        "c2pa",
        "celpy",
        "cryptography",
        "cv2",
        "daft",
        "django",
        "faiss",
        "httpx",
        "hypothesis",
    }
    | {"jsonschema", "mediapipe", "multiprocessing", "ninja", "numpy", "onnxruntime", "openpyxl", "pandas", "pydantic"}
    | {"pypdfium2", "pytest", "rapidocr", "ray", "requests", "rich", "scipy", "sqlite3", "ssl", "weasyprint"}
)
UNTIL_A_PICTURE_IS_OPENED = frozenset({"PIL"})


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules that a run of `lastlook` imports."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "lastlook", *arguments], capture_output=True, text=True, check=False
    )
    lines = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("check", "--help"),
        ("rules", "list"),
        ("find", "--help"),
        ("fingerprint", "--help"),
    ],
)
def test_without_a_picture_nothing_heavy_is_imported(arguments: tuple[str, ...]) -> None:
    modules = imported_by(*arguments)
    assert "lastlook" in modules
    assert modules & (HEAVY | UNTIL_A_PICTURE_IS_OPENED) == set()


def test_checking_a_campaign_imports_pillow_and_nothing_heavier() -> None:
    modules = imported_by("check", str(PICNIC), "--on", "2026-11-24")
    assert modules & UNTIL_A_PICTURE_IS_OPENED == {"PIL"}
    assert modules & HEAVY == set()
