"""The committed OpenAPI document: fresh, whole, and good for making clients."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi import FastAPI

from dayline.kernel.ops.settings import Settings
from tests.processes import ServerProcess, server_process
from tests.team import Team

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_committed_document_is_fresh(document: dict[str, Any]) -> None:
    assert json.loads(COMMITTED.read_text()) == document, "run `make openapi`"


def test_every_operation_has_a_short_id_a_tag_and_says_what_it_does(
    document: dict[str, Any],
) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    assert [id_ for id_ in ids if len(id_) > 30] == []
    for name, operation in operations(document):
        assert operation["tags"], name
        assert operation.get("description") or operation.get("summary"), name


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status[0] in "45" and "healthz" not in name and "readyz" not in name:
                shared = response.get("$ref", "").rpartition("/")[2]
                found = document["components"]["responses"][shared] if shared else response
                assert list(found["content"]) == ["application/problem+json"], (name, status)


def parameters(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            yield name, parameter


def test_parameters_of_the_path_stand_in_its_order(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        given = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"]
        assert given == re.findall(r"{(\w+)}", name), name
        assert [one["in"] for one in operation.get("parameters", ())][: len(given)] == [
            "path"
        ] * len(given), name


def test_no_parameter_is_a_union(document: dict[str, Any]) -> None:
    for name, parameter in parameters(document):
        schema = parameter["schema"]
        for one in (schema, schema.get("items", {})):
            assert not {"anyOf", "oneOf"} & set(one), (name, parameter["name"])


def test_the_document_names_its_server_its_licence_and_each_tag(document: dict[str, Any]) -> None:
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert [server["url"] for server in document["servers"]] == ["/"]
    told = {tag["name"] for tag in document["tags"] if tag["description"]}
    assert {tag for _, operation in operations(document) for tag in operation["tags"]} == told


@pytest.fixture(scope="module")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with server_process(settings, tmp_path_factory.mktemp("client")) as server:
        yield server


CONFIGURATION = """
post_hooks: []
package_name_override: dayline_client
content_type_overrides:
  application/zip: application/octet-stream
"""
"""The generator has no name of its own for archives."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """A Python client that was generated from the committed document."""
    folder = tmp_path_factory.mktemp("generated")
    configuration = folder / "config.yml"
    configuration.write_text(CONFIGURATION)
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("openapi-python-client")),
            *("generate", "--path", str(COMMITTED), "--output-path", str(folder / "client")),
            *("--config", str(configuration), "--fail-on-warning"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder / "client"))
    yield importlib.import_module("dayline_client")
    sys.path.remove(str(folder / "client"))


def call(operation: str, **arguments: Any) -> Any:
    """`tasks.tasks_list` of the generated client."""
    return importlib.import_module(f"dayline_client.api.{operation}").sync(**arguments)


async def test_a_generated_client_works(
    client: ModuleType, server: ServerProcess, team: Team
) -> None:
    models = importlib.import_module("dayline_client.models")
    with client.AuthenticatedClient(base_url=server.url, token=team.owner.token) as signed:
        here = {"client": signed, "workspace": team.slug}
        new = models.ProjectIn(key="GEN", name="Generated")
        assert call("projects.projects_create", **here, body=new).key == "GEN"
        task = models.TaskIn(project="GEN", title="First")
        assert call("tasks.tasks_create", **here, body=task).key == "GEN-1"
        listed = call("tasks.tasks_list", **here)
        assert [task.key for task in listed] == ["GEN-1"]
        refused = call("projects.projects_get", **here, key="NONE")
        assert (refused.status, refused.type_) == (404, "urn:dayline:problem:not-found")
