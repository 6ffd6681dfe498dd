/**
 * What may not change under a service that stays: names, claims, selectors. Compares what would be
 * written with the tree that is there, which is what the cluster has once it is committed.
 */
import { renderedFolder } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { pathText } from "../problems/issues/text.ts";
import { bytes } from "../model/units.ts";
import { isConflictedOutput } from "../output/conflict.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import { readObject } from "../output/read-object.ts";
import { byHand } from "./by-hand.ts";
import { differences } from "./differences.ts";
import type { Difference } from "./differences.ts";
import type { FrozenChange } from "./frozen-change.ts";
import { isLoginFile, lostDatabases } from "./frozen-databases.ts";
import { isRootFile, movedEnvironments, renamedEnvironments } from "./frozen-environments.ts";
import { fixedSize, isSize } from "./frozen-size.ts";
import { hasOtherPrefix, sourceOfField, sourceOfName } from "./frozen-source.ts";
import type { FrozenSource } from "./frozen-source.ts";
import { at } from "../model/reading.ts";
import type { Tree } from "../model/data.ts";

/** Kinds that hold data or are known to others by name. */
const frozenKinds = [
  "namespace",
  "persistentvolumeclaim",
  "persistentvolume",
  "deployment",
  "statefulset",
  "daemonset",
  "cronjob",
  "cluster",
  "database",
] as const;
const frozenFile = new RegExp(
  `^${renderedFolder("([^/]+)", "([^/_][^/]*)")}/(${frozenKinds.join("|")})(\\.[a-z0-9.]+)?-([^/]+)\\.yaml$`,
);

/** Whether a rendered file is compared with what was there before. */
export const isFrozenFile = (path: string) =>
  frozenFile.test(path) || isLoginFile(path) || isRootFile(path);

/** How many checks these are: of names, claims and selectors. They wait until all objects are right. */
export const frozenRuleCount = 3;

/** In: the plan, the files there are, the releases. Out: what would change and may not, unless it is meant. */
export function checkFrozen(
  plan: WritePlan,
  existing: readonly ExistingFile[],
  releases: readonly Release[],
): FrozenChange[] {
  const byPlace = new Map(
    releases.map((release) => [`${release.facts.name}/${release.service.name}`, release]),
  );
  const objectsOf = (paths: readonly string[]) =>
    paths.flatMap((path) => frozenObject(path, byPlace) ?? []);
  const created = objectsOf(
    plan.writes.filter(({ kind }) => kind === "create").map(({ path }) => path),
  );
  const removed = objectsOf(plan.removals);
  const gone = removed.filter((object) => object.isOurs && !followsFromNamespace(object, removed));
  const before = new Map(existing.map((file) => [file.path, file]));
  const changed = plan.writes
    .filter(({ kind }) => kind === "update")
    .flatMap(({ path, content }) => {
      const object = frozenObject(path, byPlace);
      if (object === undefined) return [];
      const old = read(before.get(path)?.content ?? "");
      const next = readObject(content);
      // In another namespace it is another object, and that the namespace goes is told already.
      return old === undefined || next === undefined || isMoved(old, next)
        ? []
        : [{ object, old, next }];
    });
  const change = (object: FrozenObject, problem: Problem): FrozenChange => ({
    path: object.path,
    problem,
    isMeant: isMeant(object),
  });
  return [
    ...renamedEnvironments(plan, existing, releases),
    ...movedEnvironments(plan, existing),
    ...lostDatabases(plan, existing, releases),
    ...gone.map((object) => change(object, nameGone(object, created))),
    ...changed.flatMap(({ object, old, next }) =>
      changes(object, old, next).map((problem) => ({
        ...change(object, problem),
        byHand: byHand(problem.code, object, old),
      })),
    ),
  ];
}

interface FrozenObject {
  readonly path: string;
  readonly release: Release;
  readonly kind: string;
  readonly name: string;
  /** Made by the library: objects of a service's own and of a chart may go, and carry their group in the file's name. */
  readonly isOurs: boolean;
}

/** Undefined for other files, and for services that go as a whole. */
function frozenObject(
  path: string,
  releases: ReadonlyMap<string, Release>,
): FrozenObject | undefined {
  const [, environment, service, kind, group, name] = frozenFile.exec(path) ?? [];
  const release = releases.get(`${environment}/${service}`);
  return release === undefined || kind === undefined || name === undefined
    ? undefined
    : { path, release, kind, name, isOurs: group === undefined };
}

/** What a migration speaks of. */
function isMeant({ release, kind, name }: FrozenObject): boolean {
  return `${kind}/${name}` in (release.service.spec.migrations ?? {});
}

