// GraphiQL on its own page: asks as whoever is signed in, runs nothing by itself, keeps nothing.
import { GraphiQL } from "graphiql";
import { buildSchema } from "graphql";
import { TabFocus } from "monaco-editor/esm/vs/editor/browser/config/tabFocus.js";
import * as monaco from "monaco-graphql/esm/monaco-editor.js";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./look.css";

const place = document.getElementById("graphiql");
const { editorWorker, jsonWorker, graphqlWorker, query, variables, schema } = place.dataset;

const workers = { json: jsonWorker, graphql: graphqlWorker };
globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(workers[label] ?? editorWorker, { type: "module" }),
};

monaco.editor.onDidCreateEditor((editor) => {
  // Tab leaves an editor, as it leaves every other field: nobody is caught in one.
  TabFocus.setTabFocusMode(true);
  editor.updateOptions({
    fontFamily: 'ui-monospace, Menlo, Consolas, "Liberation Mono", monospace',
    renderFinalNewline: "on", // "dimmed", as it is by itself, is too pale a number
  });
});

// What is typed here is not left behind on the machine for whoever uses it next.
function memory() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem: (key, value) => kept.set(key, String(value)),
  };
}

// GraphiQL goes on naming an operation whose name has been deleted.
function namesWhatItHas({ operationName, query, variables }) {
  const isThere = operationName && new RegExp(`\\b${operationName}\\b`).test(query);
  return isThere ? { operationName, query, variables } : { query, variables };
}

async function ask(question) {
  const reply = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(namesWhatItHas(question)),
  });
  return reply.json();
}

const text = await (await fetch(schema)).text();
createRoot(place).render(
  createElement(GraphiQL, {
    fetcher: ask,
    schema: buildSchema(text),
    storage: memory(),
    forcedTheme: "light",
    isHeadersEditorEnabled: false,
    showPersistHeadersSettings: false,
    initialQuery: query || undefined,
    initialVariables: variables || undefined,
    defaultQuery: place.dataset.first,
  }),
);
