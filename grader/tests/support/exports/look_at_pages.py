#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""look_at_pages.py FOLDER [DOM]...: are the pages below FOLDER whole, safe and readable?

Each page is parsed. It must have no element or attribute that could run code (but for the class page's script, which its
policy names by hash), no repeated id, no broken link, headings
without gaps, tables with captions and scopes, and a description beside each plot. A DOM is a page as a browser parsed
it: there, too, no text of a student may have become an element. The style sheet's colours must have enough contrast,
light and dark. Prints what is wrong; then the exit status is 1.
"""
import base64
import hashlib
import html.parser
import pathlib
import re
import sys
import urllib.parse

PAGE = set("""html head title meta link style body header main footer nav article section h1 h2 h3 h4 p a ul ol li table
caption thead tbody tr th td span strong code pre dl dt dd figure figcaption details summary div meter svg desc g rect
defs circle path use filter feflood fecomposite text tspan polygon label input output button""".split())
EMPTY = {"meta", "link", "input"}
LEAST_CONTRAST = 4.5  # WCAG AA for text


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.wrong, self.ids, self.links, self.headings, self.open, self.style = [], [], [], [], [], ""
        self.language = self.titled = False
        self.captions = self.tables = self.scripts = 0
        self.script = self.policy = ""
        self.feed(path.read_text())
        self.check_whole()

    def say(self, what):
        self.wrong.append(f"{self.path.name}: line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "script" and not attributes and self.path.stem == "index":
            self.scripts += 1
        elif tag not in PAGE:
            self.say(f"<{tag}> has no business in a page")
        for name, value in attributes:
            if name.startswith("on") or (name in ("href", "src") and (value or "").lower().startswith("javascript")):
                self.say(f"{name} could act")
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if tag == "th" and "scope" not in values:
            self.say("a table heading without a scope")
        self.language |= tag == "html" and values.get("lang") == "en"
        self.titled |= tag == "title"
        if tag == "caption":
            self.captions += 1
        if tag == "table":
            self.tables += 1
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.say(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        if self.open and self.open[-1] == "script":
            self.script += data

    def check_whole(self):
        if self.open:
            self.say(f"<{self.open[-1]}> is not closed")
        for twice in {one for one in self.ids if self.ids.count(one) > 1}:
            self.say(f"id {twice} twice")
        if not self.language or not self.titled:
            self.say("no language or no title")
        allowed = base64.b64encode(hashlib.sha256(self.script.encode()).digest()).decode()
        if self.scripts > 1 or re.findall("sha256-([^']*)'", self.policy) != [allowed][:self.scripts]:
            self.say("a script that the policy does not name")
        if self.headings[:1] != [1] or any(after > before + 1 for before, after in zip(self.headings, self.headings[1:])):
            self.say(f"headings have gaps: {self.headings}")


def follow(page, link, pages):
    """What is wrong with LINK, or None."""
    path, _, anchor = link.partition("#")
    target = (page.path.parent / urllib.parse.unquote(path)).resolve() if path else page.path
    if target not in pages:
        return f"{page.path.name}: {link} leads nowhere"
    if anchor and urllib.parse.unquote(anchor) not in pages[target].ids:
        return f"{page.path.name}: {link} has no such place"
    return None


def brightness(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dull_colours(style):
    for scheme in re.findall(r":root\s*{(.*?)}", style, re.S):
        colours = dict(re.findall(r"--(\w+):\s*(#[0-9a-f]{6})", scheme))
        for text in ("ink", "quiet", "link", "pass", "fail"):
            for ground in ("paper", "soft") + (("used", "free", "damaged", "part") if text == "ink" else ()):
                ratio = contrast(colours[text], colours[ground])
                if ratio < LEAST_CONTRAST:
                    yield f"{text} on {ground} has a contrast of {ratio:.1f}: {colours[text]} {colours[ground]}"


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = {path: Page(path) for path in sorted(folder.rglob("*.html"))}
    wrong = [sentence for page in pages.values() for sentence in page.wrong]
    wrong += filter(None, (follow(page, link, pages) for page in pages.values() for link in page.links))
    for page in pages.values():
        if page.captions != page.tables:
            wrong.append(f"{page.path.name}: {page.tables} tables, {page.captions} captions")
    wrong += dull_colours(next(iter(pages.values())).style)
    for dom in map(pathlib.Path, sys.argv[2:]):
        wrong += [sentence for sentence in Page(dom).wrong if "business" in sentence or "act" in sentence]
    print(f"{len(pages)} pages")
    sys.exit("\n".join(wrong) or 0)


main()
