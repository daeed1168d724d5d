"""The rules as data, one folder per code, one file per rule; and what reads them.

A pack folder holds `pack.yaml` (id, title, version, territories), `rules/*.yaml`, and where needed `derived.yaml` and
`words.yaml`. Adding a rule is adding one file. `shared.yaml` beside the packs has the derived facts all may use,
and `compact.json` all bundled packs in a form that is read quickly.
"""

from lastlook.packs.library import Library, Markets, bundled_pack_folders, compact_form, read_library, read_packs
from lastlook.packs.pack import Pack

__all__ = ["Library", "Markets", "Pack", "bundled_pack_folders", "compact_form", "read_library", "read_packs"]
