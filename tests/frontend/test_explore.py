"""Explore: whatever an address says, the question is made of declared names, and the page says so."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from graphql import GraphQLEnumType, parse, validate
from graphql.execution.values import get_variable_values
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from frontend.explore import exports, kept_address
from frontend.explore.asked import VIEWS, read
from frontend.explore.days import day_of, instant_of
from frontend.explore.documents import question
from frontend.explore.kinds import (
    NO,
    NONE,
    SOME,
    YES,
    AnyOf,
    AnyPlace,
    AtLeast,
    Day,
    Filter,
    Has,
    Named,
    Noun,
    Number,
    OnePlace,
    Truth,
    Words,
)
from frontend.explore.nouns import NOUNS
from frontend.explore.ready import READY
from tests.frontend import sample
from tests.frontend.conftest import NONCE, SiteOf
from tests.frontend.inspector import faults
from tests.frontend.inspector import read as read_page

TODAY = date(2026, 11, 24)
PLACE = "Words & <b>"  # the one that every list of places has in the sample
MARK = "zqx"
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked(address: str):
    return read(parse_qsl(address, keep_blank_values=True), today=TODAY)


def texts(filter: Filter) -> st.SearchStrategy[list[str]]:  # noqa: PLR0911 - a kind each
    """What a form may send for a filter, blanks apart."""
    match filter:
        case AnyOf(values=values, unsaid=unsaid):
            options = [*values, NONE] if unsaid else values
            return st.lists(st.sampled_from(options), min_size=1, unique=True)
        case AnyPlace() | OnePlace():
            return st.just([PLACE])
        case AtLeast(values=values):
            return st.sampled_from(values).map(lambda one: [one])
        case Named(noun=noun):
            return st.sampled_from([["planning"], [f"{noun}-4"], [NONE]])
        case Words():
            return st.just(["school meals"])
        case Day():
            return st.sampled_from([["2027-03-01"], ["March 2027"], ["in 6 months"], ["today"]])
        case Number():
            return st.sampled_from([["0"], ["100,000"]])
        case Truth():
            return st.sampled_from([[YES], [NO]])
        case Has():
            return st.sampled_from([[SOME], [NONE]])


@st.composite
def addresses(draw) -> str:
    """Any question that the declarations allow."""
    noun = NOUNS[draw(st.sampled_from([*NOUNS]))]
    pairs = [("what", noun.name)]
    for name in draw(st.lists(st.sampled_from([*noun.filters]), unique=True, max_size=12)):
        pairs += [(name, text) for text in draw(texts(noun.filters[name]))]
    views = [one for one in VIEWS if one != "network" or noun.is_network]
    pairs += [("by", one) for one in draw(some(noun.facets))]
    pairs += [("split", one) for one in draw(some(noun.splits))]
    pairs += [("show", draw(st.sampled_from(views)))]
    pairs += [("order", one) for one in draw(some(noun.orders))]
    pairs += [("turned", YES)] if draw(st.booleans()) else []
    columns = draw(st.lists(st.sampled_from(noun.columns), unique=True))
    return urlencode(pairs + [("column", one.name) for one in columns])


def some(declared) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([[], *([one.name] for one in declared)])


def problems(address: str) -> list[object]:
    """What the schema finds wrong with a question, its variables included."""
    wanted = question(asked(address))
    document = parse(wanted.document)
    found = list(validate(sample.SCHEMA, document))
    if not found:
        declared = document.definitions[0].variable_definitions
        values = get_variable_values(sample.SCHEMA, declared, dict(wanted.variables))
        found += values if isinstance(values, list) else []
    return found


@given(addresses())
@CALM
def test_every_question_fits_the_schema(address: str) -> None:
    assert asked(address).mistakes == ()
    assert problems(address) == []


@pytest.mark.parametrize("noun", NOUNS.values(), ids=lambda noun: noun.name)
def test_everything_at_once_fits_the_schema(noun: Noun) -> None:
    every = [("what", noun.name), *(("column", one.name) for one in noun.columns)]
    assert problems(urlencode(every)) == []
    for facet in noun.facets:
        assert problems(urlencode([("what", noun.name), ("by", facet.name)])) == []
    for order in noun.orders:
        assert problems(urlencode([("what", noun.name), ("order", order.name)])) == []


def test_everything_that_is_declared_is_there() -> None:
    for noun in NOUNS.values():
        assert noun.chart in {one.name for one in noun.facets}
        assert set(noun.shown) <= {one.name for one in noun.columns}
        assert {one.filter for one in noun.facets} <= set(noun.filters)
        assert {one.nothing for one in noun.facets} - {""} <= set(noun.filters)
        assert len(noun.filters) == sum(len(group.filters) for group in noun.groups)
        for known in noun.filters.values():
            if isinstance(known, AnyOf | AtLeast):
                kind = sample.SCHEMA.type_map[known.type]
                assert isinstance(kind, GraphQLEnumType)
                assert set(known.values) <= set(kind.values), known
        facets = sample.SCHEMA.type_map[f"{noun.type}Facets"].fields
        assert {one.name for one in noun.facets} == set(facets)
        orders = sample.SCHEMA.type_map[f"{noun.type}Order"].values
        assert {one.name for one in noun.orders} == set(orders)


@given(addresses())
@CALM
def test_an_address_says_its_question_in_full(address: str) -> None:
    once = asked(address)
    again = asked(once.address)
    assert again.address == once.address == kept_address(address, TODAY)
    assert (again.held, again.by, again.show) == (once.held, once.by, once.show)
    assert again.split is once.split
    assert (again.columns, again.order, again.turned) == (once.columns, once.order, once.turned)


def test_questions_of_one_shape_are_one_document() -> None:
    one = question(asked("what=projects&text=bins&phase=ALPHA&region=London&endsUntil=2027-01-01"))
    other = question(
        asked("what=projects&text=x&phase=BETA&phase=LIVE&region=Wales&endsUntil=today")
    )
    assert one.document == other.document
    assert one.variables != other.variables


# Anything at all.

NAMES = sorted({*(name for noun in NOUNS.values() for name in noun.filters), "what", "was", "by", "split", "show", "column", "order", "turned", "after", MARK})  # fmt: skip
SAID = sorted({*NOUNS, *VIEWS, NONE, SOME, YES, "phase", "region", "service-4", "ALPHA", "", "\x00", "}) { id }", "DETACH DELETE", "=1+1", "999999999999", "2026-13-45", "in 999 years"})  # fmt: skip
ANYTHING = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(NAMES), st.text(max_size=8)),
        st.one_of(st.sampled_from(SAID), st.text(max_size=40), st.text(min_size=190, max_size=600)),
    ),
    max_size=14,
)


def test_a_split_asks_for_each_value_that_is_asked_for() -> None:
    found = question(asked("what=projects&phase=ALPHA&phase=BETA&text=x&by=region&split=phase"))
    assert re.findall(r"^  (\w+): projects", found.document, re.MULTILINE) == ["alpha", "beta"]
    assert found.variables["splitAlpha"] == ["ALPHA"]
    assert found.document.count("text: $text") == 3


@given(ANYTHING)
@CALM
def test_nothing_of_an_address_stands_in_a_document(pairs) -> None:
    marked = [(name, f"{MARK}{text}" if name in {"text", "about", "service"} else text) for name, text in pairs]  # fmt: skip
    found = question(read(marked, today=TODAY))
    assert MARK not in found.document
    names = set(re.findall(r"\w+", found.document))
    assert names <= known_names()


def known_names() -> set[str]:
    """Every word that a document may be made of: the schema's, and the names of variables."""
    schema = {"query", "Explore", "Int", "String", "Boolean", "ID", "Date", "Instant"}
    for name, kind in sample.SCHEMA.type_map.items():
        schema |= {name, *getattr(kind, "fields", {}), *getattr(kind, "args", {})}
        for field in getattr(kind, "fields", {}).values():
            schema |= set(getattr(field, "args", {}))
    filters = {name for noun in NOUNS.values() for name in noun.filters}
    own = {"groups", "jointRegion", "jointService", "jointPhase", "order", "1", "10"}
    values = {
        one for kind in sample.SCHEMA.type_map.values() for one in getattr(kind, "values", ())
    }
    own |= {one.lower() for one in values}
    own |= {"split" + one.title().replace("_", "") for one in values}
    return schema | filters | {f"{name}Known" for name in filters} | own


