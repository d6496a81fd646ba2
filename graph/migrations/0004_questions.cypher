// Questions that people keep: their key, and what lists of them are read by.
CREATE CONSTRAINT question_id IF NOT EXISTS FOR (n:Question) REQUIRE n.id IS UNIQUE;
CREATE INDEX question_sort IF NOT EXISTS FOR (n:Question) ON (n.sortName);
