// A proposal may have more than two sides, so each answer says when its giver was introduced.
MATCH (a:Answer {answer: 'INTERESTED'})-[:TO]->(p:Proposal) WHERE p.introducedAt IS NOT NULL SET a.introducedAt = p.introducedAt;
