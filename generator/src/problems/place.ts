/**
 * Finds the place of every problem in its file. The TypeScript parser is loaded when there is a problem to
 * show and not before: it takes longer to start than a render. So is what puts the model's own findings into words.
 */
import type { locate as locateKeys, locateRemoval as locateRemoved } from "./locate.ts";
import { pathText } from "./issues/text.ts";
import { overlayFile } from "../model/paths.ts";
import type { Rejection } from "./rejection.ts";
import type { Place, Problem, Related } from "./problem.ts";

/** The texts, and what looks for keys in them. */
interface Locating {
  readonly sources: ReadonlyMap<string, string>;
  readonly locate: typeof locateKeys;
  readonly locateRemoval: typeof locateRemoved;
}

export interface Unplaced {
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

/** In: problems whose place is a file and keys, values the model refused. Out: all of them with line and column. */
export async function placeProblems(
  sources: ReadonlyMap<string, string>,
  { problems, rejections }: Unplaced,
): Promise<Problem[]> {
  if (rejections.length === 0 && !problems.some(isUnplaced)) return [...problems];
  const { locate, locateRemoval } = await import("./locate.ts");
  const { problemsOfIssues } = await import("./zod-issues.ts");
  const locating = { sources, locate, locateRemoval };
  const refused = rejections.flatMap(({ files, schema, value, error, environment }) =>
    problemsOfIssues(error.issues, {
      schema,
      value,
      locate: (keys, target) => placeIn(locating, files, { keys, target }),
    }).map((problem) =>
      environment === undefined ? problem : { ...problem, environments: [environment] },
    ),
  );
  return [...problems.map((problem) => placeProblem(locating, problem)), ...refused];
}

function placeProblem(locating: Locating, problem: Problem): Problem {
  const caused = causedByOverlay(locating, problem);
  if (caused !== undefined) return caused;
  const { keys = [], target = "value", causes: _, related, ...rest } = problem;
  return {
    ...rest,
    ...(isUnplaced(problem)
      ? {
          place:
            overlayPlace(locating, problem) ??
            placeIn(locating, [problem.place.file], { keys, target }),
        }
      : {}),
    ...(related === undefined
      ? {}
      : { related: related.map((one) => placeRelated(locating, problem, one)) }),
  };
}

/** Places of what is related, where they are said by keys. */
function placeRelated(locating: Locating, problem: Problem, related: Related): Related {
  const { file, note, keys, environment } = related;
  if (keys === undefined) return related;
  const there = {
    ...problem,
    ...(environment === undefined ? {} : { environments: [environment] }),
    place: { file },
    keys,
    target: "value" as const,
  };
  return {
    ...(overlayPlace(locating, there) ?? placeIn(locating, [file], { keys, target: "value" })),
    note,
  };
}

/** Of several files the one that says most of the path is the one that says the mistake. */
function placeIn(
  { sources, locate }: Locating,
  files: readonly string[],
  { keys, target }: { readonly keys: readonly PropertyKey[]; readonly target: "key" | "value" },
): Place {
  const wanted = keys.filter((key) => typeof key !== "symbol");
  const found = files.flatMap((file) => {
    const text = sources.get(file);
    return text === undefined || !file.endsWith(".ts") ? [] : [locate(file, text, wanted, target)];
  });
  const best = found.toSorted((a, b) => b.depth - a.depth)[0];
  return best?.place ?? { file: files[0] ?? "" };
}

const isUnplaced = (problem: Problem) =>
  problem.keys !== undefined && problem.place.line === undefined;

/** The service is right by itself where an overlay is the cause: what is wrong is told there, with what mends it there. */
function causedByOverlay(
  { sources, locate, locateRemoval }: Locating,
  problem: Problem,
): Problem | undefined {
  const { causes = [], keys: _, target: __, found: ___, ...rest } = problem;
  if (causes.length === 0) return undefined;
  const overlay = overlayOf(sources, problem);
  if (overlay === undefined) return undefined;
  const { file, text } = overlay;
  for (const { does, keys, fix } of causes) {
    const told = { ...rest, path: pathText(keys), fix };
    if (does === "removes") {
      const place = locateRemoval(file, text, keys);
      const message = `${rest.message}: this overlay removes it`;
      if (place !== undefined) return { ...told, message, place };
    } else {
      const { place, depth } = locate(file, text, keys, "key");
      if (depth === keys.length) return { ...told, place };
    }
  }
  return undefined;
}

/** The overlay of the one environment a problem of a service is of. */
function overlayOf(
  sources: ReadonlyMap<string, string>,
  { place, environments = [] }: Pick<Problem, "place" | "environments">,
): { readonly file: string; readonly text: string } | undefined {
  const service = /^charts\/services\/([^/]+)\/values\.ts$/.exec(place.file)?.[1];
  const [environment, ...others] = environments;
  if (service === undefined || environment === undefined || others.length > 0) return undefined;
  const file = overlayFile(environment, service);
  const text = sources.get(file);
  return text === undefined ? undefined : { file, text };
}

/** Where an environment's overlay says the value, or takes it away, that is what a person has to change. */
function overlayPlace(
  { sources, locate, locateRemoval }: Locating,
  problem: Problem,
): Place | undefined {
  const { keys = [], target = "value" } = problem;
  const overlay = overlayOf(sources, problem);
  if (overlay === undefined || keys.length === 0) return undefined;
  const { file, text } = overlay;
  const removal = locateRemoval(file, text, keys);
  if (removal !== undefined) return removal;
  const found = locate(file, text, keys, target);
  return found.depth === keys.length ? found.place : undefined;
}
