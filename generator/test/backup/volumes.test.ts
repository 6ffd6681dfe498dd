/** What single volumes may say of their backup. */
import { expect, test } from "vitest";
import { backed } from "../bad-input/cases/backup.ts";
import { applyChanges, sonarr } from "../bad-input/change.ts";
import { createRepository } from "../support/repository.ts";

const adopted = (more: string) => `state({ at: "/config", size: "5Gi", adopt: "old"${more} }),`;

test.for([
  ["the same class, said by one of them", "", ', class: "standard"', false],
  ["the same class, said by none", "", "", false],
  ["two classes", "", ', class: "bulk"', true],
] as const)("two volumes take over one claim with %s", async ([, one, other, differs]) => {
  using repository = createRepository();
  applyChanges(repository, [
    ...backed(),
    {
      in: sonarr,
      replace: 'config: state({ at: "/config", size: "5Gi" }),',
      by: `config: ${adopted(one)}\n    more: ${adopted(other).replace("/config", "/more")}`,
    },
  ]);
  const { stderr } = await repository.run(["check"]);
  expect(stderr.includes("BACKUP_METHODS_DIFFER"), stderr).toBe(differs);
});
