// The words that tell what a project is about are stated with its matches: sites that start now state them.
MATCH (p:Project) WHERE p.matchedVersion IS NOT NULL SET p.matchedVersion = null;
