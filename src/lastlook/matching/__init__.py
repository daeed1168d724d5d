"""Fingerprints and copies: which originals an item is a copy of, holds, or was cut from. Knows bytes, not campaigns.

In the order in which a picture goes through it:

decoding      bytes become luma, always by the same way
pdq           256 bits of the whole, its eight orientations and its negative
features      many small places, each with 256 bits of its own
panels        the pictures within a picture
fingerprint   what is kept of an original
index         features that look alike, found by parts of their bits
geometry      the one map that most pairs of features agree on
candidates    places worth comparing, from hashes and from features
agreement     pixel by pixel, after the two were laid over each other
judging       one number from all that, with frozen weights
shared        what registered assets have in common, which is evidence for none
relations     the one word for what the item is
plain         the route for pictures without texture
copies        all of it: `Finder` for originals, `likeness` for the gate
scan, store   many published items: exact range search; fingerprints on disk

NumPy and OpenCV come with `lastlook[match]` and are imported where they are first needed.
"""
