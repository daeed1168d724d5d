"""The rules as data, one folder per code, one file per rule; and what reads them.

A pack folder holds `pack.yaml` (id, title, version, territories), `rules/*.yaml`, and where needed `derived.yaml` and
`words.yaml`. Adding a rule is adding one file. `shared.yaml` beside the packs has the derived facts all may use.
"""

from lastlook.packs.library import Library, Markets, Pack, bundled_pack_folders, read_library, read_packs

__all__ = ["Library", "Markets", "Pack", "bundled_pack_folders", "read_library", "read_packs"]
