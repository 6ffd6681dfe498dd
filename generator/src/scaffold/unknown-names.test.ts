/** Names of the command line that nothing has: what was meant. */
import { expect, test } from "vitest";
import { unknownEnvironment, unknownService } from "./unknown-names.ts";

const tree = {
  environments: ["dev", "staging", "prod"],
  clusters: ["home", "lab", "spare"],
  sources: new Map([
    ["environments/dev/environment.ts", 'defineEnvironment({ cluster: "lab" })'],
    ["environments/staging/environment.ts", 'defineEnvironment({ cluster: "lab-2" })'],
    ["environments/prod/environment.ts", "defineEnvironment({ cluster: 'home' })"],
  ]),
};

test.each([
  ["production", "prod"],
  ["Prod", "prod"],
  ["stag", "staging"],
  ["prd", "prod"],
  ["elsewhere", "dev"],
  ["", "dev"],
])("environment %j: --environment %s", (name, meant) => {
  const { fix, place } = unknownEnvironment(name, tree);
  expect([fix, place]).toEqual([`write --environment ${meant}`, { file: "" }]);
});

test("where there is none, its file comes first", () => {
  const { expected, fix } = unknownEnvironment("prod", { ...tree, environments: [] });
  expect(expected).toBe("one that exists, but there is none yet");
  expect(fix).toBe("write environments/prod/environment.ts first: docs/guide-environment.md");
});

test("one that is there and runs nothing is said to, also where a cluster has its name", () => {
  const files = { ...tree, environments: [...tree.environments, "spare"] };
  expect(unknownEnvironment("spare", files)).toMatchObject({
    code: "SERVICE_NOT_ENABLED",
    place: { file: "environments/spare/environment.ts" },
    message: "spare has no services yet",
    fix: "npm run new-service argo-cd -- --environment spare",
  });
});

test("a service is nowhere, so no file is the place", () => {
  const { fix, place } = unknownService("sonar", ["sonarr"], "remove");
  expect([fix, place]).toEqual(["npm run remove sonarr", { file: "" }]);
});

test.each([
  ["home", "prod"],
  ["lab", "dev"],
  // Nothing runs on it.
  ["spare", "dev"],
])("%s is a cluster, as is said", (name, environment) => {
  const { message, fix } = unknownEnvironment(name, tree);
  expect(message).toBe(`\`${name}\` is a cluster, and no environment`);
  expect(fix).toBe(`write --environment ${environment}`);
});

test.each([
  ["mealie", "explain", "add it first: npm run new-service mealie"],
  ["meallie", "explain", "add it first: npm run new-service mealie"],
  ["mealie", "vendor", "add it first: npm run new-service mealie"],
  ["mealie", "remove", "mend the name"],
  ["my-app", "explain", "mend the name"],
  ["sonar", "explain", "npm run explain sonarr"],
] as const)("%s, for %s: %s", (name, command, remedy) => {
  const { fix, message } = unknownService(name, ["sonarr"], command);
  expect(fix).toBe(remedy);
  expect(message.includes("catalogue")).toBe(name === "mealie");
});
