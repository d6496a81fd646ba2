// A token has an id that may be shown, a name, and the council that its person worked for when it was made.
CREATE CONSTRAINT token_hash IF NOT EXISTS FOR (n:Token) REQUIRE n.hash IS UNIQUE;
MATCH (t:Token)-[:OF]->(p:Practitioner)-[:WORKS_FOR]->(c:Council) WHERE t.hash IS NULL
SET t.hash = t.id, t.id = 'token-' + randomUUID(), t.name = 'Made on the command line',
  t.scope = toUpper(t.scope), t.councilId = c.id;
