/**
 * No field of the model does nothing: for every leaf a fixture changes that leaf and nothing else, and
 * other objects are rendered or a check speaks. What is missing is said by its path.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { leavesOf } from "./leaves.ts";
import { judgeAll } from "./judge.ts";
import type { Judged } from "./judge.ts";
import { documents } from "./places.ts";

const leaves = Object.values(documents).flatMap((document) =>
  leavesOf(document.schema, document.name).filter(
    ({ path }) =>
      (!("only" in document) ||
        document.only.some((field) => path === `${document.name}.${field}`)) &&
      !("without" in document && document.without.some((beginning) => path.startsWith(beginning))),
  ),
);

let judged: ReadonlyMap<string, readonly Judged[]>;
beforeAll(async () => {
  judged = Map.groupBy(await judgeAll(), ({ leaf }) => leaf);
}, 300_000);

const all = () => [...judged.values()].flat();

describe("the fixtures", () => {
  test("are complete documents without mistakes", () => {
    expect(
      all().flatMap(({ leaf, mistakes }) => mistakes.map((mistake) => `${leaf}: ${mistake}`)),
    ).toEqual([]);
  });

  test("speak of leaves the model has", () => {
    const known = new Set(leaves.map(({ path }) => path));
    expect([...judged.keys()].filter((leaf) => !known.has(leaf))).toEqual([]);
  });

  test("show every word a leaf takes", () => {
    const missing = leaves.flatMap(({ path, words }) =>
      words
        .filter(
          (word) =>
            !(judged.get(path) ?? []).some(({ values }) => values.has(JSON.stringify(word))),
        )
        .map((word) => `${path}: add an alternative with "${word}"`),
    );
    expect(missing).toEqual([]);
  });
});

describe("every leaf of the model", () => {
  test("is found", () => {
    expect(leaves.length).toBeGreaterThan(700);
  });

  test("has a fixture", () => {
    expect(
      leaves
        .filter(({ path }) => !judged.has(path))
        .map(({ path }) => `${path}: add alternatives for it to fixtures/`),
    ).toEqual([]);
  });

  test("changes what is rendered, or is checked", () => {
    const idle = all().flatMap(({ leaf, same }) => same.map((pair) => `${leaf}: ${pair}`));
    expect(idle).toEqual([]);
  });
});
