"""A PostgreSQL cluster of a test run's own, from Debian's package, in a temporary folder."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
SOMEBODY = "postgres"  # a server refuses to be run by root; Debian's package brings this user


class Cluster:
    """A running server, reached by a socket in its folder."""

    def __init__(self, folder: Path, user: str) -> None:
        self.folder, self.user, self._made = folder, user, 0

    def new_database(self, like: str = "template1") -> str:
        """The address of a database that is empty, or as another one is."""
        self._made += 1
        name = f"house_{os.getpid()}_{self._made}"
        self.run("createdb", "-h", str(self.folder), "-T", like, name)
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def run(self, program: str, *arguments: str) -> None:
        _run(self.user, str(BINARIES[-1].parent / program), *arguments)


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    """Start one; the tests that need it are skipped where PostgreSQL is not installed."""
    user = SOMEBODY if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="lastlook-pg-"))
    if os.geteuid() == 0:
        entry = pwd.getpwnam(SOMEBODY)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    cluster = Cluster(folder, user)
    data = folder / "data"
    cluster.run("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    settings = f"-k {folder} -c listen_addresses='' -c max_connections=260 -c shared_buffers=64MB"
    cluster.run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", settings, "start")
    try:
        yield cluster
    finally:
        cluster.run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str, *command: str) -> None:
    lead = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*lead, *command], check=True, capture_output=True, cwd="/")
