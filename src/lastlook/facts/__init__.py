"""What is known: three truth values, standing and raised values, lists that may be incomplete, and their sources.

Six laws hold here and are tested as properties (`tests/lastlook/facts`): what stands, what is only raised, when a
raised value counts, intervals of age, incomplete lists, and that a raised value never makes a verdict better.
"""
