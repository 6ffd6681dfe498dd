/** Each service as it is in an environment: its overlay merged in, and the whole judged again. */
import { backupService, secretsOperator } from "../model/known-services.ts";
import { clusterFile, environmentFile, overlayFile } from "../model/paths.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { namespaceOf } from "../model/names.ts";
import type { AuthoredTree, EnvironmentServices, SourceTree } from "../model/tree.ts";
import type { Judge, Merging } from "../problems/judge.ts";
import type { Rejection } from "../problems/rejection.ts";
import { cappedOverlays } from "./capped.ts";
import { enabledServices } from "./enabled.ts";
import { inheritsUnknown } from "../model/inheritance.ts";

/** Namespace of a service that exists once on a cluster: as the environment that carries it names it. */
function namespaceOnCluster(authored: AuthoredTree, cluster: string, service: string): string {
  const spec = authored.services.get(service)?.spec;
  const carrier = authored.environments.get(authored.clusters.get(cluster)?.carrier ?? "");
  return spec === undefined ? service : namespaceOf(service, spec, carrier?.prefix);
}

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
        ...choice(environment.cluster, tree.clusters, `add ${clusterFile(environment.cluster)}`),
      };
      problems.push(problemAt("CLUSTER_UNKNOWN", environmentFile(name), ["cluster"], text));
    }
    return { result: undefined, problems, rejections };
  }
  const {
    services: names,
    meant,
    elsewhere,
    problems: ofList,
  } = enabledServices(tree, authored, name);
  problems.push(...ofList);
  // Without tiers nobody knows what runs on a cluster once: what follows from that would be told all over.
  if (inheritsUnknown(authored.environments, name) || Object.keys(authored.tiers).length === 0)
    return { result: undefined, problems, rejections };
  const facts: EnvironmentFacts = {
    name,
    environment,
    clusterName: environment.cluster,
    cluster,
    tiers: authored.tiers,
    timeZone: environment.timeZone ?? "Etc/UTC",
    services: [...names, ...meant],
    elsewhere,
    operators: {
      secrets: namespaceOnCluster(authored, environment.cluster, secretsOperator),
      backups: namespaceOnCluster(authored, environment.cluster, backupService),
    },
  };
  const services = new Map<string, AuthoredService>();
  for (const service of names) {
    const base = authored.services.get(service);
    if (hasBadOverlay(tree, authored, { environment: name, service })) continue;
    const merged =
      base === undefined
        ? undefined
        : withOverlay(
            { authored, judge },
            { environment: name, service, base },
            { problems, rejections },
          );
    if (merged !== undefined) services.set(service, merged);
  }
  problems.push(...strayOverlays(authored, name, facts.services));
  problems.push(...cappedOverlays(authored, name, names));
  return { result: { facts, services }, problems, rejections };
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

function withOverlay(
  { authored, judge }: { readonly authored: AuthoredTree; readonly judge: Judge },
  { environment, service, base }: Omit<Merging, "overlay">,
  { problems, rejections }: { problems: Problem[]; rejections: Rejection[] },
): AuthoredService | undefined {
  const overlay = authored.overlays.get(environment)?.get(service);
  if (overlay === undefined) return base;
  const judged = judge.merged({ environment, service, base, overlay });
  problems.push(...judged.problems);
  rejections.push(...judged.rejections);
  return "data" in judged ? ({ kind: base.kind, spec: judged.data } as AuthoredService) : undefined;
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
