import { expect, test } from "vitest";
import { deployment, findings, object, rendered } from "./builder.ts";

const code = "MANIFEST_PATCH_UNMATCHED";
const patching = (name: string) => ({ spec: { patches: { [name]: { metadata: {} } } } });

test("a patch for an object that is not rendered, with the nearest that is", () => {
  const found = findings(
    code,
    rendered([deployment(), object("v1", "Service", "sonarr")], patching("deployment/sonar")),
  );
  expect(found).toMatchObject([
    {
      severity: "error",
      message: "sonarr renders no `deployment/sonar`, so this patch changes nothing",
      keys: ["patches", "deployment/sonar"],
      expected: "one of: deployment/sonarr, service/sonarr",
      fix: 'write "deployment/sonarr", or remove it',
      environments: ["prod"],
    },
  ]);
});

test("it is told of every environment with the patch", () => {
  const found = findings(
    code,
    rendered([deployment()], patching("cronjob/sonarr")),
    rendered([deployment()], { ...patching("cronjob/sonarr"), environment: "dev", prefix: "dev" }),
  );
  expect(found.map(({ environments }) => environments)).toEqual([["prod"], ["dev"]]);
});

test.for([
  ["the object is rendered", [rendered([deployment()], patching("deployment/sonarr"))]],
  ["there is no patch", [rendered([deployment()])]],
  [
    "another environment renders it",
    [
      rendered([deployment(), object("policy/v1", "PodDisruptionBudget", "sonarr")], {
        ...patching("poddisruptionbudget/sonarr"),
      }),
      rendered([deployment()], {
        ...patching("poddisruptionbudget/sonarr"),
        environment: "dev",
        prefix: "dev",
      }),
    ],
  ],
] as const)("nothing to tell: %s", ([, releases]) => {
  expect(findings(code, ...releases)).toEqual([]);
});

test("what another service renders does not count", () => {
  const found = findings(
    code,
    rendered([deployment()], patching("service/radarr")),
    rendered([object("v1", "Service", "radarr")], { name: "radarr" }),
  );
  expect(found).toHaveLength(1);
});
