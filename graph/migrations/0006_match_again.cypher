// What brings two projects near is stated with a match: sites that start now state every match anew.
MATCH (p:Project) WHERE p.matchedVersion IS NOT NULL SET p.matchedVersion = null;
