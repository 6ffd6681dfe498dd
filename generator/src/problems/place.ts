/**
 * Finds the place of every problem in its file. The TypeScript parser is loaded when there is a problem to
 * show and not before: it takes longer to start than a render. So is what puts the model's own findings into words.
 */
import type { locate as locateKeys, locateRemoval as locateRemoved } from "./locate.ts";
import { pathText } from "./issues/text.ts";
import { overlayFile } from "../model/paths.ts";
import type { Rejection } from "./rejection.ts";
import type { Place, Problem, Related } from "./problem.ts";

interface Locating {
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
  const placeIn = (
    files: readonly string[],
    keys: readonly PropertyKey[],
    target: "key" | "value",
  ): Place => {
    const wanted = keys.filter((key) => typeof key !== "symbol");
    const found = files.flatMap((file) => {
      const text = sources.get(file);
      return text === undefined || !file.endsWith(".ts")
        ? []
        : [locate(file, text, wanted, target)];
    });
    // The file that says most of the path is the one that says the mistake.
    const best = found.toSorted((a, b) => b.depth - a.depth)[0];
    return best?.place ?? { file: files[0] ?? "" };
  };
  const placed = problems.map((problem) => {
    const caused = causedByOverlay(sources, problem, { locate, locateRemoval });
    if (caused !== undefined) return caused;
    const {
      keys,
      target,
      causes: _,
      ...rest
    } = withRelated(problem, ({ file, note, keys: at = [], environment }) => ({
      ...(overlayPlace(
        sources,
        {
          ...problem,
          ...(environment === undefined ? {} : { environments: [environment] }),
          place: { file },
          keys: at,
          target: "value",
        },
        { locate, locateRemoval },
      ) ?? placeIn([file], at, "value")),
      note,
    }));
    return isUnplaced(problem)
      ? {
          ...rest,
          place:
            overlayPlace(sources, problem, { locate, locateRemoval }) ??
            placeIn([problem.place.file], keys ?? [], target ?? "value"),
        }
      : rest;
  });
  const refused = rejections.flatMap(({ files, schema, value, error, environment }) =>
    problemsOfIssues(error.issues, {
      schema,
      value,
      locate: (keys, target) => placeIn(files, keys, target),
    }).map((problem) =>
      environment === undefined ? problem : { ...problem, environments: [environment] },
    ),
  );
  return [...placed, ...refused];
}

const isUnplaced = (problem: Problem) =>
  problem.keys !== undefined && problem.place.line === undefined;

/** The service is right by itself where an overlay is the cause: what is wrong is told there, with what mends it there. */
function causedByOverlay(
  sources: ReadonlyMap<string, string>,
  problem: Problem,
  { locate, locateRemoval }: Locating,
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

/** Places of what is related, where they are said by keys. */
function withRelated(problem: Problem, find: (related: Related) => Related): Problem {
  const { related } = problem;
  return related === undefined
    ? problem
    : { ...problem, related: related.map((one) => (one.keys === undefined ? one : find(one))) };
}

/** Where an environment's overlay says the value, or takes it away, that is what a person has to change. */
function overlayPlace(
  sources: ReadonlyMap<string, string>,
  problem: Problem,
  { locate, locateRemoval }: Locating,
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
