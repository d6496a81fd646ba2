"""The one question, as each side spells it, and what both replies must agree on."""

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]

OURS = """{
  councils(first: 100) { nodes {
    id name
    projects(first: 5) { nodes {
      id title
      needs(first: 3) { nodes { level skill { id name } } }
    } }
  } }
}"""

ORDER = "sort: [{ sortName: ASC }, { id: ASC }]"
FAR_ORDER = "sort: [{ node: { sortName: ASC } }, { node: { id: ASC } }]"
THEIRS = f"""{{
  councils(limit: 100, {ORDER}) {{
    id name
    projects(limit: 5, {ORDER}) {{
      id title
      needsConnection(first: 3, {FAR_ORDER}) {{
        edges {{ properties {{ level }} node {{ id name }} }}
      }}
    }}
  }}
}}"""


def of_ours(reply: Mapping[str, Any]) -> list[Row]:
    """Unwrap our connections."""
    return [
        council
        | {
            "projects": [
                project | {"needs": project["needs"]["nodes"]}
                for project in council["projects"]["nodes"]
            ]
        }
        for council in reply["data"]["councils"]["nodes"]
    ]


def of_theirs(reply: Mapping[str, Any]) -> list[Row]:
    """Unwrap the peer's connections, and name their parts as ours are named."""
    return [
        council | {"projects": [of_project(project) for project in council["projects"]]}
        for council in reply["data"]["councils"]
    ]


def of_project(project: Row) -> Row:
    edges = project["needsConnection"]["edges"]
    needs = [{"level": edge["properties"]["level"], "skill": edge["node"]} for edge in edges]
    return {"id": project["id"], "title": project["title"], "needs": needs}
