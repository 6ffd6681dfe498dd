/**
 * Every mistake alone in an otherwise real repository, with the exact text a person reads. The cases
 * are in `cases/`, one file a topic; what is printed for each is in `expected/<topic>/<case>.txt`.
 */
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { checkRepository, createRepository, messageText } from "../support/repository.ts";
import { environments } from "./cases/environments.ts";
import { fields } from "./cases/fields.ts";
import { files } from "./cases/files.ts";
import { references } from "./cases/references.ts";
import { rules } from "./cases/rules.ts";
import { values } from "./cases/values.ts";
import { applyChanges } from "./change.ts";
import type { Cases } from "./change.ts";

const topics: Readonly<Record<string, Cases>> = { environments, fields, files, references, rules, values };
const all = Object.entries(topics).flatMap(([topic, cases]) => Object.entries(cases).map(([name, change]) => ({ topic, name, change })));

test.concurrent.for(all)("$topic: $name", { timeout: 30_000 }, async ({ topic, name, change }, { expect }) => {
  using repository = createRepository();
  applyChanges(repository, change);
  const { sources } = readTree(repository.root);
  const problems = await checkRepository(repository.root);
  await expect(messageText(problems, sources)).toMatchFileSnapshot(`expected/${topic}/${name}.txt`);
  expect(problems.map(({ code }) => code)).toHaveLength(1);
  for (const problem of problems) {
    expect(problem.fix, "says what to do").toBeTruthy();
    expect(problem.place, "says where").toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  }
});

test("there are as many cases as were asked for", () => {
  expect(all.length).toBeGreaterThan(60);
});
