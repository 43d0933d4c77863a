"""HTML taken apart, strictly: what a browser would mend in silence is an error here."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "circle", "img", "input", "link", "meta", "rect"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    def all(self, tag: str | None = None, **attrs: str) -> "list[Element]":
        """The elements in it, in order; an attribute `class_` has this word among others."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child._is(tag, attrs):
                    found.append(child)
                found += child.all(tag, **attrs)
        return found

    def _is(self, tag: str | None, attrs: dict[str, str]) -> bool:
        return (tag is None or tag == self.tag) and all(
            value in self.attrs.get("class", "").split()
            if name == "class_"
            else self.attrs.get(name.replace("_", "-")) == value
            for name, value in attrs.items()
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID, tag
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        self.open[-1].children.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data):
        raise AssertionError(f"a declaration: {data}")


def elements(html: str) -> Element:
    """The tree of a page. Tags have to close in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> never closes"
    return reader.open[0]
