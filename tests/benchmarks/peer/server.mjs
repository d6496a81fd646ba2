// The peer: the Neo4j GraphQL Library on Apollo Server, as its documentation starts it.
// It reads the same nodes by the same labels, under no visibility rule, which is easier than ours.
import { startStandaloneServer } from "@apollo/server/standalone";
import { ApolloServer } from "@apollo/server";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const typeDefs = `#graphql
  type Council @node {
    id: ID!
    name: String!
    sortName: String!
    projects: [Project!]! @relationship(type: "LEADS", direction: OUT)
  }
  type Project @node {
    id: ID!
    title: String!
    sortName: String!
    needs: [Skill!]! @relationship(type: "NEEDS", direction: OUT, properties: "Need")
  }
  type Skill @node {
    id: ID!
    name: String!
    sortName: String!
  }
  type Need @relationshipProperties {
    level: String!
  }
`;

const driver = neo4j.driver(process.argv[2]);
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const { url } = await startStandaloneServer(new ApolloServer({ schema }), {
  context: async () => ({ executionContext: driver, sessionConfig: { database: "neo4j" } }),
  listen: { host: "127.0.0.1", port: 0 },
});
console.log(`ready at ${url}`);
// However the parent dies, its end of this pipe closes.
process.stdin.on("end", () => process.exit(0)).resume();