def network(_info: object, **_arguments: object) -> dict[str, object]:
    return {
        "councils": ["thing-1", PLACE],
        "names": ["Ashby", "Brackley"],
        **{name: [number] for number, name in enumerate(("from", "to"))},
        **{name: [1] for name in ("partners", "matches", "weights")},
    }


def full(source: object, info, **arguments: object) -> object:
    """The sample, with a network that holds together."""
    if info.field_name == "network":
        return network(info)
    if isinstance(source, dict) and info.field_name in source:
        return source[info.field_name]
    return sample.full(source, info, **arguments)


@given(ANYTHING)
@settings(CALM, max_examples=150)
def test_every_address_has_a_page(site: SiteOf, pairs) -> None:
    assume(not any("{{" in text or "{%" in text for pair in pairs for text in pair))
    address = urlencode(pairs, errors="surrogatepass")
    client = site(full)
    response = client.get(f"/explore?{address}")
    if response.status_code == 303:
        response = client.get(response.headers["location"])
    assert response.status_code in {200, 400}
    assert faults(response.text, nonce=NONCE) == []
    for kind in ("json", "csv"):
        assert client.get(f"/explore.{kind}?{address}").status_code in {200, 400}


@given(addresses())
@settings(CALM, max_examples=60)
def test_every_question_has_an_answer_without_faults(site: SiteOf, address: str) -> None:
    for client in (site(full), site(sample.empty, root={"me": None})):
        response = client.get(f"/explore?{address}")
        if PLACE not in dict(parse_qsl(address)).values():
            assert response.status_code == 200, response.text
        assert faults(response.text, nonce=NONCE) == []


