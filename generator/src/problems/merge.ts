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
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const identity = identityOf(problem);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [problem]);
    else group.push(problem);
  }
  return [...groups]
    .toSorted(([identityA, [a]], [identityB, [b]]) => {
      if (a === undefined || b === undefined) return 0;
      return compareProblems(a, b) || compareText(identityA, identityB);
    })
    .flatMap(([, group]) => mergeGroup(group));
}

function mergeGroup(group: readonly Problem[]): Problem[] {
  const [first] = group;
  if (first === undefined) return [];
  const { environments: _, ...rest } = first;
  const common = { ...rest, ...relatedOf(group) };
  if (group.some((problem) => problem.environments === undefined)) return [common];
  const environments = [...new Set(group.flatMap((problem) => problem.environments ?? []))];
  return [filledIn({ ...common, environments: environments.toSorted(compareText) })];
}

/**
 * Texts say `<environment>` where the one they are about belongs, so that the same problem of several is one. The
 * message names all of them; a file or a command is named where there is one.
 */
function filledIn(problem: Problem & { readonly environments: readonly string[] }): Problem {
  const { message, expected, fix, environments } = problem;
  const name = environments.length === 1 ? environments.join() : undefined;
  const filled = (text: string) => (name === undefined ? text : text.replaceAll(placeholder, name));
  return {
    ...problem,
    message: message.replaceAll(placeholder, environments.join(", ")),
    ...(expected === undefined ? {} : { expected: filled(expected) }),
    ...(fix === undefined ? {} : { fix: filled(fix) }),
  };
}

const placeholder = "<environment>";

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
