"""Files written by another tool: ExifTool, where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.lastlook.dossier.metadata.made import FORMATS, a_picture

Writes = Callable[[str, Mapping[str, object]], Path]
WritesAll = Callable[[Mapping[str, object]], dict[str, Path]]
Embeds = Callable[[str, bytes], Path]


def _program() -> str:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("ExifTool is not installed (apt-get install libimage-exiftool-perl)")
    return program


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Writes:
    """A function that makes a picture of a format and has ExifTool write values into it. It gives the file."""
    program, folder = _program(), tmp_path_factory.mktemp("written")

    def write(kind: str, values: Mapping[str, object]) -> Path:
        number = len(list(folder.iterdir()))
        path, said = folder / f"{number}.{FORMATS[kind]}", folder / f"{number}.json"
        path.write_bytes(a_picture(kind))
        said.write_text(json.dumps([{"SourceFile": "*", **values}]), encoding="utf-8")
        command = [program, "-q", "-m", "-overwrite_original", f"-json={said}", str(path)]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
        assert run.stderr.replace("[minor]", "").count("Warning") <= (kind == "PNG"), run.stderr
        return path

    return write


@pytest.fixture(scope="session")
def written_in_all(tmp_path_factory: pytest.TempPathFactory) -> WritesAll:
    """As `written`, into a picture of each of the six formats at once."""
    program = _program()

    def write(values: Mapping[str, object]) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("written-in-all")
        paths = {kind: folder / f"{kind}.{suffix}" for kind, suffix in FORMATS.items()}
        for kind, path in paths.items():
            path.write_bytes(a_picture(kind))
        said = folder / "said.json"
        said.write_text(json.dumps([{"SourceFile": "*", **values}]), encoding="utf-8")
        command = [program, "-q", "-m", "-overwrite_original", f"-json={said}", *map(str, paths.values())]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        return paths

    return write


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Embeds:
    """A function that has ExifTool put a packet of ours, as it is, into a picture of a format."""
    program, folder = _program(), tmp_path_factory.mktemp("embedded")

    def embed(kind: str, packet: bytes) -> Path:
        number = len(list(folder.iterdir()))
        path, block = folder / f"{number}.{FORMATS[kind]}", folder / f"{number}.xmp"
        path.write_bytes(a_picture(kind))
        block.write_bytes(packet)
        command = [program, "-q", "-m", "-overwrite_original", f"-XMP<={block}", str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        return path

    return embed
