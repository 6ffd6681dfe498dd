/** Which services run in an environment, and each as it is there. */
import { environmentFile, overlayFile, serviceFile } from "../model/paths.ts";
import type { EnvironmentFacts } from "../model/platform.ts";
import { specOfKind } from "../model/service.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { namespaceOf } from "../model/names.ts";
import type { AuthoredTree, EnvironmentServices, SourceTree } from "../model/tree.ts";
import type { Rejection } from "../problems/rejection.ts";
import { has, merge } from "./merge.ts";
import { identityChanges } from "./frozen-kinds.ts";
import { enabledServices } from "./enabled.ts";

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
  const { services: names, problems: ofList } = enabledServices(tree, authored, name);
  problems.push(...ofList);
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
