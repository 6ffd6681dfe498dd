/** Which texts an environment may follow as a revision. */
import { expect, test } from "vitest";
import { Environment } from "./environment.ts";

const isTaken = (revision: string) => Environment.shape.revision.safeParse(revision).success;

test.each([
  "refs/heads/main",
  "main",
  "HEAD",
  "refs/tags/v1.2.3",
  "renovate/node-26.x",
  "feature/größer@2",
  "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
])("%s is a revision", (revision) => {
  expect(isTaken(revision)).toBe(true);
});

test.each([
  "",
  "prod branch",
  "main\n",
  "main\u0007",
  "main~1",
  "main^",
  "HEAD:README.md",
  "v1.*",
  "main?",
  "a[b",
  String.raw`a\b`,
  "main..prod",
  "main@{1}",
  "-main",
  "main.",
  "/main",
  "main/",
  "refs//main",
  "refs/.main",
  "main.lock",
  "main.lock/more",
])("%j is none", (revision) => {
  expect(isTaken(revision)).toBe(false);
});
