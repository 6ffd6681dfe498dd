import { expect, test } from "vitest";
import { differing } from "./render.ts";

const object = (more: object, text = "same") => ({
  apiVersion: "v1",
  kind: "Secret",
  name: "key",
  namespace: "a",
  text,
  ...more,
});

test.each([
  ["the same", [object({})], [object({})], []],
  ["another text", [object({})], [object({}, "other")], ["Secret key"]],
  ["one that is gone", [object({}), object({ name: "old" })], [object({})], ["Secret old"]],
  ["one that is twice", [object({})], [object({}), object({})], ["Secret key"]],
  [
    "one of a name that another namespace has too",
    [object({}), object({ namespace: "b" })],
    [object({}, "other"), object({ namespace: "b" })],
    ["Secret key"],
  ],
])("%s", (_what, before, after, expected) => {
  expect(differing(before, after)).toEqual(expected);
});
