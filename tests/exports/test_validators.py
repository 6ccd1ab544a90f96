"""Each format read by its own kept library, or checked by its official schema.

The libraries are needed for development only. One that is missing is an error: what is skipped proves nothing.
"""

from __future__ import annotations

import io
import json

import jsonschema
import pytest

from tests.exports.cases import Pair, battle, claim_ids, json_lines, members, quarrel, shipped, written
from variorum.exports import QUOTE_WORDS, TABLES
from variorum.exports.quoting import count
from variorum.exports.spreadsheet import workbook

HOSTILE = '=HYPERLINK("http://x")\u2028<script>\'";\t]]>'


def hostile() -> Pair:
    """The battle with names that try to break out of wherever they are written."""
    dossier, readings = battle()
    text = dossier.model_dump_json().replace("Norland Army", json.dumps(HOSTILE)[1:-1])
    evil = type(dossier).model_validate_json(text)
    named = []
    for reading in readings:
        claims = tuple(
            claim.model_copy(update={"source": claim.source.model_copy(update={"party": HOSTILE})})
            if claim.source.party == "Norland Army"
            else claim
            for claim in reading.claims
        )
        parties = tuple(
            party.model_copy(update={"name": HOSTILE}) if party.name == "Norland Army" else party
            for party in reading.parties
        )
        report = reading.report.model_copy(update={"publisher": HOSTILE, "title": HOSTILE})
        named.append(reading.model_copy(update={"claims": claims, "parties": parties, "report": report}))
    return evil, named


CASES = {
    "battle": battle,
    "quarrel": quarrel,
    "hostile": hostile,
    "the raid of the shipped example": lambda: shipped()[0],
    "its bomb": lambda: shipped()[1],
    "the train": lambda: shipped()[-1],
}


PARTY_SCHEMATA = {"LegalEntity", "Organization", "PublicBody", "Person"}


@pytest.fixture(params=CASES)
def given(request: pytest.FixtureRequest) -> Pair:
    return CASES[request.param]()


@pytest.mark.filterwarnings("ignore")
def test_libhxl_reads_the_csv(given: Pair) -> None:
    import hxl

    with hxl.data(io.BytesIO(written("hxl", given))) as data:
        assert "#affected+killed+civilians+min" in data.display_tags
        assert [row.get("#event+id") for row in data] == [given[0].incident]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in CASES if name != "hostile"])
def test_libhxl_finds_the_csv_valid_by_its_default_schema(name: str) -> None:
    import hxl

    with hxl.data(io.BytesIO(written("hxl", CASES[name]()))) as data:
        assert data.validate()


@pytest.mark.filterwarnings("ignore")
def test_libhxl_reads_the_workbook(given: Pair) -> None:
    import hxl

    with hxl.data(io.BytesIO(written("hxl-xlsx", given))) as data:
        assert [row.get("#event+id") for row in data] == [given[0].incident]


def test_geojson_is_valid_by_rfc_7946(given: Pair) -> None:
    import geojson_pydantic as geojson

    collection = geojson.FeatureCollection.model_validate_json(written("geojson", given))
    (feature,) = collection.features
    place = given[0].summary.place if given[0].summary else None
    exact = place is not None and place.precision is not None and place.latitude is not None
    assert (feature.geometry is not None) == exact
    if feature.geometry is not None:
        assert place is not None
        assert tuple(feature.geometry.coordinates) == (place.longitude, place.latitude)
        assert feature.properties["place_precision"] == place.precision


