"""XMP packets: from RDF/XML to properties by namespace address and name. The prefix never matters.

XMP part 1 (ISO 16684-1), sections 6 and 7, annex C. No document type, no entity, nothing fetched (defusedxml).
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from lastlook.dossier.metadata.source import MAX_PACKET_BYTES, Notes, Unreadable

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"

MAX_DEPTH = 32
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 100_000  # in all
MAX_ATTRIBUTES_OF_ONE = 1_000
MAX_ADDRESS = 1_000  # characters of a namespace address: the parser copies it for every attribute
MAX_TEXT = 1_000_000  # characters of one value

Name = tuple[str, str]  # namespace address, local name
Array = Literal["Bag", "Seq", "Alt"]
_ARRAYS: dict[Name, Array] = {(RDF, "Bag"): "Bag", (RDF, "Seq"): "Seq", (RDF, "Alt"): "Alt"}


class Simple(msgspec.Struct, frozen=True):
    """Text, and the language it is said to be in."""

    text: str
    language: str | None = None


class Structure(msgspec.Struct, frozen=True):
    """Named values below one value; a name can stand there more than once."""

    fields: dict[Name, tuple[Node, ...]]

    def get(self, name: Name) -> tuple[Node, ...]:
        return self.fields.get(name, ())


class Many(msgspec.Struct, frozen=True):
    """An array: a bag, a sequence, or alternatives."""

    kind: Array
    members: tuple[Node, ...]


Node = Simple | Structure | Many


class Properties(msgspec.Struct, frozen=True):
    """The properties of one packet. A property that stands in it twice has two values."""

    values: dict[Name, tuple[Node, ...]]
    unreadable: tuple[Unreadable, ...] = ()


class _RefusedError(Exception):
    """The packet is not read further. The message is a sentence."""


class _Element:
    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: Name, attributes: dict[Name, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[_Element] = []
        self.text = ""


class _Tree:
    """What the parser calls: makes elements, and stops at the limits."""

    def __init__(self) -> None:
        self.top = _Element(("", ""), {})
        self._open = [self.top]
        self._words: list[str] = []
        self._elements, self._attributes = 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._flush()
        self._elements += 1
        self._attributes += len(attributes)
        if len(self._open) > MAX_DEPTH:
            raise _RefusedError(f"It is nested more than {MAX_DEPTH} levels deep.")
        if self._elements > MAX_ELEMENTS:
            raise _RefusedError(f"It has more than {MAX_ELEMENTS:,} elements.")
        if self._attributes > MAX_ATTRIBUTES:
            raise _RefusedError(f"It has more than {MAX_ATTRIBUTES:,} attributes.")
        element = _Element(_name(tag), {_name(key): value for key, value in attributes.items()})
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, tag: str) -> None:
        self._flush()
        self._open.pop()

    def data(self, words: str) -> None:
        self._words.append(words)

    def close(self) -> _Element:
        return self.top

    def _flush(self) -> None:
        """Text between elements belongs to the one that is open; behind its first child it is only white space."""
        element = self._open[-1]
        if self._words and not element.children:
            element.text = "".join(self._words)
        self._words.clear()


def _name(tag: str) -> Name:
    address, _, local = tag.rpartition("}")
    return address.removeprefix("{"), local


def read_rdf(packet: bytes, where: str = "XMP") -> Properties:
    """The properties of a packet; none, and a note, when it is not well-formed or goes beyond a limit."""
    notes = Notes()
    try:
        top = _parsed(_text_of(packet, notes, where))
    except _RefusedError as error:
        notes.add(str(error), where)
        return Properties({}, tuple(notes))
    blocks = [element for root in top.children for element in (root, *root.children) if element.name == (RDF, "RDF")]
    if not blocks:
        notes.add("It holds no rdf:RDF.", where)
    values: dict[Name, list[Node]] = {}
    reader = _Reader(notes, where)
    for block in blocks:
        for description in block.children:
            for name, nodes in reader.fields(description).items():
                values.setdefault(name, []).extend(nodes)
    return Properties({name: tuple(nodes) for name, nodes in values.items()}, tuple(notes))


def _text_of(packet: bytes, notes: Notes, where: str) -> str:
    """The packet as text, from the first `<` to the last `>`."""
    if len(packet) > MAX_PACKET_BYTES:
        raise _RefusedError(f"It has more than {MAX_PACKET_BYTES >> 20} MiB.")
    encoding = _encoding_of(packet[:64])
    try:
        text = packet.decode(encoding)
    except UnicodeDecodeError:
        notes.add(f"Some of its characters are not {encoding.upper()}.", where)
        text = packet.decode(encoding, errors="replace")
    start, end = text.find("<"), text.rfind(">")
    if start < 0 or end < start:
        raise _RefusedError("It holds no XML.")
    # The declaration names an encoding that the text no longer has, and is of no other use.
    return re.sub(r"\A<\?xml\s[^>]{0,200}\?>", "", text[start : end + 1])


def _encoding_of(start: bytes) -> str:
    """By the byte order mark, or by where the noughts around the first `<` stand (XML 1.0, annex F)."""
    marks = (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xfe\xff", "utf-16"),
        (b"\xff\xfe", "utf-16"),
        (b"\0\0\0<", "utf-32-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0<", "utf-16-be"),
        (b"<\0", "utf-16-le"),
    )
    bare = start.lstrip(b" \t\r\n")
    return next((encoding for mark, encoding in marks if bare.startswith(mark)), "utf-8")


# `<` cannot stand in a value, so a piece between two `<` holds one tag at most; short ones can hold nothing that
# swells. Nothing here goes back over what it has matched, so the time is that of reading the text once.
_LONG_PIECE = re.compile(rf"<[^<]{{{MAX_ADDRESS},}}+")
_TAG = re.compile(r"[^\s=<>\"'/!?]++")
_ATTRIBUTE = re.compile(r"\s*+([^\s=<>\"'/]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+')")


def _refuse_what_would_swell(text: str) -> None:
    """Tags that the parser would need far more memory for than they have bytes."""
    if text.count("<") > 4 * MAX_ELEMENTS:
        raise _RefusedError(f"It has more than {MAX_ELEMENTS:,} elements.")
    for piece in _LONG_PIECE.finditer(text):
        tag = _TAG.match(text, piece.start() + 1, piece.end())
        if tag is None:
            continue
        count, attribute = 0, _ATTRIBUTE.match(text, tag.end(), piece.end())
        while attribute is not None:
            count += 1
            if attribute[1].startswith("xmlns") and len(attribute[2]) > MAX_ADDRESS:
                raise _RefusedError(f"A namespace address has more than {MAX_ADDRESS:,} characters.")
            if count > MAX_ATTRIBUTES_OF_ONE:
                raise _RefusedError(f"An element has more than {MAX_ATTRIBUTES_OF_ONE:,} attributes.")
            attribute = _ATTRIBUTE.match(text, attribute.end(), piece.end())


def _parsed(text: str) -> _Element:
    _refuse_what_would_swell(text)
    tree = _Tree()
    parser = XMLParser(target=tree, encoding="utf-8", forbid_dtd=True)
    try:
        parser.feed(text.encode("utf-8", errors="replace"))
        parser.close()
    except DefusedXmlException as error:
        raise _RefusedError("It declares a document type or entities, which XMP may not.") from error
    except (ParseError, ValueError) as error:
        raise _RefusedError("It is not well-formed XML.") from error
    return tree.top


class _Reader:
    """From elements to values."""

    def __init__(self, notes: Notes, where: str) -> None:
        self._notes, self._where = notes, where

    def fields(self, element: _Element) -> dict[Name, tuple[Node, ...]]:
        """What a description says: properties as attributes and as elements are the same."""
        found: dict[Name, list[Node]] = {}
        for name, text in _own_attributes(element).items():
            self._add(found, name, self._simple(text))
        for child in element.children:
            if child.name[0] == RDF and child.name[1] != "value":
                self._notes.add("Something stands where a property must stand.", self._where)
            else:
                self._add(found, child.name, self.value(child))
        return {name: tuple(nodes) for name, nodes in found.items()}

    def _add(self, found: dict[Name, list[Node]], name: Name, node: Node | None) -> None:
        if node is not None and name[0]:
            found.setdefault(name, []).append(node)

    def value(self, element: _Element) -> Node | None:
        """The value of a property element or an array member."""
        if element.attributes.get((RDF, "parseType")) == "Resource":
            return self._structure(element)
        if not element.children:
            return self._leaf(element)
        values = [value for child in element.children if (value := self._content(child)) is not None]
        return values[0] if len(values) == 1 else Many("Bag", tuple(values))

    def _leaf(self, element: _Element) -> Node | None:
        resource = element.attributes.get((RDF, "resource"))
        if resource is not None:
            return self._simple(resource)
        if _own_attributes(element):
            return self._structure(element)
        return self._simple(element.text, element.attributes.get((XML, "lang")))

    def _content(self, element: _Element) -> Node | None:
        kind = _ARRAYS.get(element.name)
        if kind is None:
            return self._structure(element)
        if any(child.name != (RDF, "li") for child in element.children):
            self._notes.add("Something stands where a member of an array must stand.", self._where)
        members = (self.value(child) for child in element.children if child.name == (RDF, "li"))
        return Many(kind, tuple(member for member in members if member is not None))

    def _structure(self, element: _Element) -> Node:
        """A structure; one that holds `rdf:value` is that value with qualifiers, which are not kept."""
        fields = self.fields(element)
        qualified = fields.get((RDF, "value"))
        return qualified[0] if qualified else Structure(fields)

    def _simple(self, text: str, language: str | None = None) -> Simple | None:
        words = text.strip()
        if len(words) > MAX_TEXT:
            return self._notes.add(f"A value has more than {MAX_TEXT:,} characters and was not read.", self._where)
        return Simple(words, language)


def _own_attributes(element: _Element) -> dict[Name, str]:
    """The attributes that are properties: those with a namespace that is not RDF's or XML's, and `rdf:value`."""
    return {
        name: text
        for name, text in element.attributes.items()
        if name == (RDF, "value") or (name[0] and name[0] not in (RDF, XML))
    }
