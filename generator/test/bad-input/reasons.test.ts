/** A reason that a text proposes is taken when it is written as it stands there. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Reason } from "../../src/model/primitives.ts";
import { codes } from "../../src/problems/codes.ts";
import { securityRules } from "../../src/security/rules.ts";
import { projectRoot } from "../support/repository.ts";

const read = (file: string) => readFileSync(file, "utf8");
const filesIn = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(end))
    .map((file) => read(path.join(folder, file)));

/** Without the lines of source, which hold the mistake. */
const proposals = filesIn(path.join(import.meta.dirname, "expected"), ".txt").map((text) =>
  text
    .split("\n")
    .filter((line) => !/^ *\d* \|/.test(line))
    .join("\n"),
);

const reasonsIn = (text: string) =>
  [...text.matchAll(/because\((?:[^()\n]|\([^()\n]*\))*,\s*"([^"\n]*)"/g)].map(
    ([, reason = ""]) => reason,
  );

test.for([
  ["what is said of bad input", proposals],
  ["remedies of codes", Object.values(codes).map(({ remedy }) => remedy)],
  [
    "how a security rule is loosened",
    Object.values(securityRules).map(({ loosenedBy }) => loosenedBy),
  ],
  ["guides", filesIn(path.join(projectRoot, "docs"), ".md")],
  ["all texts of the product", filesIn(path.join(projectRoot, "generator", "src"), ".ts")],
] as const)("%s", ([, texts]) => {
  const reasons = new Set(texts.flatMap(reasonsIn));
  expect(reasons.size).toBeGreaterThan(0);
  expect([...reasons].filter((reason) => !Reason.safeParse(reason).success)).toEqual([]);
});