MISTAKES = {
    "what=bananas": "There is nothing called “bananas” to ask for",
    "what=projects&phase=GAMMA": "“GAMMA” is no choice for “Phase”",
    "what=projects&region=Narnia": "“Narnia” is no choice for “Region or nation”",
    "what=projects&by=colour": "projects cannot be counted by “colour”",
    "what=projects&by=region&split=council": "projects cannot be counted by “council”",
    "what=people&show=network": "people cannot be shown as “network”",
    "what=projects&column=shoe": "There is no column called “shoe”",
    "what=projects&order=SHOE": "There is no order called “SHOE”",
    "what=projects&endsFrom=soon": "“Ends on or after” must be a date",
    "what=councils&populationFrom=many": "“At least so many people” must be a whole number",
    "what=projects&confirmed=maybe": "“maybe” is no choice for “Record”",
    f"what=projects&text={'x' * 201}": "Shorten “Words” to 200 characters or fewer",
    f"what=projects&after={'x' * 501}": "“after” in the address is a page of another question",
}


@pytest.mark.parametrize(("address", "sentence"), MISTAKES.items())
def test_a_bad_address_is_told_what_to_put_right(site: SiteOf, address, sentence) -> None:
    client = site(full)
    response = client.get(f"/explore?{address}&council=Ashby")
    assert response.status_code == 400
    assert sentence in response.text
    assert "<title>Error:" in response.text
    if "people" not in address:
        assert 'value="Ashby"' in response.text or "councils" in address
    assert sentence in client.get(f"/explore.csv?{address}").text
    assert sentence in client.get(f"/explore.json?{address}").json()["errors"][0]["message"]


def test_a_thing_that_is_not_there_is_told(site: SiteOf) -> None:
    client = site(full, root={"service": None})
    response = client.get("/explore?what=projects&service=service-999")
    assert response.status_code == 400
    assert "There is no “service-999”" in response.text


def test_what_nothing_is_asked_by_is_told_and_left_out(site: SiteOf) -> None:
    response = site(full).get("/explore?what=projects&regoin=London")
    assert response.status_code == 200
    assert "Nothing can be asked by regoin: it was left out." in response.text
    assert site(full).get("/explore.csv?what=projects&regoin=London").status_code == 400


def test_a_form_leads_to_the_shortest_address(site: SiteOf) -> None:
    response = site(full).get(
        "/explore?was=projects&what=projects&text=&phase=ALPHA&by=&show=table"
    )
    assert (response.status_code, response.headers["location"]) == (303, "/explore?what=projects&phase=ALPHA")  # fmt: skip


def test_another_noun_takes_along_what_it_is_asked_by_too(site: SiteOf) -> None:
    address = (
        "was=projects&what=councils&phase=ALPHA&openness=none&by=phase&order=PHASE&column=lead"
    )
    response = site(full).get(f"/explore?{address}")
    assert response.headers["location"] == "/explore?what=councils&phase=ALPHA&openness=none"


