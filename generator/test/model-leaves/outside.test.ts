/**
 * What is kept of a release may be used as long as its key is the same: for every leaf of the model, changed in a
 * service that others call and that calls others, a release with the same key has the same values.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Release } from "../../src/model/platform.ts";
import { releaseKey } from "../../src/render/release-key.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";
import { build } from "./build.ts";
import type { Built } from "./build.ts";
import { trials } from "./judge.ts";
import { merge } from "../../src/overlay/merge.ts";
import type { Surroundings } from "./fixture.ts";
import { component, sceneWith, service } from "./scene.ts";

/** A service that calls `app` at all its ports and reads what it offers. */
const neighbours = {
  caller: service({
    ...component,
    consumes: { app: ["http", "admin", "dns"] },
    env: { HOST: { from: "app", key: "http-host" }, URL: { from: "app", key: "admin-url" } },
  }),
};

interface Change {
  readonly leaf: string;
  readonly before: Built;
  readonly after: Built;
}

let changes: readonly Change[];
beforeAll(() => {
  changes = trials().flatMap(({ leaf, surroundings }) => {
    const [before, ...others] = surroundings.map((one) => build(withNeighbours(one)));
    return before === undefined || before.problems.length > 0
      ? []
      : others
          .filter(({ problems }) => problems.length === 0)
          .map((after) => ({ leaf, before, after }));
  });
}, 120_000);

const withNeighbours = (around: Surroundings) =>
  sceneWith(merge({ services: neighbours }, around) as Surroundings);

const nameOf = ({ facts, service: { name } }: Release) => `${facts.name}/${name}`;
const keyOf = (release: Release) => releaseKey(release, []);
const valuesOf = (release: Release) => JSON.stringify(toHelmValues(release));

test("hundreds of changes leave a neighbour as it is, and others do not", () => {
  const ofNeighbours = changes.flatMap(({ before, after }) =>
    pairsOf(before, after).filter(([release]) => release.service.name === "caller"),
  );
  const kept = ofNeighbours.filter(([a, b]) => keyOf(a) === keyOf(b));
  expect(kept.length).toBeGreaterThan(100);
  expect(ofNeighbours.length - kept.length).toBeGreaterThan(20);
});

describe("a release with the same key", () => {
  test("has the same values, whatever leaf has changed in its neighbours", () => {
    const wrong = changes.flatMap(({ leaf, before, after }) =>
      pairsOf(before, after)
        .filter(([a, b]) => keyOf(a) === keyOf(b) && valuesOf(a) !== valuesOf(b))
        .map(([release]) => `${leaf}: ${nameOf(release)}`),
    );
    expect(wrong).toEqual([]);
  });
});

function pairsOf(before: Built, after: Built): (readonly [Release, Release])[] {
  const byName = new Map(after.releases.map((release) => [nameOf(release), release]));
  return before.releases.flatMap((release) => {
    const other = byName.get(nameOf(release));
    return other === undefined ? [] : [[release, other] as const];
  });
}
