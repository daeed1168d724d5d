"""Copies in a folder: every file is looked at, in processes with limits; what could not be read is said, never skipped.

rows      what is said of an item: matches, or why it was not looked at
walk      every file of a folder, in order
worker    the process that looks at one file after the other
pool      workers, each with limits, and what happens when one of them ends
journal   what was done so far, so that a killed run goes on
search    all of it
aligned   small pictures of a match, laid over each other, for the page
"""
