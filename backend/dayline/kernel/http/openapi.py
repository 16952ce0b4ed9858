"""The OpenAPI document, in which each operation lists the problems it can return."""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from dayline.kernel.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    ProblemDocument,
    RevisionMismatch,
    RevisionNeeded,
    SignInNeeded,
    TooLarge,
    Unavailable,
)
from dayline.kernel.http import openapi_descriptions as descriptions
from dayline.kernel.http import openapi_headers as headers
from dayline.kernel.http import openapi_parameters as parameters
from dayline.kernel.text.catalogs import render

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal access token, `dl_…`, which belongs to one workspace.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "dayline_session",
        "description": "The session cookie. With https, its name is `__Host-dayline_session`.",
    },
}
USUAL = (
    BadRequest,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RevisionMismatch,
    RevisionNeeded,
    SignInNeeded,
    TooLarge,
    Unavailable,
)
"""Problems that many routes share. The document describes each once."""
PLACEHOLDERS = ("HTTPValidationError", "ValidationError")
"""FastAPI's schemas for validation errors. We return a Problem instead."""


def answers(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return the `responses=` of a route that can raise these problems, by status.

    Problems that all routes of a kind share (401, 403, 404, 412, 422, 428, …) are added later.
    """
    by_status: dict[int | str, list[type[Problem]]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(kind)
    return {status: described(group) for status, group in by_status.items()}


def described(kinds: Iterable[type[Problem]]) -> dict[str, Any]:
    """Return a response object for problems of one status, with an example of each."""
    kinds = list(kinds)
    examples = {kind.slug: {"value": kind().document(None)} for kind in kinds}
    return {
        "description": " ".join(render(kind.title()) for kind in kinds),
        "content": {"application/problem+json": {"schema": PROBLEM_REF, "examples": examples}},
    }


def install(app: FastAPI) -> None:
    """Make `app.openapi()` return the complete document, which is built once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    document["components"]["responses"] = {kind.__name__: described([kind]) for kind in USUAL}
    for name in PLACEHOLDERS:
        schemas.pop(name, None)
    schemas["Problem"] = ProblemDocument.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    schemas.update(schemas["Problem"].pop("$defs", {}))
    for route, operation in _operations(app, document):
        _complete(route, operation)
        parameters.simplify(route.path_format or "", operation)
        headers.declare(operation, schemas)
        descriptions.describe(operation, schemas)
    return document


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """Yield every HTTP operation that the document describes."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and route.include_in_schema:
            yield route


def methods_of(route: RouteContext) -> set[str]:
    """Return the HTTP methods of a route."""
    return route.methods or set()


def _operations(
    app: FastAPI, document: dict[str, Any]
) -> Iterator[tuple[RouteContext, dict[str, Any]]]:
    for route in api_routes(app):
        for method in methods_of(route):
            yield route, document["paths"][route.path_format][method.lower()]


def _complete(route: RouteContext, operation: dict[str, Any]) -> None:
    operation["security"] = [{name: []} for name in _credentials(route.dependant)]
    responses = operation.setdefault("responses", {})
    if _is_placeholder(responses.get("422")):
        del responses["422"]
    for kind in _usual(route, operation):
        own = responses.get(str(kind.status))
        shared = {"$ref": f"#/components/responses/{kind.__name__}"}
        responses[str(kind.status)] = shared if own is None else _both(own, described([kind]))


def _is_placeholder(response: dict[str, Any] | None) -> bool:
    return any(name in str(response) for name in PLACEHOLDERS)


def _usual(route: RouteContext, operation: dict[str, Any]) -> Iterator[type[Problem]]:
    """Yield the problems that any route with these parameters can return."""
    sent = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    changes = not methods_of(route) <= {"GET", "HEAD"}
    if _credentials(route.dependant):
        yield SignInNeeded
    if changes or _credentials(route.dependant):
        yield Forbidden
    if "{" in (route.path or ""):
        yield NotFound
    if changes:
        yield Conflict
    if "requestBody" in operation:
        yield BadRequest
        yield TooLarge
    if sent or "requestBody" in operation:
        yield Invalid
    if "if-match" in sent:
        yield RevisionMismatch
        yield RevisionNeeded
    yield Unavailable


def _credentials(dependant: Dependant) -> tuple[str, ...]:
    """Return the ways to authenticate that a dependency of the route declares."""
    named: tuple[str, ...] = getattr(dependant.call, "credentials", ())
    return named or next(filter(None, map(_credentials, dependant.dependencies)), ())


def _both(own: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """Combine a route's own problems of a status with the usual one."""
    mine = own.get("content", {}).get("application/problem+json")
    if mine is None:
        return own
    examples = mine["examples"] | usual["content"]["application/problem+json"]["examples"]
    return {
        "description": f"{own['description']} {usual['description']}",
        "content": {"application/problem+json": {"schema": PROBLEM_REF, "examples": examples}},
    }
