"""What a picture file says of itself: XMP, IPTC-IIM, EXIF and Content Credentials, read and never believed.

`containers` finds the packets of a file without decoding its pixels; `rdf`, `iim` and `exif` read one packet each;
`embedded` gives the properties that matter a type and remembers where each stood; `credentials` reads C2PA manifests.
Every value is a claim of the file. It can raise a question. It never clears anything, and what is absent is unknown.
"""
