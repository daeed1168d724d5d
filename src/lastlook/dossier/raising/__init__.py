"""What a picture file says of itself raises a hand: embedded values on what was declared, which never clear anything.

What only lowers the stakes (captured by a camera, everybody released) is raised where it contradicts what was declared,
and is otherwise no news; what raises them is raised always. Names of people are counted and not kept. Which property
raises which fact: docs/metadata.md.
"""
