/** Throw-away keys are told where the environment that makes backups would miss what is in them. */
import { expect, test } from "vitest";
import { backed, ofProd } from "../bad-input/cases/backup.ts";
import { applyChanges, prod } from "../bad-input/change.ts";
import type { Change } from "../bad-input/change.ts";
import { checkRepository, createRepository } from "../support/repository.ts";

const fake: Change = {
  in: prod,
  replace: 'secrets: { backend: "infisical", project: "home", environment: "prod" }',
  by: 'secrets: { backend: "fake" }',
};
const unbacked: readonly Change[] = [ofProd('because(false, "only tried here")')];

test.for<readonly [string, readonly Change[], readonly string[]]>([
  ["it is backed up itself", [...backed(), fake], ["BACKUP_THROW_AWAY_KEYS"]],
  ["it has a store", backed(), []],
  ["it makes them for another environment alone", [...backed(), fake, ...unbacked], []],
  ["its cluster has no backups", [fake], []],
])("told or not: %s", async ([, changes, codes]) => {
  using repository = createRepository();
  applyChanges(repository, changes);
  const problems = await checkRepository(repository.root);
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
