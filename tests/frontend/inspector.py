"""Reads a page as a careful person would, and says everything that is wrong with it."""

from __future__ import annotations

from html.parser import HTMLParser

UNLABELLED = {"hidden", "submit"}


class _Reader(HTMLParser):
    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.nonce = nonce
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.links: list[str] = []
        self.form: dict[str, str] | None = None
        self.form_has_csrf = False
        self.text: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self._attributes(tag, given)
        if handler := getattr(self, f"_{tag}", None):
            handler(given)

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        if "style" in given:
            self.wrong.append(f"<{tag}> has a style attribute, which the policy refuses")
        self.wrong += [f"<{tag}> has {name}" for name in given if name.startswith("on")]
        for name in ("href", "action", "src"):
            if name in given:
                self.links.append(given[name])

    def _script(self, given: dict[str, str]) -> None:
        self.skipping += 1
        if given.get("nonce") != self.nonce:
            self.wrong.append("a script without the nonce")

    def _style(self, _given: dict[str, str]) -> None:
        self.wrong.append("a style element")

    def _form(self, given: dict[str, str]) -> None:
        if self.form is not None:
            self.wrong.append("a form in a form")
        if not given.get("action") or given.get("method") not in {"get", "post"}:
            self.wrong.append(f"a form without action or method: {given}")
        self.form, self.form_has_csrf = given, False

    def _label(self, given: dict[str, str]) -> None:
        self.labels.add(given.get("for", ""))

    def _input(self, given: dict[str, str]) -> None:
        if given.get("name") == "csrf":
            self.form_has_csrf = True
        if given.get("type") not in UNLABELLED:
            self.fields.append((given.get("id", ""), given.get("name", "")))

    def _select(self, given: dict[str, str]) -> None:
        self.fields.append((given.get("id", ""), given.get("name", "")))

    _textarea = _select

    def _img(self, given: dict[str, str]) -> None:
        if "alt" not in given:
            self.wrong.append("a picture without alt")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.skipping -= 1
        if tag == "form" and self.form is not None:
            if self.form["method"] == "post" and not self.form_has_csrf:
                self.wrong.append(f"a form to {self.form['action']} without csrf")
            self.form = None

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.text.append(data)


def read(html: str, nonce: str) -> _Reader:
    reader = _Reader(nonce)
    reader.feed(html)
    return reader


def faults(html: str, *, nonce: str) -> list[str]:
    """Everything wrong with a whole page."""
    page = read(html, nonce)
    wrong = list(page.wrong)
    wrong += [
        f"{page.counts.get(t, 0)} <{t}>" for t in ("h1", "main", "title") if page.counts.get(t) != 1
    ]
    wrong += [f"id {each} twice" for each in {i for i in page.ids if page.ids.count(i) > 1}]
    wrong += [f"no label for {field}" for field in page.fields if field[0] not in page.labels]
    said = " ".join(page.text)
    wrong += [f"“{word}” in the text" for word in ("Undefined", "{{", "%(") if word in said]
    wrong += ["“None” in the text" for each in page.text if each.strip() == "None"]
    if "<b>" in html:
        wrong.append("text that was not escaped")
    return wrong
