"""Results in words: text for people and JSON for programs. Pure: what comes in is a result, what goes out is text."""
