/**
 * Every mistake alone in an otherwise real repository, with the exact text a person reads. The cases
 * are in `cases/`, one file a topic; what is printed for each is in `expected/<topic>/<case>.txt`.
 */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { checkRepository, createRepository, messageText } from "../support/repository.ts";
import { backups } from "./cases/backup.ts";
import { alertCases } from "./cases/alerts.ts";
import { capacity } from "./cases/capacity.ts";
import { drill } from "./cases/drill.ts";
import { environments } from "./cases/environments.ts";
import { fields } from "./cases/fields.ts";
import { files } from "./cases/files.ts";
import { machineCases } from "./cases/machines.ts";
import { monitoring } from "./cases/monitoring.ts";
import { nameCases } from "./cases/names.ts";
import { references } from "./cases/references.ts";
import { rules } from "./cases/rules.ts";
import { signIns } from "./cases/sign-in.ts";
import { talosCases } from "./cases/talos.ts";
import { three } from "./cases/three.ts";
import { values } from "./cases/values.ts";
import { applyChanges } from "./change.ts";
import type { Cases } from "./change.ts";

const topics: Readonly<Record<string, Cases>> = {
  backup: backups,
  alerts: alertCases,
  capacity,
  drill,
  environments,
  fields,
  files,
  machines: machineCases,
  monitoring,
  names: nameCases,
  references,
  rules,
  "sign-in": signIns,
  talos: talosCases,
  values,
};
const casesOf = (topic: string, cases: Cases, mistakes: number) =>
  Object.entries(cases).map(([name, change]) => ({ topic, name, change, mistakes }));
const single = Object.entries(topics).flatMap(([topic, cases]) => casesOf(topic, cases, 1));

test.concurrent.for([...single, ...casesOf("three", three, 3)])(
  "$topic: $name",
  async ({ topic, name, change, mistakes }, { expect }) => {
    using repository = createRepository();
    applyChanges(repository, change);
    const { sources } = readTree(repository.root);
    const problems = await checkRepository(repository.root);
    await expect(messageText(problems, sources)).toMatchFileSnapshot(
      `expected/${topic}/${name}.txt`,
    );
    expect(problems, "each mistake once, and nothing that only follows from one").toHaveLength(
      mistakes,
    );
    for (const problem of problems) {
      expect(problem.fix, "says what to do").toBeTruthy();
      expect(problem.place, "says where").toMatchObject({
        line: expect.any(Number),
        column: expect.any(Number),
      });
      expect(JSON.stringify(problem), "nothing of this machine").not.toContain(repository.root);
    }
  },
);

test("there are as many cases as were asked for, and an expected text for each", () => {
  expect(single.length).toBeGreaterThan(60);
  expect(Object.keys(three)).toHaveLength(12);
  const written = readdirSync(new URL("expected", import.meta.url), {
    recursive: true,
    encoding: "utf8",
  }).filter((file) => file.endsWith(".txt"));
  expect(written.map((file) => file.replaceAll("\\", "/")).toSorted()).toEqual(
    [...single, ...casesOf("three", three, 3)]
      .map(({ topic, name }) => `${topic}/${name}.txt`)
      .toSorted(),
  );
});
