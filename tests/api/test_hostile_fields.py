"""Every field that takes text, filled with texts that cost much: the watchdog sees what they hold.

The fields are those of the OpenAPI document, so that a new one is tried by itself.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.clock import MovableClock
from tests.furnished import Tenant, decision_at, furnish
from tests.hostile import TEXTS
from tests.test_isolation import OPERATIONS, WORKSPACE, Operation, call

Json = dict[str, Any]

WORST = ("wide table", "table cols", "links ref", "> a", ">", "&", "[[", "setext")
FEW = ("wide table", "&")
"""For decisions, each of which is told once."""
LINE = 200
"""Characters that a field takes at least to count as text."""
LONG = 1_000


class Document:
    """The OpenAPI document of an application, asked for its text fields."""

    def __init__(self, app: FastAPI) -> None:
        self._document = app.openapi()
        self._operations = {
            operation["operationId"]: operation
            for path in self._document["paths"].values()
            for method, operation in path.items()
            if method in {"get", "post", "put", "patch", "delete"}
        }

    def fields(self, name: str) -> dict[str, int]:
        """The text fields of an operation's body, and the characters that each takes."""
        body = self._operations[name].get("requestBody", {}).get("content", {})
        schema = self._whole(body.get("application/json", {}).get("schema", {}))
        return dict(self._texts(schema.get("properties", {})))

    def queries(self, name: str) -> dict[str, int]:
        """The same of its query parameters."""
        parameters = self._operations[name].get("parameters", [])
        named = {each["name"]: each["schema"] for each in parameters if each["in"] == "query"}
        return dict(self._texts(named))

    def _texts(self, properties: Json) -> Iterator[tuple[str, int]]:
        for name, schema in properties.items():
            for each in self._whole(schema).get("anyOf", [schema]):
                most = self._whole(each).get("maxLength", 0)
                if self._whole(each).get("type") == "string" and most >= LINE:
                    yield name, most

    def _whole(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema


@pytest.fixture(scope="module")
def document(app: FastAPI) -> Document:
    return Document(app)


@pytest.fixture(scope="module")
async def tenant(app: FastAPI, session_clock: MovableClock) -> Tenant:
    """A tenant whose things take text after text."""
    return await furnish(app, session_clock, "H")


def filled(fields: dict[str, int], text: str) -> list[dict[str, str]]:
    """The long fields with a text in each; and the lines, so that a refusal hides no other."""
    long = {name: text[:most] for name, most in fields.items() if most >= LONG}
    line = {name: " ".join(text[:most].split()) for name, most in fields.items() if most < LONG}
    return [each for each in (long, line) if each]


async def send(tenant: Tenant, operation: Operation, body: Any) -> httpx.Response:
    owner, names = tenant.team.owner, tenant.shown
    if stage := WORKSPACE[operation.name].stage:
        names = names | {"decision_key": await decision_at(tenant, stage)}
    rev = '"1"'
    if operation.method == "PATCH":
        rev = (await owner.http.get(operation.url(names))).headers.get("ETag", rev)
    return await call(owner, operation, names, rev, body)


def takes_text(document: Document) -> list[str]:
    return [name for name in WORKSPACE if document.fields(name)]


def test_the_fields_are_found(document: Document) -> None:
    assert document.fields("messages_create")["body"] == 20_000
    assert document.queries("search_get") == {"q": LINE}
    assert len(takes_text(document)) > 30


@pytest.mark.parametrize("name", WORKSPACE)
async def test_no_text_in_a_field_fails_or_holds_the_server(
    name: str, tenant: Tenant, document: Document
) -> None:
    rule, operation = WORKSPACE[name], OPERATIONS[name]
    for text in FEW if rule.stage else WORST:
        for texts in filled(document.fields(name), TEXTS[text]):
            answer = await send(tenant, operation, {**(rule.body or {}), **texts})
            assert answer.status_code < 500, (text, answer.text)
        for query in filled(document.queries(name), TEXTS[text]):
            url = tenant.team.owner.base + operation.url(tenant.shown).partition("{workspace}")[2]
            answer = await tenant.team.owner.http.request(operation.method, url, params=query)
            assert answer.status_code < 500, (text, answer.text)
