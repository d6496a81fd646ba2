// The feed that the finder follows.
CREATE INDEX council_changed IF NOT EXISTS FOR (n:Council) ON (n.changedAt);
CREATE INDEX service_changed IF NOT EXISTS FOR (n:Service) ON (n.changedAt);
CREATE INDEX skill_changed IF NOT EXISTS FOR (n:Skill) ON (n.changedAt);
CREATE INDEX practitioner_changed IF NOT EXISTS FOR (n:Practitioner) ON (n.changedAt);
