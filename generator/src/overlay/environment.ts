/** Which services run in an environment, and each as it is there. */
import { environmentFile, overlayFile, serviceFile } from "../load/paths.ts";
import type { SourceTree } from "../load/tree.ts";
import type { Environment } from "../model/cluster.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { specOfKind } from "../model/service.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { namespaceOf } from "../resolve/names.ts";
import type { AuthoredOverlay, AuthoredTree } from "../validate/tree.ts";
import type { Rejection } from "../validate/rejection.ts";
import { has, merge } from "./merge.ts";

export interface EnvironmentServices {
  readonly facts: EnvironmentFacts;
  readonly services: ReadonlyMap<string, AuthoredService>;
}

/** The service that fetches secrets. */
const secretsOperator = "external-secrets";

/** Namespace of a service that exists once on a cluster: as the environment that carries it names it. */
function namespaceOnCluster(authored: AuthoredTree, cluster: string, service: string): string {
  const spec = authored.services.get(service)?.spec;
  const carrier = authored.environments.get(authored.clusters.get(cluster)?.carrier ?? "");
  return spec === undefined ? service : namespaceOf(service, spec, carrier?.prefix);
}

export interface Overlaid {
  readonly result: EnvironmentServices | undefined;
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

/**
 * In: everything authored, one environment. Out: its facts and services with overlays merged and parsed
 * again; undefined when its cluster is unknown. Problems: CLUSTER_UNKNOWN, ENVIRONMENT_…, OVERLAY_…, SPEC_….
 */
export function overlayEnvironment(
  tree: SourceTree,
  authored: AuthoredTree,
  name: string,
): Overlaid {
  const problems: Problem[] = [];
  const rejections: Rejection[] = [];
  const environment = authored.environments.get(name);
  const cluster =
    environment === undefined ? undefined : authored.clusters.get(environment.cluster);
  if (environment === undefined) return { result: undefined, problems, rejections };
  if (cluster === undefined) {
    if (!tree.clusters.includes(environment.cluster)) {
      const text = {
        message: `there is no cluster \`${environment.cluster}\``,
        ...choice(
          environment.cluster,
          tree.clusters,
          `add environments/clusters/${environment.cluster}.ts`,
        ),
      };
      problems.push(problemAt("CLUSTER_UNKNOWN", environmentFile(name), ["cluster"], text));
    }
    return { result: undefined, problems, rejections };
  }
  const names = enabledServices(tree, authored, name, problems);
  const facts: EnvironmentFacts = {
    name,
    environment,
    clusterName: environment.cluster,
    cluster,
    tiers: authored.tiers,
    timeZone: environment.timeZone ?? "Etc/UTC",
    services: names,
    operators: { secrets: namespaceOnCluster(authored, environment.cluster, secretsOperator) },
  };
  const services = new Map<string, AuthoredService>();
  for (const service of names) {
    const base = authored.services.get(service);
    const merged =
      base === undefined
        ? undefined
        : withOverlay(authored, { environment: name, service, base }, { problems, rejections });
    if (merged !== undefined) services.set(service, merged);
  }
  problems.push(...strayOverlays(authored, name, names));
  return { result: { facts, services }, problems, rejections };
}

/** Own services, and those of the environment it extends without the ones it leaves out and those a carrier runs. */
function enabledServices(
  tree: SourceTree,
  authored: AuthoredTree,
  name: string,
  problems: Problem[],
): readonly string[] {
  const names = new Set<string>();
  const visited: string[] = [];
  const visit = (current: string): boolean => {
    const environment = authored.environments.get(current);
    if (environment === undefined || visited.includes(current)) return false;
    visited.push(current);
    if (environment.extends !== undefined && !visit(environment.extends))
      problems.push(...badExtends(tree, current, environment, visited));
    for (const service of environment.services ?? []) names.add(service);
    for (const service of environment.without ?? []) names.delete(service);
    for (const [field, list] of [
      ["services", environment.services],
      ["without", environment.without],
    ] as const) {
      for (const [index, service] of (list ?? []).entries()) {
        if (tree.services.includes(service) || current !== name) continue;
        const text = {
          message: `\`${service}\` is not a service of this repository`,
          ...choice(service, tree.services, `create it: npm run new-service ${service}`),
        };
        problems.push(
          problemAt("ENVIRONMENT_UNKNOWN_SERVICE", environmentFile(current), [field, index], text),
        );
      }
    }
    return true;
  };
  visit(name);
  const here = authored.environments.get(name);
  const isCarrier = here === undefined || authored.clusters.get(here.cluster)?.carrier === name;
  const isOnce = (service: string) =>
    authored.tiers[authored.services.get(service)?.spec.tier ?? ""]?.once === true;
  for (const [index, service] of (here?.services ?? []).entries()) {
    if (isCarrier || !isOnce(service)) continue;
    const carrier = authored.clusters.get(here?.cluster ?? "")?.carrier ?? "";
    const text = {
      message: `${service} exists once on cluster ${here?.cluster}, and ${carrier} carries it`,
      found: JSON.stringify(service),
      expected: "a service of a tier without `once`",
      fix: `remove it here; it runs in ${carrier}`,
    };
    problems.push(
      problemAt("ENVIRONMENT_NOT_CARRIER", environmentFile(name), ["services", index], text),
    );
  }
  return [...names]
    .filter((service) => tree.services.includes(service) && (isCarrier || !isOnce(service)))
    .sort();
}

function badExtends(
  tree: SourceTree,
  name: string,
  { extends: wanted = "" }: Environment,
  visited: readonly string[],
): Problem[] {
  const at = (message: string, text: ProblemText) =>
    problemAt("ENVIRONMENT_EXTENDS", environmentFile(name), ["extends"], { ...text, message });
  if (!tree.environments.includes(wanted)) {
    const valid = tree.environments.filter((candidate) => candidate !== name);
    return [
      at(`there is no environment \`${wanted}\` to extend`, {
        message: "",
        ...choice(wanted, valid, "remove the line"),
      }),
    ];
  }
  // The chain is told once, by the last one in it of those that are in the circle.
  const circle = visited.slice(visited.indexOf(wanted));
  if (visited.indexOf(wanted) < 0 || [...circle].sort()[0] !== wanted) return [];
  return [
    at(`environments extend each other in a circle: ${[...circle, wanted].join(" → ")}`, {
      message: "",
      found: JSON.stringify(wanted),
      expected: "a chain that ends",
      fix: "remove one of these extends",
    }),
  ];
}

function withOverlay(
  authored: AuthoredTree,
  { environment, service, base }: { environment: string; service: string; base: AuthoredService },
  { problems, rejections }: { problems: Problem[]; rejections: Rejection[] },
): AuthoredService | undefined {
  const overlay = authored.overlays.get(environment)?.get(service);
  if (overlay === undefined) return base;
  for (const [index, path] of overlay.remove.entries()) {
    if (!has(base.spec, path))
      problems.push(
        problemAt(
          "OVERLAY_REMOVES_NOTHING",
          overlay.file,
          ["remove", index],
          {
            message: `${service} has nothing at \`${path}\``,
            found: JSON.stringify(path),
            fix: "mend the path, or delete the line",
          },
          environment,
        ),
      );
  }
  const changed = identityChanges(base, overlay, environment);
  if (changed.length > 0) {
    problems.push(...changed);
    return undefined;
  }
  const merged = merge(base.spec, overlay.spec, overlay.remove);
  const result = specOfKind[base.kind].safeParse(merged);
  if (result.success) return { kind: base.kind, spec: result.data } as AuthoredService;
  rejections.push({
    files: [overlay.file, serviceFile(service)],
    schema: specOfKind[base.kind],
    value: merged,
    error: result.error,
    environment,
  });
  return undefined;
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const entries = (value: unknown): [string, unknown][] =>
  isTree(value) ? Object.entries(value) : [];
const field = (value: unknown, key: string): unknown => (isTree(value) ? value[key] : undefined);

/** Kinds of workload and of volumes are identity: another kind is another object, and data stays behind. */
function identityChanges(
  base: AuthoredService,
  { file, spec, remove }: AuthoredOverlay,
  environment: string,
): Problem[] {
  const components: readonly (readonly [readonly (string | number)[], unknown, unknown])[] = [
    [[], base.spec, spec],
    ...entries(spec["components"]).map(
      ([name, component]) =>
        [["components", name], field(field(base.spec, "components"), name), component] as const,
    ),
  ];
  const found = [
    ...components.map(([keys, before, after]) => ({
      keys: [...keys, "runs"],
      what: "the kind of workload",
      before:
        field(before, "runs") === undefined ? "deployment" : field(field(before, "runs"), "as"),
      after: field(field(after, "runs"), "as"),
      exists: before !== undefined,
    })),
    ...entries(spec["storage"]).map(([name, volume]) => ({
      keys: ["storage", name],
      what: "what the volume holds",
      before: field(field(field(base.spec, "storage"), name), "holds"),
      after: field(volume, "holds"),
      exists: field(field(base.spec, "storage"), name) !== undefined,
    })),
  ];
  const kindsTaken = remove
    .map((path, index) => ({ path, index }))
    .filter(({ path }) => /^(components\.[^.]+\.)?runs(\.|$)/.test(path));
  return [
    ...kindsTaken.map(({ path, index }) =>
      problemAt(
        "OVERLAY_CHANGES_IDENTITY",
        file,
        ["remove", index],
        {
          message: "an environment cannot change the kind of workload",
          found: JSON.stringify(path),
          expected: "the kind the service has",
          fix: "change it for all environments, or make another service",
        },
        environment,
      ),
    ),
    ...found
      .filter(({ before, after, exists }) => exists && after !== undefined && before !== after)
      .map(({ keys, what, before, after }) =>
        problemAt(
          "OVERLAY_CHANGES_IDENTITY",
          file,
          keys,
          {
            message: `an environment cannot change ${what}`,
            found: JSON.stringify(after),
            expected: `${JSON.stringify(before)}, as in the service`,
            fix: "change it for all environments, or make another service",
          },
          environment,
        ),
      ),
  ];
}

function strayOverlays(
  authored: AuthoredTree,
  environment: string,
  enabled: readonly string[],
): Problem[] {
  return [...(authored.overlays.get(environment)?.keys() ?? [])]
    .filter((service) => !enabled.includes(service))
    .map((service) => {
      const text = {
        message: `${service} does not run in ${environment}, so this overlay does nothing`,
        fix: `add "${service}" to services in environments/${environment}/environment.ts, or delete the file`,
      };
      return problemAt(
        "OVERLAY_UNKNOWN_SERVICE",
        overlayFile(environment, service),
        [],
        text,
        environment,
      );
    });
}
