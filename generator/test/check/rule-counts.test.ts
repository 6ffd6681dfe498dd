/** How many checks wait is told of checks that do not run, so it is held against the codes their sources name. */
import { globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { backupRuleCount } from "../../src/backup/check.ts";
import { capacityRuleCount } from "../../src/capacity/check.ts";
import { coverageRuleCount } from "../../src/check/coverage.ts";
import { frozenRuleCount } from "../../src/check/frozen.ts";
import { codes } from "../../src/problems/codes.ts";

const sources = path.resolve(import.meta.dirname, "../../src");

/** Codes that are named in a file, or in those of a folder. */
function codesIn(place: string): ReadonlySet<string> {
  const whole = path.join(sources, place);
  const files = statSync(whole).isFile() ? [whole] : globSync(path.join(whole, "**/*.ts"));
  const texts = files.map((file) => readFileSync(file, "utf8"));
  return new Set(
    Object.keys(codes).filter((code) => texts.some((text) => text.includes(`"${code}"`))),
  );
}

test.for([
  ["backup", backupRuleCount],
  ["capacity", capacityRuleCount],
  ["check/coverage.ts", coverageRuleCount],
  ["check/frozen.ts", frozenRuleCount],
] as const)("%s has as many rules as it names codes", ([place, count]) => {
  expect([...codesIn(place)]).toHaveLength(count);
});
