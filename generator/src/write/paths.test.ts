import { expect, test } from "vitest";
import { foldersAbove, isRepositoryPath, parentOf } from "./paths.ts";

test.for(["a", "a/b.yaml", ".gitattributes", "a/..b", "a/b..", "a/.../b", "ä/ö"])(
  "%j is a repository path",
  (path) => {
    expect(isRepositoryPath(path)).toBe(true);
  },
);

test.for([
  "",
  "/a",
  "a/",
  "a//b",
  "..",
  "../a",
  "a/../b",
  "a/..",
  ".",
  "./a",
  "a/./b",
  "a\\b",
  "a\0b",
])("%j is not", (path) => {
  expect(isRepositoryPath(path)).toBe(false);
});

test("the parent of a path in the root is empty", () => {
  expect(parentOf("a")).toBe("");
  expect(parentOf("a/b/c")).toBe("a/b");
});

test("folders are listed at every height, once", () => {
  expect([...foldersAbove(["a/b/c/1", "a/b/2", "3", "a/d/4"])].toSorted()).toEqual([
    "a",
    "a/b",
    "a/b/c",
    "a/d",
  ]);
});