LISTS = {
    "/projects?text=bins&phase=ALPHA&service=service-4&confirmed=true&after=x": "what=projects&text=bins&phase=ALPHA&service=service-4&confirmed=yes",
    "/councils?text=ash&tier=COUNTY&hasProjects=false": "what=councils&text=ash&projects=none&tier=COUNTY",
    "/people?text=a&skill=skill-1&level=WORKING": "what=people&text=a&skill=skill-1&level=WORKING",
    "/services?tier=ALL&hasProjects=true": "what=services&projects=some&tier=ALL",
    "/skills?text=user": "what=skills&text=user",
}  # fmt: skip


@pytest.mark.parametrize(("path", "address"), LISTS.items())
def test_a_list_leads_on_with_what_it_was_asked(site: SiteOf, path: str, address: str) -> None:
    (link,) = [
        one for one in read_page(site(full).get(path).text, NONCE).links if "/explore?what" in one
    ]
    assert asked(link.removeprefix("/explore?")).address == address


def test_a_count_by_what_is_never_known_is_no_empty_table(site: SiteOf) -> None:
    root = {"people": {"totalCount": 3, "facets": {"skill": []}}}
    response = site(full, root=root).get("/explore?what=people&by=skill")
    assert "Nothing is known of their skill." in response.text
    assert "<table" not in response.text


# Files.


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
)
def test_no_cell_of_a_file_is_a_formula(rows) -> None:
    found = rows_of(exports.csv_of(["One", "=Two"], rows))
    assert found[0] == ["One", "'=Two"]
    assert len(found) == len(rows) + 1
    for before, after in zip(rows, found[1:], strict=True):
        for text, cell in zip(before, after, strict=True):
            assert cell in {text, f"'{text}"}
            assert not cell.lstrip(" \u00a0").startswith(exports.FORMULAS)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert exports.safe(text) == f"'{text}"


def test_a_file_says_what_it_is(site: SiteOf) -> None:
    response = site(full).get("/explore.csv?what=projects&column=title&column=needs")
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["content-disposition"] == (
        'attachment; filename="tandem-projects-2026-11-23.csv"'
    )
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["tandem-total"] == "7"
    head, first, *_ = rows_of(response.content)
    assert head == ["Project", "Looks for", "Address"]
    assert first[2] == "https://tandem.example/projects/thing-1"


# Days.


@pytest.mark.parametrize(
    ("text", "end", "day"),
    [
        ("2027-03-15", "from", "2027-03-15"),
        ("March 2027", "from", "2027-03-01"),
        ("march 2027", "until", "2027-03-31"),
        ("15 Mar 2027", "until", "2027-03-15"),
        ("15/3/2027", "from", "2027-03-15"),
        ("2/2028", "until", "2028-02-29"),
        ("today", "from", "2026-11-24"),
        ("in 3 months", "until", "2027-02-24"),
        ("in 1 year", "until", "2027-11-24"),
        ("2 weeks ago", "from", "2026-11-10"),
        ("in 10 days", "from", "2026-12-04"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, end: str, day: str) -> None:
    assert day_of(text, end, TODAY).isoformat() == day


@given(
    st.one_of(st.text(max_size=30), st.from_regex(r"\A(in )?\d{1,4} (day|month|year)s?( ago)?\Z"))
)
def test_a_day_is_read_or_refused(text: str) -> None:
    try:
        assert 1900 < day_of(text, "from", TODAY).year < 2200
    except (ValueError, OverflowError):
        return


def test_a_day_is_londons() -> None:
    assert instant_of(date(2026, 7, 1), "from") == "2026-06-30T23:00:00.000Z"
    assert instant_of(date(2026, 7, 1), "until") == "2026-07-01T22:59:59.999Z"
    assert instant_of(date(2026, 12, 1), "from") == "2026-12-01T00:00:00.000Z"


# What is ready, and what is kept.


@pytest.mark.parametrize(("text", "address"), READY)
def test_a_ready_question_can_be_asked(text: str, address: str) -> None:
    found = asked(address)
    assert (found.mistakes, found.left_out, found.address) == ((), (), address)
    assert problems(address) == []


def test_only_a_question_is_kept() -> None:
    assert kept_address("/explore?what=projects&phase=ALPHA&after=x", TODAY) == (
        "what=projects&phase=ALPHA"
    )
    assert kept_address("what=bananas", TODAY) is None
    assert kept_address("javascript:alert(1)", TODAY) is None
    assert kept_address("https://elsewhere.example/?what=projects", TODAY) is None