/**
 * A database goes with its consumer's login, and is looked at there. A PersistentVolume of a share has the namespace
 * in its name, and nothing is lost with it.
 */
function followsFromNamespace(
  { release, kind }: FrozenObject,
  removed: readonly FrozenObject[],
): boolean {
  return (
    kind === "database" ||
    (kind === "persistentvolume" &&
      removed.some((other) => other.release === release && other.kind === "namespace"))
  );
}

const isMoved = (old: Tree, next: Tree) =>
  at(old, "metadata", "namespace") !== at(next, "metadata", "namespace");

function nameGone(object: FrozenObject, created: readonly FrozenObject[]): Problem {
  const { path, release, kind, name } = object;
  const instead = created.filter(
    (other) => other.release === release && (other.kind === kind || other.name === name),
  );
  return found("FROZEN_NAME", release, sourceOfName(release, kind, name), {
    message: `${kind} \`${name}\` of ${release.service.name} is in use and would go`,
    found:
      instead.length === 0
        ? `no ${kind} \`${name}\` is rendered any more`
        : instead.map((other) => `${other.kind} \`${other.name}\` instead`).join(", "),
    // The same in every environment, so that it is one problem.
    expected: `${kind} \`${name}\`, as rendered in ${path.replace(renderedFolder(release.facts.name, ""), renderedFolder("<environment>", ""))}`,
    fix: fixOfName(object),
  });
}

function fixOfName({ release, kind, name }: FrozenObject): string {
  const meant = `migrations: { "${kind}/${name}": "…what happens to it…" } in ${release.service.file}`;
  if (kind !== "namespace") return `undo the change, or say that it is meant: ${meant}`;
  if (hasOtherPrefix(release, name))
    return `undo the change of the prefix, or say that it is meant: ${meant}`;
  const { prefix } = release.facts.environment;
  const pin = prefix === undefined ? name : name.slice(prefix.length + 1);
  return `keep it with pins: { namespace: ${JSON.stringify(pin)} } in ${release.service.file}, or say how the data moves: ${meant}`;
}

function changes(object: FrozenObject, old: Tree, next: Tree): Problem[] {
  const { release, kind, name } = object;
  const fix = `undo the change, or say that it is meant: migrations: { "${kind}/${name}": "…how the data moves…" } in ${release.service.file}`;
  const problem = (code: ProblemCode, difference: Difference, text: ProblemText) =>
    found(code, release, sourceOfField(release, object, { difference, old }), {
      ...text,
      found: shown(difference.after),
      fix,
    });
  const claims = (claimPaths[kind] ?? [])
    .flatMap((path) => differences(at(old, ...path), at(next, ...path), path))
    .flatMap((difference) => {
      const { path, before, after } = difference;
      const fixed = isSize(path) ? fixedSize(release, old) : undefined;
      const grows = isSize(path) && fixed === undefined;
      if (grows && bytes(String(after)) >= bytes(String(before))) return [];
      const message = `${kind} \`${name}\`: ${pathText(path)} would change`;
      const why = fixed === undefined ? "" : `: ${fixed}`;
      const expected = grows ? `${shown(before)} or more` : `${shown(before)}${why}`;
      return [problem("FROZEN_CLAIM", difference, { message, expected })];
    });
  const selector = { before: at(old, ...selectorPath), after: at(next, ...selectorPath) };
  if (differences(selector.before, selector.after).length === 0) return claims;
  const text = {
    message: `${kind} \`${name}\`: its selector would change`,
    expected: shown(selector.before),
  };
  return [...claims, problem("FROZEN_SELECTOR", { path: selectorPath, ...selector }, text)];
}

const selectorPath = ["spec", "selector", "matchLabels"] as const;

/** Fields that cannot change, or in case of a size only grow. */
const claimPaths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  persistentvolumeclaim: [
    ["spec", "resources", "requests", "storage"],
    ["spec", "storageClassName"],
    ["spec", "accessModes"],
    ["spec", "volumeName"],
  ],
  persistentvolume: [["spec", "nfs"]],
  statefulset: [
    ["spec", "volumeClaimTemplates"],
    ["spec", "serviceName"],
  ],
  cluster: [
    ["spec", "storage", "size"],
    ["spec", "storage", "storageClass"],
  ],
};

/** Undefined for a file with an unmerged conflict, where git does not say what was there before. */
const read = (content: string) => (isConflictedOutput(content) ? undefined : readObject(content));

/** As a person says it: what is not there is none, and a list is its words. */
function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "nothing";
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function found(
  code: ProblemCode,
  release: Release,
  { file, keys }: FrozenSource,
  problem: ProblemText,
): Problem {
  return problemAt(code, file, keys, problem, release.facts.name);
}
