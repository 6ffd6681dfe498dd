/** Which images may dump a server, beside those in test/bad-input that may not. */
import { expect, test } from "vitest";
import { dumps } from "../bad-input/cases/backup.ts";
import { applyChanges, postgres } from "../bad-input/change.ts";
import { checkRepository, createRepository } from "../support/repository.ts";

const server = (image: string) => ({
  in: postgres,
  replace: "ghcr.io/cloudnative-pg/postgresql:18.1",
  by: image,
});

test.for([
  ["the version of the server", "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie", []],
  ["a newer one", "postgres:19-alpine", []],
  ["a version of something else", "ghcr.io/example/postgres-backup:1.4.0", []],
  ["a digest alone", `postgres@sha256:${"a".repeat(64)}`, []],
  ["an older one", "postgres:17", ["BACKUP_DUMP_TOO_OLD"]],
  [
    "an older one than a server with extensions",
    "postgres:17",
    ["BACKUP_DUMP_TOO_OLD"],
    "ghcr.io/tensorchord/cloudnative-vectorchord:18.6-1.1.1",
  ],
] as const)("what dumps has %s", async ([, image, codes, of]) => {
  using repository = createRepository();
  applyChanges(repository, [...dumps(image), ...(of === undefined ? [] : [server(of)])]);
  const problems = await checkRepository(repository.root);
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