def test_followthemoney_takes_every_entity_and_value(given: Pair) -> None:
    import followthemoney as ftm
    from followthemoney.types import registry

    lines = json_lines(written("ftm", given))
    known = {line["id"]: line["schema"] for line in lines}
    assert len(known) == len(lines)
    for line in lines:
        proxy = ftm.model.get_proxy(line)
        proxy.schema.validate({"properties": line["properties"]})
        for name, values in line["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, name
            assert proxy.get(name), (name, values)
            if prop.type == registry.entity:
                assert all(value in known for value in values)
                assert all(ftm.model.get(known[value]).is_a(prop.range) for value in values)
    assert {"Event", "Article", "Note"} <= set(known.values())
    assert set(known.values()) <= {"Event", "Article", "Note", "Mention", *PARTY_SCHEMATA}


def test_followthemoney_makes_the_same_entities_of_the_statements(given: Pair) -> None:
    from followthemoney.statement import read_statements

    statements = list(read_statements(io.BytesIO(written("ftm-statements", given)), "csv"))
    assert all(one.id == one.generate_key() for one in statements)
    assert {one.entity_id for one in statements} == {line["id"] for line in json_lines(written("ftm", given))}
    claims = [one for one in statements if one.schema == "Note" and one.prop == "description"]
    assert len(claims) == len(given[0].claims)
    readers = {reading.reader.replace(" ", "@") for reading in given[1]}
    assert all(one.original_value and one.origin in readers for one in claims)


def test_types_of_properties_are_followthemoneys() -> None:
    import followthemoney as ftm

    from variorum.exports.codes import rows_of

    for schema, name, kind in rows_of("ftm_properties.tsv"):
        assert ftm.model.get(schema).get(name).type.name == kind


def test_prov_reads_the_document(given: Pair) -> None:
    import prov.model as model

    document = model.ProvDocument.deserialize(content=written("prov", given).decode(), format="json")
    claims = {
        str(value)
        for entity in document.get_records(model.ProvEntity)
        for name, value in entity.attributes
        if name.localpart == "claim"
    }
    assert claims == set(given[0].claims)
    named = {record.identifier for record in document.get_records() if record.identifier}
    for relation in document.get_records(model.ProvDerivation):
        ends = [value for _, value in relation.formal_attributes[:2]]
        assert set(ends) <= named


def test_every_figure_is_derived_from_claims_of_reports(given: Pair) -> None:
    told = json.loads(written("prov", given))
    sources: dict[str, set[str]] = {}
    for relation in told["wasDerivedFrom"].values():
        sources.setdefault(relation["prov:generatedEntity"], set()).add(relation["prov:usedEntity"])
    kinds = {name: entity["prov:type"] for name, entity in told["entity"].items()}
    for name, kind in kinds.items():
        if kind in ("v:Figure", "v:Position"):
            assert {kinds[source] for source in sources[name]} == {"v:Claim"}
        if kind == "v:Claim":
            assert {kinds[source] for source in sources[name]} == {"v:Report"}


@pytest.mark.filterwarnings("ignore")
def test_rdflib_finds_claims_and_annotations_in_the_json_ld(given: Pair) -> None:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=written("claims-jsonld", given).decode(), format="json-ld")
    schema, oa = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/oa#")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert {str(claim).removeprefix("urn:variorum:") for claim in claims} == set(given[0].claims)
    for claim in claims:
        assert (graph.value(claim, schema.appearance), rdflib.RDF.type, schema.NewsArticle) in graph
        (annotation,) = graph.subjects(oa.hasBody, claim)
        target = graph.value(annotation, oa.hasTarget)
        selectors = {str(graph.value(one, rdflib.RDF.type)) for one in graph.objects(target, oa.hasSelector)}
        assert selectors == {str(oa.TextQuoteSelector), str(oa.TextPositionSelector)}
    assert not list(graph.subjects(rdflib.RDF.type, schema.ClaimReview))


def test_selectors_find_the_words_in_the_text(given: Pair) -> None:
    texts = {reading.report.content_hash: reading.report.text for reading in given[1]}
    graph = json.loads(written("claims-jsonld", given))["@graph"]
    targets = [node["target"] for node in graph if node["@type"] == "Annotation"]
    assert len(targets) == len(given[0].claims)
    for target in targets:
        quote, position = target["selector"]
        text = texts[target["variorum:sha256"]]
        words = text[position["start"] : position["end"]]
        # No more may be quoted than so many words: of longer evidence the quote is the beginning.
        assert words == quote["exact"] or (words.startswith(quote["exact"]) and count(words) > QUOTE_WORDS)
        assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") in text


def test_openpyxl_reads_every_table_and_no_cell_is_a_formula(given: Pair) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", given)))
    assert book.sheetnames == list(TABLES)
    for name, table in TABLES.items():
        header, *rows = book[name].iter_rows()
        assert tuple(cell.value for cell in header) == table.header
        for row in rows:
            assert all(cell.data_type != "f" for cell in row)
            assert not [cell for cell in row if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\r"]
        assert len(rows) == len(json_lines(written("jsonl", given, table=name)))


def test_openpyxl_reads_as_text_what_it_would_take_for_something_else() -> None:
    import openpyxl

    texts = ["#N/A", "#REF!", "=1+1", "+1", "a\x00b\x1b[2J", "2031-05-06"]
    data = workbook([("sheet", [["words"]], [[text] for text in texts])])
    _, *rows = openpyxl.load_workbook(io.BytesIO(data))["sheet"].iter_rows()
    assert {cell.data_type for (cell,) in rows} == {"s"}
    expected = ["#N/A", "#REF!", "'=1+1", "'+1", "a\ufffdb\ufffd[2J", "2031-05-06"]
    assert [cell.value for (cell,) in rows] == expected


@pytest.mark.parametrize("table", TABLES)
def test_pyarrow_reads_the_same_rows_as_json(given: Pair, table: str) -> None:
    import pyarrow.parquet as parquet

    rows = parquet.read_table(io.BytesIO(written("parquet", given, table=table))).to_pylist()
    plain = [json.loads(json.dumps(row, default=lambda day: day.isoformat())) for row in rows]
    assert plain == json_lines(written("jsonl", given, table=table))


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_valid_by_the_schema_of_their_table(given: Pair, table: str) -> None:
    schema = TABLES[table].schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for row in json_lines(written("jsonl", given, table=table)):
        checker.validate(row)


def test_lines_of_a_bundle_are_valid_by_its_schemas(given: Pair) -> None:
    for with_text in (False, True):
        files = members(written("bundle", given, with_text=with_text))
        for lines, schema in (("readings.jsonl", "reading"), ("dossiers.jsonl", "dossier")):
            checker = jsonschema.Draft202012Validator(json.loads(files[f"schemas/{schema}.json"]))
            rows = json_lines(files[lines])
            assert rows
            for row in rows:
                checker.validate(row)


def test_every_claim_named_anywhere_is_one_of_the_dossiers(given: Pair) -> None:
    known = claim_ids([given])
    for name in ("ucdp-ged", "acled-shaped", "airwars-shaped", "hxl", "geojson", "plover"):
        text = written(name, given).decode()
        named = {f"claim-{part[:16]}" for part in text.split("claim-")[1:]}
        assert named <= known
