// Every try to fit the probability of a match anew, adopted or not.
CREATE CONSTRAINT fit_id IF NOT EXISTS FOR (n:Fit) REQUIRE n.id IS UNIQUE;
