/**
 * What may not change under a service that stays: names, claims, selectors. Compares what would be
 * written with the committed tree, which is what the cluster has.
 */
import { load } from "js-yaml";
import type { Release } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { bytes } from "../values/units.ts";
import { isConflictedOutput } from "../write/conflict.ts";
import type { ExistingFile, WritePlan } from "../write/plan.ts";

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
  `^kubernetes/([^/]+)/([^/_][^/]*)/(${frozenKinds.join("|")})(\\.[a-z0-9.]+)?-([^/]+)\\.yaml$`,
);

/** In: the plan, the files there are, the releases. Problems: FROZEN_NAME, FROZEN_CLAIM, FROZEN_SELECTOR. */
export function checkFrozen(
  plan: WritePlan,
  existing: readonly ExistingFile[],
  releases: readonly Release[],
): Problem[] {
  const byPlace = new Map(
    releases.map((release) => [`${release.facts.name}/${release.service.name}`, release]),
  );
  const before = new Map(existing.map((file) => [file.path, file]));
  // A database goes with its consumer's login; it is retained on the server (databaseReclaimPolicy).
  const gone = plan.removals
    .flatMap((path) => frozenObject(path, byPlace) ?? [])
    .filter(({ kind, isOurs }) => kind !== "database" && isOurs);
  const changed = plan.writes
    .filter(({ kind }) => kind === "update")
    .flatMap(({ path, content }) => {
      const object = frozenObject(path, byPlace);
      const old = read(before.get(path)?.content ?? "");
      const next = read(content);
      return object === undefined || old === undefined || next === undefined
        ? []
        : [{ object, old, next }];
    });
  return [
    ...gone.map(nameGone),
    ...changed.flatMap(({ object, old, next }) => changes(object, old, next)),
  ];
}

interface FrozenObject {
  readonly release: Release;
  readonly kind: string;
  readonly name: string;
  /** Made by the library: objects of a service's own and of a chart may go, and carry their group in the file's name. */
  readonly isOurs: boolean;
}

/** Undefined for other files, for services that go as a whole, and for what a migration speaks of. */
function frozenObject(
  path: string,
  releases: ReadonlyMap<string, Release>,
): FrozenObject | undefined {
  const [, environment, service, kind, group, name] = frozenFile.exec(path) ?? [];
  const release = releases.get(`${environment}/${service}`);
  if (release === undefined || kind === undefined || name === undefined) return undefined;
  return `${kind}/${name}` in (release.service.spec.migrations ?? {})
    ? undefined
    : { release, kind, name, isOurs: group === undefined };
}

function nameGone({ release, kind, name }: FrozenObject): Problem {
  const { prefix } = release.facts.environment;
  const pin = prefix === undefined ? name : name.slice(prefix.length + 1);
  const fix =
    kind === "namespace"
      ? `keep it: pins: { namespace: ${JSON.stringify(pin)} }, or migrations: { "namespace/${name}": "how the data moves" }`
      : `undo the rename, or migrations: { "${kind}/${name}": "what happens to it" }`;
  return found("FROZEN_NAME", release, {
    message: `${kind} \`${name}\` of ${release.service.name} is in use and would go`,
    found: `no ${kind} \`${name}\` is rendered any more`,
    expected: "names that stay as long as the service does",
    fix,
  });
}

type Tree = Readonly<Record<string, unknown>>;

function changes(object: FrozenObject, old: Tree, next: Tree): Problem[] {
  const { release, kind, name } = object;
  const migration = `migrations: { "${kind}/${name}": "how the data moves" }`;
  const differs = (path: readonly string[]) =>
    JSON.stringify(at(old, path)) !== JSON.stringify(at(next, path));
  const problems: Problem[] = [];
  for (const path of claimPaths[kind] ?? []) {
    const sizePath = path.at(-1) === "storage" || path.at(-1) === "size";
    const shrinks = sizePath && bytes(String(at(next, path))) < bytes(String(at(old, path)));
    if (sizePath ? shrinks : differs(path)) {
      problems.push(
        found("FROZEN_CLAIM", release, {
          message: `${kind} \`${name}\`: ${path.join(".")} would change`,
          found: text(at(next, path)),
          expected: sizePath ? `${text(at(old, path))} or more` : text(at(old, path)),
          fix: `undo it, or ${migration}`,
        }),
      );
    }
  }
  if (differs(["spec", "selector", "matchLabels"])) {
    problems.push(
      found("FROZEN_SELECTOR", release, {
        message: `${kind} \`${name}\`: its selector would change`,
        found: text(at(next, ["spec", "selector", "matchLabels"])),
        expected: text(at(old, ["spec", "selector", "matchLabels"])),
        fix: `undo it, or ${migration}`,
      }),
    );
  }
  return problems;
}

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

function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Tree)[key] : undefined,
    tree,
  );
}

/** Undefined for a file with an unmerged conflict: it is rendered again, and there is nothing to compare. */
function read(content: string): Tree | undefined {
  if (isConflictedOutput(content)) return undefined;
  try {
    return load(content) as Tree;
  } catch {
    return undefined;
  }
}

const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function found(code: ProblemCode, release: Release, problem: ProblemText): Problem {
  return problemAt(code, release.service.file, [], problem, release.facts.name);
}
