// The smallest answer of graphql-yoga on Node's own HTTP server, in production: what `bench hello` is held against.
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";

const schema = createSchema({
  typeDefs: "type Query { hello: String! }",
  resolvers: { Query: { hello: () => "Query" } },
});
const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false, graphqlEndpoint: "/" });
const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => console.log(`ready at http://127.0.0.1:${server.address().port}`));
