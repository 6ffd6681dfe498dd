import { expect, test } from "vitest";
import { withoutChains } from "./variable-texts.ts";

test.each([
  ["one that refers to none is left to Kubernetes", { A: "$(B)", B: "1" }, { A: "$(B)", B: "1" }],
  ["one that refers to others is put in", { A: "<$(B)>", B: "$(C)", C: "1" }, { A: "<$(C)>" }],
  ["and what that refers to", { A: "$(B)", B: "b$(C)", C: "c$(D)", D: "1" }, { A: "bc$(D)" }],
  ["an escape stays one", { A: "$(B) $$(B)", B: "$(C) $$(C)" }, { A: "$(C) $$(C) $$(B)" }],
  ["a secret is no text", { A: "$(B)", B: { secret: "own", key: "b" } }, { A: "$(B)" }],
  ["a circle stays as it is", { A: "$(B)", B: "$(A)" }, { A: "$(A)", B: "$(B)" }],
])("%s", (_what, variables, expected) => {
  expect(withoutChains<unknown>(variables)).toMatchObject(expected);
});
