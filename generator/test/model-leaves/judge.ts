/** Every fixture at every place: whether it is a fair one, and whether its leaf does anything. */
import { merge } from "../../src/overlay/merge.ts";
import { build } from "./build.ts";
import type { Built } from "./build.ts";
import type { Fixture, Fragment, Surroundings } from "./fixture.ts";
import { changedLeaves, leavesOf, writtenIn } from "./leaves.ts";
import { documentOf, documents, places } from "./places.ts";
import type { Place } from "./places.ts";
import { findings, manifestText, otherText, renderAll } from "./render.ts";
import type { RenderedPlatform } from "./render.ts";
import { sceneWith } from "./scene.ts";

/** One fixture at one place. */
export interface Judged {
  readonly leaf: string;
  /** What makes the fixture unfair: it changes more than its leaf, or its documents have problems. */
  readonly mistakes: readonly string[];
  /** Alternatives that nobody could tell apart by what is rendered. */
  readonly same: readonly string[];
  /** All it writes into the leaf, as JSON. */
  readonly values: ReadonlySet<string>;
}

interface Trial {
  readonly place: Place;
  readonly leaf: string;
  readonly fixture: Fixture;
  readonly documents: readonly Fragment[];
  readonly surroundings: readonly Surroundings[];
}

interface BuiltTrial extends Trial {
  readonly platforms: readonly Built[];
  readonly committed: Built | undefined;
}

export async function judgeAll(): Promise<readonly Judged[]> {
  const all = trials().map(builtOf);
  const sound = all
    .flatMap(({ platforms, committed }) => [
      ...platforms,
      ...(committed === undefined ? [] : [committed]),
    ])
    .filter(({ problems }) => problems.length === 0);
  const rendered = await renderAll(sound);
  return all.map((trial) => judge(trial, rendered));
}

/** Every fixture at every place. */
export function trials(): Trial[] {
  return places.flatMap((place) =>
    Object.entries(place.fixtures).flatMap(([leaf, list]) =>
      [list].flat().map((fixture) => trialOf(place, leaf, fixture)),
    ),
  );
}

function trialOf(place: Place, leaf: string, fixture: Fixture): Trial {
  const alternatives = fixture.among.map((alternative) =>
    documentOf(place, fixture.given ?? {}, alternative),
  );
  const around: Surroundings = fixture.around ?? {};
  return {
    place,
    leaf: `${place.document.name}.${place.path}${leaf}`,
    fixture,
    documents: alternatives,
    surroundings: alternatives.map(
      (document) => merge(around, place.document.place(document)) as Surroundings,
    ),
  };
}

function builtOf(trial: Trial): BuiltTrial {
  const committed = trial.fixture.around?.committed;
  return {
    ...trial,
    platforms: trial.surroundings.map((one) => build(sceneWith(one))),
    committed:
      committed === undefined ? undefined : build(sceneWith({ services: { app: committed } })),
  };
}

function judge(trial: BuiltTrial, rendered: ReadonlyMap<Built, RenderedPlatform>): Judged {
  const { leaf, place, platforms } = trial;
  const wanted = platforms.map((platform) => outcomeOf(trial, platform, rendered));
  const [base = {}] = trial.documents;
  const others = trial.documents
    .slice(1)
    .flatMap((document) =>
      changedLeaves(place.document.schema, place.document.name, base, document),
    )
    .filter(
      (changed) =>
        changed !== leaf && !(fixedLeaves().has(leaf) && changed.startsWith(holderOf(leaf))),
    );
  const written = trial.documents
    .flatMap((document) => [
      ...writtenIn(place.document.schema, document, place.document.name).values(),
    ])
    .filter((one) => one.leaf === leaf);
  const same = trial.fixture.check === undefined ? pairs(wanted.map(({ text }) => text)) : [];
  return {
    leaf,
    mistakes: [
      ...[...new Set(others)].map((other) => `it changes ${other} too`),
      ...(written.length === 0 ? ["no alternative says anything of it"] : []),
      ...wanted.flatMap(({ mistakes }) => mistakes),
    ],
    same,
    values: new Set(written.map(({ text }) => text)),
  };
}

let fixed: ReadonlySet<string> | undefined;
/** Leaves of one value only: they change with what holds them. */
function fixedLeaves(): ReadonlySet<string> {
  fixed ??= new Set(
    Object.values(documents).flatMap(({ schema, name }) =>
      leavesOf(schema, name)
        .filter(({ isFixed }) => isFixed)
        .map(({ path }) => path),
    ),
  );
  return fixed;
}

/** `runs<RunsJob>.as` -> `runs`, `network.host.value` -> `network.host`. */
function holderOf(leaf: string): string {
  const field = leaf.replace(/<[^>]*>$/, "");
  return field.slice(0, field.includes("<") ? field.lastIndexOf("<") : field.lastIndexOf("."));
}

interface Seen {
  readonly mistakes: readonly string[];
  /** What is rendered, as two texts of which the second is only asked for where the first ones are equal. */
  readonly text: () => readonly [string, () => string];
}

function outcomeOf(
  { fixture, platforms, committed }: BuiltTrial,
  platform: Built,
  rendered: ReadonlyMap<Built, RenderedPlatform>,
): Seen {
  const done = rendered.get(platform);
  const codes = [
    ...platform.problems.map(({ code }) => code),
    ...platform.warnings.map(({ code }) => code).filter((code) => code === fixture.check),
    ...(fixture.check !== undefined && done !== undefined
      ? findings(done, committed === undefined ? undefined : rendered.get(committed), fixture.check)
      : []),
  ];
  const expected = fixture.check !== undefined && platform !== platforms[0];
  const told = platform.problems.map(({ code, message }) => `${code} ${message}`);
  const mistakes = expected
    ? codes.includes(fixture.check)
      ? []
      : [
          `alternative ${platforms.indexOf(platform) + 1} has no ${fixture.check}, but ${told.join("; ") || "nothing"}`,
        ]
    : codes.length === 0
      ? []
      : [
          `alternative ${platforms.indexOf(platform) + 1} is refused: ${told.join("; ") || codes.join(", ")}`,
        ];
  return {
    mistakes,
    text: () => (done === undefined ? ["", () => ""] : [manifestText(done), () => otherText(done)]),
  };
}

function pairs(texts: readonly Seen["text"][]): string[] {
  const seen = texts.map((text) => text());
  return seen.flatMap(([first, rest], index) =>
    seen
      .slice(index + 1)
      .flatMap(([other, otherRest], offset) =>
        first === other && rest() === otherRest()
          ? [`alternatives ${index + 1} and ${index + offset + 2} render the same`]
          : [],
      ),
  );
}
