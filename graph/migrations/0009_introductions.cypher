// Who is introduced to whom stands on each answer: two of one proposal may be introduced apart from others.
MATCH (a:Council)-[:GAVE]->(mine:Answer)-[:TO]->(p:Proposal)<-[:TO]-(theirs:Answer)<-[:GAVE]-(b:Council), (p)-[:ABOUT]->(x:Project) WHERE mine.introducedAt IS NOT NULL AND theirs.introducedAt IS NOT NULL AND mine.introducedTo IS NULL AND a.id <> b.id AND (p.aroundId IS NULL OR (x.id = p.aroundId AND x.leadId IN [a.id, b.id])) WITH mine, collect(DISTINCT b.id) AS others SET mine.introducedTo = others;
// A person's first letter of a proposal is of all who met, so it names nobody who joined.
MATCH (d:Delivery {kind: 'introduction'}) WHERE d.id = 'introduction-' + d.proposal + '-' + d.person SET d.joined = null;
