"""Small typography: marked words, thousands, initial capitals, where a link leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

WORD = re.compile(r"[\w’'-]+")
BEFORE = 80
LONGEST_EXCERPT = 240


def marked(phrase: str, word: str) -> Markup:
    """The phrase, quoted, with the shared word marked however it is inflected there."""
    found = _exact(phrase, word) or _inflected(phrase, word)
    if found is None:
        return Markup("“{}”").format(phrase)
    before, inside, after = phrase[: found.start()], found.group(), phrase[found.end() :]
    return Markup("“{}<mark>{}</mark>{}”").format(before, inside, after)


def highlighted(text: str, words: Iterable[str]) -> Markup:
    """The text with each of the words marked wherever it stands whole."""
    parts = [escape(part) for part in _any_of(words).split(text)]
    # of what is split at a group, every second part is what the group found
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if at % 2 else part for at, part in enumerate(parts)
    )


def excerpt(text: str, words: Iterable[str]) -> Markup:
    """The part of a long text around the first of the words, cut between words, with marks."""
    words = list(words)
    found = _any_of(words).search(text)
    at = found.start() if found else 0
    start = text.rfind(" ", 0, at - BEFORE) + 1 if at > BEFORE else 0
    end = start + LONGEST_EXCERPT
    is_cut = len(text) > end
    cut = (text[start:end].rpartition(" ")[0] if is_cut else "") or text[start:end]
    ends = ("… " if start else "", "…" if is_cut else "")
    return Markup("{}{}{}").format(ends[0], highlighted(cut, words), ends[1])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in longest_first)
    # nothing is found where there are no words
    return re.compile(rf"(?<!\w)({either})(?!\w)" if either else r"(?!)()")


def _exact(phrase: str, word: str) -> re.Match[str] | None:
    return re.search(rf"\b{re.escape(word)}\b", phrase, re.IGNORECASE)


def _inflected(phrase: str, word: str) -> re.Match[str] | None:
    """The word of the phrase that shares most of its beginning with the given one."""
    enough = max(3, len(word) - 3)
    best = max(WORD.finditer(phrase), key=lambda each: _alike(each.group(), word), default=None)
    return best if best is not None and _alike(best.group(), word) >= enough else None


def _alike(one: str, other: str) -> int:
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    same = 0
    for left, right in pairs:
        if left != right:
            break
        same += 1
    return same


def beside(percent: int, match: Any) -> int:
    """The length of a share's bar, where the largest share of its match is 100."""
    largest: int = max(
        [match.restPercent, match.liftPercent, 1, *(term.percent for term in match.terms)]
    )
    return round(100 * percent / largest)


def sentence(text: str) -> str:
    """With a capital at the start; the rest as it is."""
    return text[:1].upper() + text[1:]


def full_stop(text: str) -> str:
    """With a full stop, if it does not end in one."""
    return text if text.endswith((".", "?")) else f"{text}."


def thousands(number: int) -> str:
    return f"{number:,}"


def percent(share: float) -> str:
    return f"{round(share * 100)}%"


def listed(items: Iterable[object], joint: str = "and") -> str:
    """One, two and three."""
    *first, last = [str(item) for item in items] or [""]
    return f"{', '.join(first)} {joint} {last}" if first else last


def some(items: Iterable[object], most: int = 2) -> str:
    """One, two and 3 more: at most so many by name, unless that leaves a single one."""
    names = [str(item) for item in items]
    if len(names) <= most + 1:
        return listed(names)
    return listed([*names[:most], f"{len(names) - most} more"])


def twice(items: Iterable[str]) -> list[tuple[str, str]]:
    """Options whose value is their text."""
    return [(item, item) for item in items]


def site_of(url: str) -> str:
    """Whose page a link opens: example.gov.uk."""
    return urlsplit(url).netloc.removeprefix("www.")


def paragraphs(text: str) -> Markup:
    """Text as it was typed, a blank line between paragraphs."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    made = [f'<p class="govuk-body">{escape(b)}</p>'.replace("\n", "<br>") for b in blocks]
    return Markup("\n").join(Markup(block) for block in made)  # noqa: S704 - escaped above


FILTERS: Mapping[str, Callable[..., object]] = {
    "marked": marked,
    "highlighted": highlighted,
    "excerpt": excerpt,
    "beside": beside,
    "sentence": sentence,
    "full_stop": full_stop,
    "thousands": thousands,
    "percent": percent,
    "listed": listed,
    "some": some,
    "twice": twice,
    "site_of": site_of,
    "paragraphs": paragraphs,
}
