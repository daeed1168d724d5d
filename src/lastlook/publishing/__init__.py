"""What goes out: the gate that a file has to pass, and nothing passes by likeness."""
