"""The parts of the page that `reports.as_html` makes: markup, marks, and one module for each section.

Everything is escaped by default: only `markup.tag` makes markup, and it escapes every text it is given.
"""
