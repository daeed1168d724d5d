"""What a rule is: its grammar, its condition in negation normal form, and how three truths come out of it.

`when` reads a condition, `conditions` is what it becomes, `evaluation` runs it, `explanation` says what the answer
rests on, `index` finds the few rules that can matter to a picture.
"""
