"""One piece of XML as plain dictionaries, without namespaces: what camt_entry.py reads from.

Answers: what stands at this path. One walk per entry is several times faster than looking paths up in lxml.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree


@dataclass(slots=True)
class Tree:
    """An element: its own text, its currency (attribute Ccy), its children by local name."""

    text: str = ""
    currency: str = ""
    children: dict[str, list["Tree"]] = field(default_factory=dict)

    def all(self, *path: str) -> Iterator["Tree"]:
        """Every element at this path, in order."""
        if not path:
            yield self
            return
        for child in self.children.get(path[0], ()):
            yield from child.all(*path[1:])

    def first(self, *path: str) -> "Tree | None":
        """The first element at this path."""
        found: Tree | None = self
        for name in path:
            children = found.children.get(name) if found else None
            if not children:
                return None
            found = children[0]
        return found

    def at(self, *path: str) -> str:
        """Text of the first element at this path, '' when there is none."""
        found = self.first(*path)
        return found.text if found else ""


_LOCAL: dict[str, str] = {}
_CACHED = 500
_UNREAD = {"RltdAgts", "PstlAdr", "RltdDts", "TxsSummry"}


def local_name(tag: str) -> str:
    """The name of a tag without its namespace."""
    name = _LOCAL.get(tag)
    if name is None:
        name = tag.rpartition("}")[2]
        if len(_LOCAL) < _CACHED:
            _LOCAL[tag] = name
    return name


def tree_of(element: etree._Element) -> Tree:
    """The element as a Tree; parts that nobody reads (addresses, agents) are left out."""
    text = element.text
    tree = Tree(" ".join(text.split()) if text else "", element.get("Ccy", ""))
    children = tree.children
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        name = _LOCAL.get(tag) or local_name(tag)
        if name not in _UNREAD:
            children.setdefault(name, []).append(tree_of(child))
    return tree
