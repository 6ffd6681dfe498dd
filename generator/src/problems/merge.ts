/** Brings problems found in any order, in any number of environments, into the one list that is shown. */
import type { Place, Problem } from "./problem.ts";

/**
 * Sorts problems by severity, errors first, then file, line, column and code, and folds what is the same problem seen again.
 *
 * In: problems as the stages found them. Out: each problem once, its environments merged,
 * sorted and named in its texts; a problem that was also found without an environment does not depend on one, so it loses
 * the list. The result does not depend on the order of the input.
 */
export function mergeProblems(problems: readonly Problem[]): readonly Problem[] {
  const same = grouped(problems, identityOf).flatMap(({ group }) => mergeGroup(group));
  return grouped(same, mistakeOf)
    .map(({ identity, group }) => ({ identity, problem: filledIn(oneOf(group)) }))
    .toSorted(
      (a, b) => compareProblems(a.problem, b.problem) || compareText(a.identity, b.identity),
    )
    .map(({ problem }) => withoutClusters(problem));
}

/** Its texts name them by now. */
function withoutClusters(problem: Problem): Problem {
  const { clusters: _, ...rest } = problem;
  return rest;
}

type Group = readonly [Problem, ...Problem[]];

function grouped(
  problems: readonly Problem[],
  identity: (problem: Problem) => string,
): { readonly identity: string; readonly group: Group }[] {
  return [...Map.groupBy(problems, identity)].flatMap(([name, [first, ...others]]) =>
    first === undefined ? [] : [{ identity: name, group: [first, ...others] as const }],
  );
}

function mergeGroup(group: Group): Problem[] {
  const { environments: _, clusters: __, ...rest } = group[0];
  const common = { ...rest, ...relatedOf(group) };
  if (group.some((problem) => problem.environments === undefined)) return [common];
  return [{ ...common, ...placesOf(group) }];
}

/** Where it was found, sorted. */
function placesOf(group: Group): Pick<Problem, "environments" | "clusters"> {
  const all = (names: readonly (readonly string[] | undefined)[]) =>
    [...new Set(names.flatMap((some) => some ?? []))].toSorted(compareText);
  const clusters = all(group.map((problem) => problem.clusters));
  return {
    environments: all(group.map(({ environments }) => environments)),
    ...(clusters.length === 0 ? {} : { clusters }),
  };
}

/** One mistake of several environments, which have other names to choose from: each says its own. */
function oneOf(group: Group): Problem {
  if (group.length === 1) return group[0];
  const [first, ...others] = [...group].sort((a, b) =>
    compareText(JSON.stringify(a.environments), JSON.stringify(b.environments)),
  );
  const sorted: Group = first === undefined ? group : [first, ...others];
  const text = (field: "expected" | "fix") => {
    const said = Map.groupBy(sorted, (problem) => problem[field]);
    if (said.size === 1) return sorted[0][field];
    // Each stands beside its environments, so that it names what is theirs.
    return [...Map.groupBy(sorted, (problem) => filledIn(problem)[field])]
      .flatMap(([words, of]) =>
        words === undefined
          ? []
          : [`in ${of.flatMap(({ environments = [] }) => environments).join(", ")}: ${words}`],
      )
      .join("; ");
  };
  const [expected, fix] = [text("expected"), text("fix")];
  return {
    ...sorted[0],
    ...relatedOf(sorted),
    ...placesOf(sorted),
    ...(expected === undefined ? {} : { expected }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/**
 * Texts say `<environment>` and `<cluster>` where the one they are about belongs, so that the same problem of several is
 * one. The message names all of them; a file or a command is named where there is one.
 */
function filledIn(problem: Problem): Problem {
  const { message, expected, fix, environments, clusters } = problem;
  if (environments === undefined) return problem;
  const names = { "<environment>": environments, "<cluster>": clusters ?? [] };
  const filled = (text: string, several: boolean) =>
    Object.entries(names).reduce(
      (words, [placeholder, all]) =>
        all.length === 1 || several ? words.replaceAll(placeholder, all.join(", ")) : words,
      text,
    );
  return {
    ...problem,
    message: filled(message, true),
    ...(expected === undefined ? {} : { expected: filled(expected, false) }),
    ...(fix === undefined ? {} : { fix: filled(fix, false) }),
  };
}

/** What is related in one environment may be another place than in the next one. */
function relatedOf(group: readonly Problem[]): Pick<Problem, "related"> {
  const places = group.flatMap((problem) => problem.related ?? []);
  if (places.length === 0 || group.length === 1) return {};
  const unique = new Map(places.map((place) => [relatedIdentity(place), place]));
  return {
    related: [...unique].toSorted(([a], [b]) => compareText(a, b)).map(([, place]) => place),
  };
}

const relatedIdentity = (place: NonNullable<Problem["related"]>[number]) =>
  JSON.stringify([placeParts(place), place.note]);

/** One mistake: the same but for what may be chosen instead, which each environment has of its own. */
function mistakeOf(problem: Problem): string {
  const { expected: _, fix: __, ...mistake } = problem;
  return identityOf(problem.environments === undefined ? problem : mistake);
}

/** Everything a person would see, except the environments and what is related in each of them. */
function identityOf(problem: Problem): string {
  return JSON.stringify([
    problem.code,
    problem.severity,
    placeParts(problem.place),
    problem.message,
    problem.path,
    problem.found,
    problem.expected,
    problem.fix,
    problem.environments === undefined ? problem.related?.map(relatedIdentity) : undefined,
  ]);
}

function placeParts(place: Place): readonly unknown[] {
  return [place.file, place.line, place.column, place.length];
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.severity, b.severity) ||
    compareText(a.place.file, b.place.file) ||
    (a.place.line ?? 0) - (b.place.line ?? 0) ||
    (a.place.column ?? 0) - (b.place.column ?? 0) ||
    compareText(a.code, b.code)
  );
}

/** By code units: the order may not depend on the machine's language. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
