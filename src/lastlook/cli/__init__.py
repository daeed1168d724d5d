"""Words and exit codes: one file per command, `main` finds the one that was asked for.

Each command module has `add(commands)`, which says what it takes, and `run(options)`, which gives an exit code:
0 nothing stands in the way, 1 stopped, 2 something could not be read, 3 cannot tell.
"""
