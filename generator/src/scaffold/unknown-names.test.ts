/** Names of the command line that nothing has: what was meant. */
import { expect, test } from "vitest";
import { unknownEnvironment, unknownService } from "./unknown-names.ts";

test.each([
  ["production", "prod"],
  ["Prod", "prod"],
  ["stag", "staging"],
  ["prd", "prod"],
  ["elsewhere", "dev"],
  ["", "dev"],
])("environment %j: --environment %s", (name, meant) => {
  const { fix, place } = unknownEnvironment(name, ["dev", "staging", "prod"]);
  expect([fix, place]).toEqual([`write --environment ${meant}`, { file: "" }]);
});

test("where there is none, its file comes first", () => {
  const { expected, fix } = unknownEnvironment("prod", []);
  expect(expected).toBe("one that exists, but there is none yet");
  expect(fix).toBe("write environments/prod/environment.ts first: docs/guide-environment.md");
});

test("a service is nowhere, so no file is the place", () => {
  const { fix, place } = unknownService("sonar", ["sonarr"], "remove");
  expect([fix, place]).toEqual(["npm run remove sonarr", { file: "" }]);
});
