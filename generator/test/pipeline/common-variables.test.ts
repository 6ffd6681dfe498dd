/** What a composed service says for all its components is found in the pods of each, and told where it is written. */
import { expect, test } from "vitest";
import { createRepository } from "../support/repository.ts";
import { applyChanges, immich } from "../bad-input/change.ts";

const common = {
  in: immich,
  replace: "  storage:",
  by: '  env: { ADMIN_PASSWORD: "correct horse battery" },\n  storage:',
};
const own = {
  in: immich,
  replace: "      env: {",
  by: '      env: { ADMIN_PASSWORD: "a battery of its own",',
};

test.for([
  ["of all components once", [common], ["env.ADMIN_PASSWORD"]],
  ["of one that has its own there", [own], ["components.server.env.ADMIN_PASSWORD"]],
  ["of both", [common, own], ["components.server.env.ADMIN_PASSWORD", "env.ADMIN_PASSWORD"]],
] as const)("a password among variables is told %s", async ([, changes, places]) => {
  using repository = createRepository();
  applyChanges(repository, changes);
  const { stderr, exitCode } = await repository.run(["check"]);
  expect(exitCode).toBe(0);
  expect([...stderr.matchAll(/MANIFEST_SECRET_MATERIAL {2}/g)]).toHaveLength(places.length);
  expect([...stderr.matchAll(/^ {2}at +(\S+)$/gm)].map(([, at]) => at).toSorted()).toEqual(places);
});
