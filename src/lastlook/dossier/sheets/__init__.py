"""Sheets: `people`, `products`, `props`, `documents` and `assets` as CSV or XLSX beside a manifest.

A sheet is read into the same tree a manifest is, each row an entry whose places name the sheet and the line, so that
the same kinds read both and one registry holds both. An empty cell is unknown; `none` is known to be none.
"""

from lastlook.dossier.sheets.folder import Sheets, read_sheets

__all__ = ["Sheets", "read_sheets"]
