"""Limits on what strangers wrote: which pictures are opened at all, and what opening one may cost."""

from __future__ import annotations

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF")
MAX_PIXELS = 300_000_000
MAX_FILE_BYTES = 2 << 30


def limit_this_process(*, memory_bytes: int, cpu_seconds: int, written_bytes: int) -> None:
    """At most so much memory, processor time and output (bytes in one file), and no core dump, for this process.

    A child sets it to itself before it opens what a stranger wrote, and cannot lift it again.
    """
    import resource

    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: written_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: memory_bytes,
    }
    for which, most in limits.items():
        _, hard = resource.getrlimit(which)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        above = 1 if which == resource.RLIMIT_CPU and soft == most and hard != soft else 0
        try:  # a second above, so that the signal tells time (SIGXCPU) from a kill
            resource.setrlimit(which, (soft, soft + above))
        except ValueError:  # macOS knows RLIMIT_AS and refuses to set it
            if which != resource.RLIMIT_AS:
                raise
