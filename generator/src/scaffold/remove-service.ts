/** What `remove` takes out of the tree, and the data that stays on the cluster. */
import { environmentFile, overlayFile, serviceFolder } from "../model/paths.ts";
import type { SourceTree } from "../model/tree.ts";
import type { Platform } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";
import { clusterScopedName } from "../model/names.ts";
import { withoutService } from "./environment-file.ts";
import { serviceToVendor } from "./vendor.ts";

export interface Removal {
  /** Folders and files that go, relative to the root. */
  readonly paths: readonly string[];
  /** Environments whose list of services changes. */
  readonly edits: ReadonlyMap<string, string>;
  readonly remains: readonly Remains[];
}

/** What Argo CD never prunes, in one environment. */
export interface Remains {
  readonly environment: string;
  readonly namespace: string;
  readonly claims: readonly string[];
  readonly volumes: readonly string[];
}

/** Problems: SERVICE_UNKNOWN, and SERVICE_CONSUMED for every edge that would lead nowhere. */
export function planRemoval(
  tree: SourceTree,
  platform: Platform,
  service: string,
): { removal: Removal } | { problems: Problem[] } {
  if (!tree.services.includes(service)) return { problems: [unknown(tree, service)] };
  const consumers = findConsumers(platform, service);
  if (consumers.length > 0) return { problems: consumers };
  const overlays = tree.environments
    .filter((environment) => tree.overlays.get(environment)?.includes(service))
    .map((environment) => overlayFile(environment, service));
  const edits = new Map(
    tree.environments
      .map(
        (environment) =>
          [
            environmentFile(environment),
            tree.sources.get(environmentFile(environment)) ?? "",
          ] as const,
      )
      .map(([file, text]) => [file, withoutService(text, service)] as const)
      .filter(([file, text]) => text !== tree.sources.get(file)),
  );
  return {
    removal: {
      paths: [serviceFolder(service), ...overlays, ...ownArchive(tree, platform, service)],
      edits,
      remains: remainsOf(platform, service),
    },
  };
}

/** The copy of its chart, unless another service is rendered from it too. */
function ownArchive(tree: SourceTree, platform: Platform, service: string): string[] {
  const found = serviceToVendor(tree, platform, service);
  return "problem" in found ||
    found.archive === undefined ||
    found.usedByOthers.has(found.archive.file)
    ? []
    : [found.archive.file];
}

function unknown(tree: SourceTree, service: string): Problem {
  const near = nearest(service, tree.services);
  return {
    code: "SERVICE_UNKNOWN",
    severity: "error",
    place: { file: "charts/services" },
    message: `there is no service \`${service}\``,
    expected: `one of: ${tree.services.join(", ")}`,
    fix: near === undefined ? "mend the name" : `npm run remove ${near}`,
  };
}

function findConsumers({ authored }: Platform, service: string): Problem[] {
  return [...authored.services].flatMap(([name, { spec }]) => {
    if (name === service) return [];
    const file = `${serviceFolder(name)}/values.ts`;
    const text = {
      message: `${name} consumes ${service}`,
      expected: "nobody who consumes a service that is removed",
      fix: `remove ${service} from consumes and what is read from it in ${file}`,
      target: "key" as const,
    };
    const at = (keys: readonly (string | number)[]) =>
      problemAt("SERVICE_CONSUMED", file, keys, text);
    const ofService =
      "consumes" in spec && spec.consumes !== undefined && service in spec.consumes
        ? [at(["consumes", service])]
        : [];
    const components = "components" in spec ? Object.entries(spec.components) : [];
    const ofComponents = components.flatMap(([component, { consumes }]) =>
      consumes !== undefined && service in consumes
        ? [at(["components", component, "consumes", service])]
        : [],
    );
    const needs = (spec.needs ?? []).flatMap((needed, index) =>
      needed === service ? [at(["needs", index])] : [],
    );
    return [...ofService, ...ofComponents, ...needs];
  });
}

function remainsOf(platform: Platform, service: string): Remains[] {
  return platform.releases
    .filter((release) => release.service.name === service)
    .map((release) => ({
      environment: release.facts.name,
      namespace: release.service.namespace,
      claims: release.service.volumes
        .filter(({ volume }) => ["state", "database", "cache", "share"].includes(volume.holds))
        .map(({ name }) => name),
      volumes: release.service.volumes
        .filter(({ volume }) => volume.holds === "share")
        .map(({ name }) => clusterScopedName(release.service.namespace, name)),
    }));
}

/** Text for a person: what stays and how it is deleted for good. */
export function remainsText(service: string, remains: readonly Remains[]): string {
  const blocks = remains.map(({ environment, namespace, claims, volumes }) => {
    const data = claims.length === 0 ? "no volumes" : `volumes ${claims.join(", ")}`;
    const ofVolumes = volumes
      .map(
        (volume) =>
          `    kubectl delete persistentvolume ${volume}   # the share itself is not touched\n`,
      )
      .join("");
    return `  ${environment}: namespace ${namespace} with ${data}\n    kubectl delete namespace ${namespace}\n${ofVolumes}`;
  });
  const head =
    remains.length === 0
      ? `${service} ran nowhere: nothing of it is on a cluster.\n`
      : `Argo CD removes the workloads of ${service}. Data outlives configuration, so this stays until you delete it:\n`;
  return head + blocks.join("");
}
