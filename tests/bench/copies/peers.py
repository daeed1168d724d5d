"""The well-known ways, on the same files in the same run: each gives a number, smaller the likelier a copy is."""

from __future__ import annotations

import io
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Numbers = NDArray[np.int64]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


class Peer(Protocol):
    """Smaller is likelier, one number for each original."""

    def distances(self, data: bytes) -> Numbers: ...


class Pdq:
    """PDQ by the common binding (pdqhash). `dihedral`: each original in eight orientations."""

    def __init__(self, originals: list[bytes]) -> None:
        import pdqhash

        self.binding: Any = pdqhash
        pixels = [np.asarray(opened(data)) for data in originals]
        self.plain = np.stack([self.packed(self.binding.compute(each)[0]) for each in pixels])
        turned = [[self.packed(bits) for bits in self.binding.compute_dihedral(each)[0]] for each in pixels]
        self.turned = np.array(turned)

    @staticmethod
    def packed(bits: Any) -> NDArray[np.uint8]:
        return np.packbits(np.asarray(bits, np.uint8))

    def hash(self, data: bytes) -> NDArray[np.uint8]:
        return self.packed(self.binding.compute(np.asarray(opened(data)))[0])

    def distances(self, ours: NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
        """To each original as it is, and to the nearest of its eight orientations."""
        plain = np.bitwise_count(self.plain ^ ours).sum(axis=1).astype(np.int64)
        turned = np.bitwise_count(self.turned ^ ours).sum(axis=2).min(axis=1).astype(np.int64)
        return plain, turned


class Perceptual:
    """pHash of 16 by 16, by imagehash."""

    def __init__(self, originals: list[bytes]) -> None:
        self.hashes = np.stack([self.hash(data) for data in originals])

    def hash(self, data: bytes) -> NDArray[np.bool_]:
        import imagehash

        return np.asarray(imagehash.phash(opened(data), hash_size=16).hash).ravel()

    def distances(self, data: bytes) -> Numbers:
        return np.asarray((self.hashes != self.hash(data)).sum(axis=1), np.int64)


class CropResistant:
    """imagehash's crop-resistant hash; minus the number of segments that match."""

    def __init__(self, originals: list[bytes]) -> None:
        import imagehash

        self.imagehash: Any = imagehash
        self.hashes = [imagehash.crop_resistant_hash(opened(data)) for data in originals]

    def distances(self, data: bytes) -> Numbers:
        ours = self.imagehash.crop_resistant_hash(opened(data))
        return np.array([-each.hash_diff(ours)[0] for each in self.hashes], np.int64)


class PlainOrb:
    """800 ORB points at 512 pixels, ratio test, similarity by RANSAC; minus the number of inliers."""

    def __init__(self, originals: list[bytes]) -> None:
        import cv2

        self.cv2: Any = cv2
        self.orb: Any = cv2.ORB.create(800)
        self.matcher: Any = cv2.BFMatcher(cv2.NORM_HAMMING)
        self.known = [self.described(data) for data in originals]

    def described(self, data: bytes) -> tuple[NDArray[np.float32], Any]:
        picture = opened(data).convert("L")
        picture.thumbnail((512, 512))
        points, bits = self.orb.detectAndCompute(np.asarray(picture), None)
        return np.array([point.pt for point in points], np.float32), bits

    def distances(self, data: bytes) -> Numbers:
        ours, bits = self.described(data)
        return np.array([-self._inliers(ours, bits, *known) for known in self.known], np.int64)

    def _inliers(self, ours: NDArray[np.float32], bits: Any, theirs: NDArray[np.float32], other: Any) -> int:
        if bits is None or other is None or len(ours) < 4 or len(theirs) < 4:
            return 0
        pairs = [p for p in self.matcher.knnMatch(bits, other, k=2) if len(p) == 2]
        good = [a for a, b in pairs if a.distance < 64 and a.distance < 0.85 * b.distance]
        if len(good) < 4:
            return 0
        source = np.array([theirs[a.trainIdx] for a in good])
        target = np.array([ours[a.queryIdx] for a in good])
        _, kept = self.cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=4)
        return 0 if kept is None else int(kept.sum())
