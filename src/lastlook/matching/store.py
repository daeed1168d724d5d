"""Fingerprints of many published items on disk: mapped into memory, versioned, added to and withdrawn from while read.

A store is a folder. `store.json` names its segments and what was withdrawn; it is replaced as a whole, so that a reader
sees the store as it was at one moment. A segment is written once, never changed, and named by the digest of what it
holds. One writer at a time, by a lock on `lock`; readers take none.

An item takes about 2.8 kB: its hash and those of its panels, 64 features spread over it, and its name.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lastlook.errors import LastlookError, Place
from lastlook.matching import pdq
from lastlook.matching.candidates import looked_at
from lastlook.matching.decoding import decoded
from lastlook.matching.features import Features
from lastlook.matching.fingerprint import ALGORITHM, Fingerprint, part
from lastlook.matching.index import index_of
from lastlook.matching.scan import within

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = 1
FEATURES, PANELS = 64, 8  # kept of an item, at most
LEAST_VOTES = 4  # features of one item that meet an original's, to suspect it


class Kept(msgspec.Struct, frozen=True):
    """What a store keeps of one item. hashes: its own and its panels'; bits: 32 bytes for each feature."""

    item: str
    sha256: str
    quality: int
    hashes: tuple[bytes, ...]
    bits: bytes


class _Segment(msgspec.Struct, frozen=True):
    """Names of a segment: `owners` says for each hash, and `counts` for features, whose they are."""

    items: tuple[str, ...]
    digests: tuple[str, ...]
    hash_counts: tuple[int, ...]
    feature_counts: tuple[int, ...]


class _Manifest(msgspec.Struct, frozen=True):
    version: int
    algorithm: str
    segments: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def kept(item: str, data: bytes) -> Kept:
    """What is kept of these bytes. Raises LastlookError for what cannot be decoded."""
    import numpy as np

    seen = looked_at(np.asarray(decoded(data).luma, np.uint8))
    step = max(len(seen.features) // FEATURES, 1)
    bits = seen.features.bits[::step][:FEATURES]
    hashes = tuple(each.bits for each in seen.hashes[: PANELS + 1])
    return Kept(item, hashlib.sha256(data).hexdigest(), seen.hashes[0].quality, hashes, bits.tobytes())


class Reader:
    """A store as it was when it was opened."""

    def __init__(self, folder: Path) -> None:
        import numpy as np

        manifest = _manifest(folder)
        self.items: list[str] = []
        hashes: list[NDArray[np.uint8]] = []
        bits: list[NDArray[np.uint8]] = []
        owners: list[int] = []
        feature_owners: list[int] = []
        gone = set(manifest.withdrawn)
        for name in manifest.segments:
            segment = msgspec.msgpack.decode((folder / f"{name}.names").read_bytes(), type=_Segment)
            hashes.append(_mapped(folder / f"{name}.hashes"))
            bits.append(_mapped(folder / f"{name}.features"))
            for item, count, features in zip(segment.items, segment.hash_counts, segment.feature_counts, strict=True):
                number = -1 if item in gone else len(self.items)
                if number >= 0:
                    self.items.append(item)
                owners += [number] * count
                feature_owners += [number] * features
        self._hashes, self._bits = hashes, bits
        self._owners, self._feature_owners = np.array(owners, np.int64), np.array(feature_owners, np.int64)

    def near(self, original: Fingerprint, radius: int = pdq.COPY_BITS) -> dict[str, int]:
        """Items that have the original whole or in a panel, in any orientation or inverted; and the bits between."""
        asked = [bits for form in original.forms for bits in (form.bits, pdq.complement(form.bits))]
        found: dict[str, int] = {}
        offset = 0
        for hashes in self._hashes:
            for near in within(hashes, asked, radius):
                for row, bits in zip(near.rows.tolist(), near.bits.tolist(), strict=True):
                    owner = int(self._owners[offset + row])
                    if owner >= 0:
                        found[self.items[owner]] = min(bits, found.get(self.items[owner], 257))
            offset += len(hashes)
        return dict(sorted(found.items()))

    def suspected(self, original: Fingerprint, least: int = LEAST_VOTES) -> dict[str, int]:
        """Items some of whose features look like the original's, and how many do. They are to be read and compared."""
        import numpy as np

        index = index_of([part(original, kind) for kind in range(len(original.parts))])
        votes = np.zeros(len(self.items), np.int64)
        offset = 0
        for bits in self._bits:
            places = np.zeros((len(bits), 4), np.float32)
            pairs = index.pairs(Features(places, np.asarray(bits)))
            owners = self._feature_owners[offset + np.unique(pairs.ours)]
            votes += np.bincount(owners[owners >= 0], minlength=len(self.items))
            offset += len(bits)
        return {self.items[each]: int(votes[each]) for each in np.flatnonzero(votes >= least)}


def add(folder: Path, items: Iterable[Kept]) -> None:
    """Add a segment of items. One that is in the store or was withdrawn from it is not taken again."""
    import numpy as np

    with _writing(folder) as manifest:
        known = set(manifest.withdrawn)
        for name in manifest.segments:
            known.update(msgspec.msgpack.decode((folder / f"{name}.names").read_bytes(), type=_Segment).items)
        fresh = list({each.item: each for each in items if each.item not in known}.values())
        if not fresh:
            return
        names = msgspec.msgpack.encode(
            _Segment(
                tuple(each.item for each in fresh),
                tuple(each.sha256 for each in fresh),
                tuple(len(each.hashes) for each in fresh),
                tuple(len(each.bits) // 32 for each in fresh),
            )
        )
        name = hashlib.sha256(names).hexdigest()[:24]
        hashes = np.frombuffer(b"".join(each for one in fresh for each in one.hashes), np.uint8)
        bits = np.frombuffer(b"".join(each.bits for each in fresh), np.uint8)
        for suffix, content in (("hashes", hashes.tobytes()), ("features", bits.tobytes()), ("names", names)):
            _written(folder / f"{name}.{suffix}", content)
        _keep(folder, msgspec.structs.replace(manifest, segments=(*manifest.segments, name)))


def withdraw(folder: Path, items: Sequence[str]) -> None:
    """Take items out of the store. Readers that are open still see them; those opened from now on do not."""
    with _writing(folder) as manifest:
        gone = tuple(sorted({*manifest.withdrawn, *items}))
        _keep(folder, msgspec.structs.replace(manifest, withdrawn=gone))


def _manifest(folder: Path) -> _Manifest:
    path = folder / "store.json"
    if not path.exists():
        return _Manifest(VERSION, ALGORITHM)
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except msgspec.MsgspecError as error:
        raise LastlookError(
            "It is no store of fingerprints.", remedy="Make it again.", where=Place(str(path))
        ) from error
    if (manifest.version, manifest.algorithm) != (VERSION, ALGORITHM):
        what = f"It was made by {manifest.algorithm}, and is not comparable."
        raise LastlookError(what, remedy="Make it again from the pictures.", where=Place(str(path)))
    return manifest


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[_Manifest]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _manifest(folder)


def _keep(folder: Path, manifest: _Manifest) -> None:
    _written(folder / "store.json", msgspec.json.encode(manifest))


def _written(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the machine stops in between."""
    half = path.with_name(f".{path.name}.half")
    with half.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)


def _mapped(path: Path) -> NDArray[np.uint8]:
    import numpy as np

    if path.stat().st_size == 0:
        return np.zeros((0, 32), np.uint8)
    return np.memmap(path, np.uint8, "r").reshape(-1, 32)
