/** Each service as it is in an environment: its overlay merged in, and the whole judged again. */
import { backupService, secretsOperator } from "../model/known-services.ts";
import { clusterFile, environmentFile, overlayFile } from "../model/paths.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { namespaceOf } from "../model/names.ts";
import type { AuthoredTree, EnvironmentServices, SourceTree } from "../model/tree.ts";
import type { Judge } from "../problems/judge.ts";
import type { Rejection } from "../problems/rejection.ts";
import { cappedOverlays } from "./capped.ts";
import { enabledServices } from "./enabled.ts";
import { inheritsUnknown } from "../model/inheritance.ts";

export interface OverlaidEnvironment {
  readonly result: EnvironmentServices | undefined;
  readonly problems: readonly Problem[];
  readonly rejections: readonly Rejection[];
}

/**
 * In: everything authored, one environment. Out: its facts and services with overlays merged and parsed
 * again; undefined when its cluster, or what it extends, is unknown, or there are no tiers. Problems: CLUSTER_UNKNOWN, ENVIRONMENT_…, OVERLAY_…, SPEC_….
 */
export function overlayEnvironment(
  tree: SourceTree,
  authored: AuthoredTree,
  name: string,
  judge: Judge,
): OverlaidEnvironment {
  const environment = authored.environments.get(name);
  if (environment === undefined) return withoutResult([]);
  const cluster = authored.clusters.get(environment.cluster);
  if (cluster === undefined) return withoutResult(unknownCluster(tree, name, environment.cluster));
  const enabled = enabledServices(tree, authored, name);
  // Without tiers nobody knows what runs on a cluster once: what follows from that would be told all over.
  if (inheritsUnknown(authored.environments, name) || Object.keys(authored.tiers).length === 0)
    return withoutResult(enabled.problems);
  const facts: EnvironmentFacts = {
    name,
    environment,
    clusterName: environment.cluster,
    cluster,
    tiers: authored.tiers,
    timeZone: environment.timeZone ?? "Etc/UTC",
    services: [...enabled.services, ...enabled.meant],
    elsewhere: enabled.elsewhere,
    operators: {
      secrets: namespaceOnCluster(authored, environment.cluster, secretsOperator),
      backups: namespaceOnCluster(authored, environment.cluster, backupService),
    },
    ownNamespaces: namespacesOn(authored, environment.cluster),
  };
  const { services, problems, rejections } = overlaidServices(
    { tree, authored, judge },
    name,
    enabled.services,
  );
  return {
    result: { facts, services },
    problems: [
      ...enabled.problems,
      ...problems,
      ...strayOverlays(authored, name, facts.services),
      ...cappedOverlays(authored, name, enabled.services),
    ],
    rejections,
  };
}

/** Namespace of a service that exists once on a cluster: as the environment that carries it names it. */
function namespaceOnCluster(authored: AuthoredTree, cluster: string, service: string): string {
  const spec = authored.services.get(service)?.spec;
  const carrier = authored.environments.get(authored.clusters.get(cluster)?.carrier ?? "");
  return spec === undefined ? service : namespaceOf(service, spec, carrier?.prefix);
}

/** Without those that only an overlay pins: they are seen where it runs. */
function namespacesOn({ environments, services }: AuthoredTree, on: string): ReadonlySet<string> {
  const prefixes = [...environments.values()]
    .filter(({ cluster }) => cluster === on)
    .map(({ prefix }) => prefix);
  return new Set(
    [...services].flatMap(([name, { spec }]) =>
      prefixes.map((prefix) => namespaceOf(name, spec, prefix)),
    ),
  );
}

const withoutResult = (problems: readonly Problem[]): OverlaidEnvironment => ({
  result: undefined,
  problems,
  rejections: [],
});

/** None for a cluster that has a file: what is wrong with the file is told there. */
function unknownCluster({ clusters }: SourceTree, environment: string, cluster: string): Problem[] {
  if (clusters.includes(cluster)) return [];
  const text = {
    message: `there is no cluster \`${cluster}\``,
    ...choice(cluster, clusters, `add ${clusterFile(cluster)}`),
  };
  return [problemAt("CLUSTER_UNKNOWN", environmentFile(environment), ["cluster"], text)];
}

interface Overlaying {
  readonly tree: SourceTree;
  readonly authored: AuthoredTree;
  readonly judge: Judge;
}

/** Services as they are in the environment; those that are not right there are left out. */
function overlaidServices(
  { tree, authored, judge }: Overlaying,
  environment: string,
  names: readonly string[],
): Omit<OverlaidEnvironment, "result"> & { services: Map<string, AuthoredService> } {
  const services = new Map<string, AuthoredService>();
  const problems: Problem[] = [];
  const rejections: Rejection[] = [];
  for (const service of names) {
    const base = authored.services.get(service);
    if (base === undefined || hasBadOverlay(tree, authored, { environment, service })) continue;
    const overlay = authored.overlays.get(environment)?.get(service);
    if (overlay === undefined) {
      services.set(service, base);
      continue;
    }
    const judged = judge.merged({ environment, service, base, overlay });
    problems.push(...judged.problems);
    rejections.push(...judged.rejections);
    if ("data" in judged)
      services.set(service, { kind: base.kind, spec: judged.data } as AuthoredService);
  }
  return { services, problems, rejections };
}

/** An overlay that could not be read: what the service is without it says nothing about what it is here. */
function hasBadOverlay(
  tree: SourceTree,
  authored: AuthoredTree,
  { environment, service }: { environment: string; service: string },
): boolean {
  return (
    tree.overlays.get(environment)?.includes(service) === true &&
    authored.overlays.get(environment)?.has(service) !== true
  );
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
        fix: `add "${service}" to services in ${environmentFile(environment)}, or delete the file`,
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
