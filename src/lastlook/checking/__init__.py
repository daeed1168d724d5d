"""Facts, packs and decisions become findings, questions and requirements.

`judge` decides, `documents` looks on file, `applicability` says where and when, `coverage` which markets nobody wrote
rules for; `findings`, `questions` and `unreviewed` put it into words and `concluding` puts it together.
"""
