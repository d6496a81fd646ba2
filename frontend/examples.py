"""Questions to begin with, in GraphQL: what somebody who opens the editor for the first time asks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from frontend.language import N_


@dataclass(frozen=True, slots=True)
class Example:
    """A question in plain words and in GraphQL."""

    title: str
    query: str

    @property
    def href(self) -> str:
        return f"/graphiql?{urlencode({'query': self.query})}"


EXAMPLES = (
    Example(
        N_("Which councils have projects in beta, and which?"),
        """query InBeta {
  projects(
    first: 20
    filter: {phase: {equals: BETA}}
    orderBy: CHANGED_AT
  ) {
    totalCount
    nodes {
      title
      lead { name region }
      service { name }
      changedAt
    }
  }
}
""",
    ),
    Example(
        N_("What is like our own projects, and whose is it?"),
        """query Ours {
  me {
    council {
      name
      projects(first: 10) {
        nodes {
          title
          matches(first: 3) {
            nodes {
              kind
              outOfHundred
              terms { word percent }
              project { title lead { name } }
            }
          }
        }
      }
    }
  }
}
""",
    ),
    Example(
        N_("Which services that the law makes councils provide has nobody a project about?"),
        """query Gaps {
  coverage {
    services
    uncovered
    uncoveredServices(
      first: 20
      filter: {duty: {equals: DUTY}}
    ) {
      totalCount
      nodes { name tier }
    }
  }
}
""",
    ),
    Example(
        N_("How many projects are there in each phase, and in each region?"),
        """query ByPhase {
  projects {
    totalCount
    facets {
      phase { value count }
      region { value count }
    }
  }
}
""",
    ),
    Example(
        N_("Which skills are looked for, and who has them?"),
        """query Skills {
  demand(first: 10, orderBy: UNMET) {
    nodes {
      neededBy
      heldBy
      unmet
      skill {
        name
        people(first: 3) {
          nodes { level person { name council { name } } }
        }
      }
    }
  }
}
""",
    ),
)
