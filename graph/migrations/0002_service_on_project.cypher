// Which service a project is about stands on the project too: groups of a large list are cheap by it.
MATCH (p:Project)-[:DELIVERS]->(s:Service) SET p.serviceId = s.id;
CREATE INDEX project_added IF NOT EXISTS FOR (n:Project) ON (n.addedAt);
