"""The house: whatever is decided, answered or cleared is written here, on top of the library and never the reverse."""
