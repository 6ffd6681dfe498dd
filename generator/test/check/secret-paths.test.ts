import { expect, test } from "vitest";
import { readCases, readingNamespace } from "../security/secret-reads.ts";
import { findings, messages, object, rendered } from "./builder.ts";

const code = "MANIFEST_SECRET_PATH";
const messageOf = {
  write: "it writes into the store",
  store: "it reads from another store than its namespace has",
  generator: "its value is made inside the cluster, another one each time it is made anew",
  key: "it reads what is not its service's",
  folder: "it reads all of a folder that is not its service's",
};

test.for(Object.entries(readCases))(
  "%s",
  ([, { object: asked, namespace = readingNamespace, refused = [] }]) => {
    const found = messages(findings(code, rendered([namespace, asked])));
    expect(found).toEqual(
      refused.map((what) => `${String(asked["kind"])} some: ${messageOf[what]}`),
    );
  },
);

test("is told at the object that asks, with what it may ask for", () => {
  const { object: asked = {} } = readCases["a key of another service"] ?? {};
  const [problem] = findings(
    code,
    rendered([readingNamespace, asked], {
      spec: { objects: { some: { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret" } } },
    }),
  );
  expect(problem).toMatchObject({
    keys: ["objects", "some", "spec", "data", 0, "remoteRef", "key"],
    found: "/services/radarr/api-key",
    expected: expect.stringContaining("/edges/postgres/sonarr/, /services/prowlarr/api-key"),
  });
});

test("a namespace that nobody here renders is not judged", () => {
  const elsewhere = object("external-secrets.io/v1", "ExternalSecret", "some", { spec: {} });
  expect(findings(code, rendered([elsewhere]))).toEqual([]);
});
