# SPDX-License-Identifier: Apache-2.0
"""An HTML report as its elements and words."""

import html.parser
import re

VOID = {"meta", "circle", "line", "path", "rect"}
# What a page may be made of. Nothing that runs, fetches, or sends.
ALLOWED = {
    "html": {"lang"}, "head": set(), "body": set(), "main": set(),
    "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(), "style": set(), "article": {"lang"},
    "h1": set(), "h2": set(), "h3": set(), "h4": set(), "p": {"class"},
    "div": {"class", "tabindex"}, "span": {"class"},
    "strong": set(), "em": set(), "code": {"class"}, "pre": {"tabindex"},
    "ol": {"class"}, "ul": set(), "li": {"class", "id", "tabindex"},
    "a": {"href", "rel", "aria-label"},
    "table": set(), "tr": set(), "th": {"scope"}, "td": set(),
    "figure": set(), "figcaption": set(),
    "svg": {"class", "height", "role", "aria-label", "aria-hidden", "x", "y",
            "width", "overflow"},
    "g": set(), "rect": {"x", "y", "width", "height", "class"},
    "circle": {"cx", "cy", "r", "class"}, "path": {"d", "class"},
    "line": {"x1", "x2", "y1", "y2", "class"},
    "text": {"x", "y", "text-anchor", "class"},
}
POLICY = ("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
          "form-action 'none'")


class Article:
    """A report: its tags in order, its words in code and outside of it."""

    def __init__(self):
        self.tags = []
        self.title = ""
        self.core = ""   # all words of it
        self.prose = []  # pieces outside of code, attributes included
        self.code = []


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.faults = []
        self.articles = []
        self.ids = set()
        self.targets = []
        self.policy = ""
        self.open = []
        self.classes = []
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self.open]
        self.faults += [f"leads nowhere: {target}" for target in self.targets
                        if target not in self.ids]
        if self.policy != POLICY:
            self.faults.append(f"policy: {self.policy}")

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if len(named) != len(attrs):
            self.faults.append(f"an attribute twice: {tag}")
        if tag not in ALLOWED:
            self.faults.append(f"element {tag}")
            return
        self.faults += [f"attribute {tag} {name}" for name in named
                        if name not in ALLOWED[tag]]
        if tag == "article":
            self.articles.append(Article())
        if self.articles:
            article = self.articles[-1]
            article.tags.append(tag)
            article.prose += [named[name] for name in ("aria-label",)
                              if name in named]
        if "id" in named:
            if named["id"] in self.ids:
                self.faults.append(f"id twice: {named['id']}")
            self.ids.add(named["id"])
        if tag == "a":
            target = named.get("href", "")
            if target.startswith("#"):
                self.targets.append(target[1:])
            elif not re.match(r"https?://[\w./-]", target):
                self.faults.append(f"link to {target}")
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"]
        if tag not in VOID:
            self.open.append(tag)
            self.classes.append(named.get("class", ""))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"ends {tag} within {self.open[-1:]}")
            return
        self.open.pop()
        self.classes.pop()

    def handle_comment(self, data):
        self.faults.append(f"comment {data}")

    def handle_data(self, data):
        if not self.articles or "article" not in self.open:
            return
        article = self.articles[-1]
        if "h1" in self.open:
            article.title += data
        if any(name.startswith("core") for name in self.classes):
            article.core += data
        (article.code if "code" in self.open else article.prose).append(data)
