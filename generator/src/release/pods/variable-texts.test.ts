import { describe, expect, test } from "vitest";
import { namesIn, namesInBraces, wayBack, withoutChains } from "./variable-texts.ts";

describe("namesIn", () => {
  test.for([
    ["each once, in their order", "$(B):$(A):$(B)", ["B", "A"]],
    ["none where it is escaped", "$$(A)", []],
    ["one behind an escaped dollar", "$$$(A)", ["A"]],
    ["none in braces", "${A}", []],
    ["none without an end", "$(A", []],
    ["none of a secret", { secret: "own", key: "a" }, []],
  ] as const)("%s", ([, text, names]) => {
    expect(namesIn(text)).toEqual(names);
  });
});

describe("namesInBraces", () => {
  test.for([
    ["each once", "${A}/${B}/${A}", ["A", "B"]],
    ["none where it is escaped", "$${A}", []],
    ["none in parentheses", "$(A)", []],
    ["none of no text", undefined, []],
  ] as const)("%s", ([, text, names]) => {
    expect(namesInBraces(text)).toEqual(names);
  });
});

describe("wayBack", () => {
  test.for([
    ["to itself there is nothing on the way", { A: "1" }, "A", []],
    ["over all between", { A: "$(B)", B: "$(C)", C: "$(A)" }, "B", ["B", "C"]],
    ["by the first that leads there", { A: "", B: "$(C)$(D)", C: "1", D: "$(A)" }, "B", ["B", "D"]],
    ["none where it ends", { A: "$(B)", B: "$(C)", C: "1" }, "B", undefined],
    ["none in a circle without it", { A: "$(B)", B: "$(C)", C: "$(B)" }, "B", undefined],
    ["none by a variable that is not there", { A: "1" }, "B", undefined],
  ] as const)("%s", ([, variables, from, way]) => {
    expect(wayBack(variables, from, "A")).toEqual(way);
  });
});

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
