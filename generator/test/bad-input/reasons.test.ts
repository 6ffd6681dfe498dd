/**
 * A text that proposes `because` shows where the reason goes by the one placeholder, which is no reason when it is
 * pasted as it stands. Files that guides show whole have reasons of their own: they are checked like anybody's.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Reason, reasonPlaceholder } from "../../src/model/primitives.ts";
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
  expect(reasons).toContain(reasonPlaceholder);
  reasons.delete(reasonPlaceholder);
  expect([...reasons].filter((reason) => !Reason.safeParse(reason).success)).toEqual([]);
});

test.for([
  [reasonPlaceholder, false],
  ["Say why here ", false],
  ["short", false],
  ["nothing can be asked: it only sends", true],
  ["they say why here and there", true],
] as const)("%s", ([reason, isReason]) => {
  expect(Reason.safeParse(reason).success).toBe(isReason);
});
