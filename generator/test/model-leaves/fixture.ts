/** How a fixture is written: documents that differ in one leaf, and what they stand in. */
import type { ProblemCode } from "../../src/problems/codes.ts";
import { merge } from "../../src/overlay/merge.ts";

/** Part of an authored document, merged into a small complete one by the rule of overlays. */
export type Fragment = Readonly<Record<string, unknown>>;

/** Documents of a repository, or what differs from `scene.ts`. */
export interface Surroundings {
  readonly services?: Readonly<Record<string, Fragment>>;
  readonly clusters?: Readonly<Record<string, Fragment>>;
  readonly environments?: Readonly<Record<string, Fragment>>;
  readonly tiers?: Fragment;
  /** Environment to service to what differs there. */
  readonly overlays?: Readonly<Record<string, Readonly<Record<string, Fragment>>>>;
  /** What the service was when the tree was last committed. */
  readonly committed?: Fragment;
}

export interface Fixture {
  /** What the leaf needs beside it, in the same document. */
  readonly given?: Fragment;
  /** What it needs in other documents. */
  readonly around?: Surroundings;
  /** Each differs from the others in the leaf alone, and no two may render the same. */
  readonly among: readonly Fragment[];
  /** Where a check is the effect: the first alternative passes, all others have this problem. */
  readonly check?: ProblemCode;
}

/** By leaf, as its path goes on from that of the place. Several where one document cannot show all values. */
export type Fixtures = Readonly<Record<string, Fixture | readonly Fixture[]>>;

export function among(...fragments: readonly Fragment[]): Fixture {
  return { among: fragments };
}

/** The same value at a dotted path, several times: `at("scale.max", 3, 4)`; undefined is the absent field. */
export function at(path: string, ...values: readonly unknown[]): Fixture {
  return { among: values.map((value) => fragmentAt(path.split("."), value)) };
}

/** The leaf is checked: the first value passes, the others are refused. */
export function checked(check: ProblemCode, fixture: Fixture): Fixture {
  return { ...fixture, check };
}

export function given(fragment: Fragment, fixture: Fixture): Fixture {
  return { ...fixture, given: merge(fragment, fixture.given) as Fragment };
}

export function around(surroundings: Surroundings, fixture: Fixture): Fixture {
  return { ...fixture, around: surroundings };
}

/** All fixtures inside what holds them: `within((change) => ({ storage: { data: change } }), volumes)`. */
export function within(
  hold: (fragment: Fragment) => Fragment,
  fixtures: Fixtures,
  prefix: string,
): Fixtures {
  return Object.fromEntries(
    Object.entries(fixtures).map(([leaf, list]) => [
      `${prefix}${leaf}`,
      [list].flat().map((fixture) => held(hold, fixture)),
    ]),
  );
}

function held(hold: (fragment: Fragment) => Fragment, fixture: Fixture): Fixture {
  return { ...fixture, given: hold(fixture.given ?? {}), among: fixture.among.map(hold) };
}

function fragmentAt([first = "", ...rest]: readonly string[], value: unknown): Fragment {
  if (value === undefined && rest.length === 0) return {};
  return { [first]: rest.length === 0 ? value : fragmentAt(rest, value) };
}
