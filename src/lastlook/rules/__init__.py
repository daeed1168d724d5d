"""What a rule is: its grammar, its condition in negation normal form, and how three truths come out of it.

`when` reads a condition, `conditions` is what it becomes, `evaluation` runs it, `explanation` says what the answer
rests on. `roots` says what of a picture a condition reads, and `recall` asks many conditions at once.
"""
