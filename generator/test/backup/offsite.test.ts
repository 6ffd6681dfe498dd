/** Backups that lie in one house alone are told where something would be missed. */
import { expect, test } from "vitest";
import { backed, ofProd } from "../bad-input/cases/backup.ts";
import { applyChanges, home, prod } from "../bad-input/change.ts";
import type { Change } from "../bad-input/change.ts";
import { checkRepository, createRepository } from "../support/repository.ts";

const code = "BACKUP_ONE_HOUSE";
const fake: Change = {
  in: prod,
  replace: 'secrets: { backend: "infisical", project: "home", environment: "prod" }',
  by: 'secrets: { backend: "fake" }',
};
const elsewhere: Change = {
  in: home,
  replace: '"500Mi" }',
  by: '"500Mi" }, away: { speed: "5Mi", offsite: true }',
};
const services = (names: string): Change => ({
  in: prod,
  replace:
    '"blocky", "cert-manager", "immich", "postgres", "prowlarr", "recyclarr", "sonarr", "vector", "velero"',
  by: names,
});

test.for<readonly [string, readonly Change[], boolean]>([
  ["it says nothing of another house", [ofProd("{}")], true],
  ["it says how often alone", [ofProd('{ every: "1h" }')], true],
  ["its cluster has another house, and it does not say so", [elsewhere, ofProd("{}")], true],
  ["it goes there", [elsewhere, ofProd("{ offsite: {} }")], false],
  ["it says why not", [], false],
  ["it is not backed up", [ofProd('because(false, "only tried here")')], false],
  ["its secrets are throw-away", [fake, ofProd("{}")], false],
  ["it keeps nothing", [services('"blocky", "velero"'), ofProd("{}")], false],
])("told or not: %s", async ([, changes, isTold]) => {
  using repository = createRepository();
  applyChanges(repository, [...backed(), ...changes]);
  const problems = await checkRepository(repository.root);
  expect(problems.some((problem) => problem.code === code)).toBe(isTold);
});
