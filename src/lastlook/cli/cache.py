"""Where the cache of `check` is, by the environment: `LASTLOOK_CACHE`, else the user's folder for such things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lastlook.dossier.cache import NO_CACHE, Cache, open_cache
from lastlook.errors import LastlookError, Place


def cache_folder(environment: Mapping[str, str]) -> Path:
    """`$LASTLOOK_CACHE`, else `$XDG_CACHE_HOME/lastlook`, else `~/.cache/lastlook`.

    As that convention has it, a path that is not absolute is not used for `XDG_CACHE_HOME`. Raises RuntimeError where
    the user has no home.
    """
    if ours := environment.get("LASTLOOK_CACHE"):
        return Path(ours)
    caches = Path(environment.get("XDG_CACHE_HOME", ""))
    return (caches if caches.is_absolute() else Path.home() / ".cache") / "lastlook"


def cache_for(folders: Sequence[Path], environment: Mapping[str, str]) -> Cache:
    """The cache for a check of these folders; none where it cannot be used.

    Raises LastlookError where it would lie in one of them: it holds pictures, and is not to be sent on with a campaign.
    """
    try:
        cache = cache_folder(environment).resolve()
        within = [folder for folder in folders if cache.is_relative_to(folder.resolve())]
    except (OSError, RuntimeError):  # no home, or links in a circle
        return NO_CACHE
    if within:
        raise LastlookError(
            f"The cache would lie in {within[0]}, which is checked.",
            remedy="Set LASTLOOK_CACHE to a folder outside of it, or pass --no-cache.",
            where=Place(str(cache)),
        )
    return open_cache(cache)
