"""Tools of the repository: what writes the generated pages, and what measures."""
