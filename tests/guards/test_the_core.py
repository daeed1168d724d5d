"""The library has no clock and no network: the linter refuses them wherever a decision is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "line",
    [
        "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)\n",
        "import datetime\n\nTODAY = datetime.date.today()\n",
        "import time\n\nNOW = time.time()\n",
        "import socket\n\nNAME = socket.gethostname()\n",
        "from urllib.request import urlopen\n\nurlopen\n",
        "import http.client\n\nhttp.client\n",
    ],
)
@pytest.mark.parametrize("module", ["src/lastlook/checking/judge.py", "src/lastlook/rules/evaluation.py"])
def test_the_clock_and_the_network_are_refused_in_the_core(module: str, line: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", module],
        input=line, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "TID251" in run.stdout
