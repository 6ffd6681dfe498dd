import { expect, test } from "vitest";
import { clusterVersions, isCarried, sameVersion } from "../../src/tools/kubernetes-versions.ts";
import { twoClusters } from "./two-clusters.ts";

const both = ["dev", "prod"];

test("each environment has the version of its cluster", async () => {
  using repository = twoClusters({ dev: "1.34.9", prod: "1.35.4" });
  const { versions, problems } = await clusterVersions(repository.root, both);
  expect(problems).toEqual([]);
  expect([...versions]).toEqual([
    ["dev", "1.34"],
    ["prod", "1.35"],
  ]);
});

test("a version without schemas is named at the cluster's field, and the others are still checked", async () => {
  using repository = twoClusters({ dev: "1.99.0", prod: "1.35.4" });
  const { versions, problems } = await clusterVersions(repository.root, both);
  expect([...versions.keys()]).toEqual(["prod"]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    code: "TOOL_NO_SCHEMAS",
    place: { file: "environments/clusters/lab.ts", line: 4 },
    found: "1.99",
    environments: ["dev"],
  });
  expect(problems[0]?.expected).toMatch(/^one of: 1\.\d+, .*, 1\.35$/);
});

test("one cluster of two environments is told once", async () => {
  using repository = twoClusters(
    { dev: "1.35.0", prod: "1.99.0" },
    {
      "environments/staging/environment.ts": `import { defineEnvironment } from "#rzp";
export default defineEnvironment({ cluster: "home", prefix: "staging", extends: "prod", domain: "s.example.com", revision: "refs/heads/s", secrets: { backend: "fake" } });
`,
    },
  );
  const { problems } = await clusterVersions(repository.root, ["prod", "staging"]);
  expect(problems.map(({ environments }) => environments)).toEqual([["prod", "staging"]]);
});

test("rendered files of no environment are told, and so is a cluster that cannot be read", async () => {
  using repository = twoClusters({ dev: "1.35.0", prod: "new" });
  const { versions, problems } = await clusterVersions(repository.root, [...both, "old"]);
  expect([...versions]).toEqual([["dev", "1.35"]]);
  expect(problems.map(({ code, place }) => `${code} ${place.file}`)).toEqual([
    "SPEC_WRONG_VALUE environments/clusters/home.ts",
    "ENVIRONMENT_UNKNOWN kubernetes/old",
  ]);
});

test("a mistake in a service is not told here", async () => {
  using repository = twoClusters(
    { dev: "1.35.0", prod: "1.35.0" },
    { "charts/services/sonarr/values.ts": "export default 1;\n" },
  );
  expect((await clusterVersions(repository.root, both)).problems).toEqual([]);
});

test("the flag goes for all, and is refused when there are no schemas", () => {
  expect([...sameVersion("1.34", both).versions]).toEqual([
    ["dev", "1.34"],
    ["prod", "1.34"],
  ]);
  const { versions, problems } = sameVersion("1.36", both);
  expect(versions.size).toBe(0);
  expect(problems[0]).toMatchObject({ code: "TOOL_NO_SCHEMAS", found: "1.36" });
  expect(["1.22", "1.23", "1.35", "1.36", "1.3"].map(isCarried)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});
