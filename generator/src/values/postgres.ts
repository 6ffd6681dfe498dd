/** Components that are a PostgreSQL cluster of CloudNativePG: a database and a role per consumer that logs in. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { PostgresValues } from "../model/values/workload.ts";
import {
  databaseObjectName,
  priorityClassName,
  pullSecret,
  secretOfLogin,
  secretOfOwner,
} from "../model/names.ts";
import { compact } from "./compact.ts";
import { containerValues } from "./container.ts";
import { storageClass } from "./storage.ts";
import { isClaim } from "../release/claims.ts";
import { containersOf } from "../release/containers.ts";
import { nodeLabels } from "../release/placement.ts";
import { instancesOf } from "../release/replicas.ts";

/** Database clusters by component, each with a role and a database for every consumer that logs in. */
export function postgresClusters(release: Release): Record<string, PostgresValues> {
  return Object.fromEntries(
    release.service.components.flatMap((component) => {
      const values = postgresValues(release, component);
      return values === undefined ? [] : [[component.name, values] as const];
    }),
  );
}

function postgresValues(
  release: Release,
  component: ResolvedComponent,
): PostgresValues | undefined {
  const spec = component.source.kind === "workload" ? component.source.spec : undefined;
  const runs = spec?.runs;
  const [main] = containersOf(component);
  if (spec === undefined || main === undefined || runs?.as !== "postgresCluster") return undefined;
  const volume = release.service.volumes
    .map((candidate) => candidate.volume)
    .find((candidate) => candidate.holds === "database" && isClaim(candidate));
  if (volume === undefined || !isClaim(volume)) return undefined;
  const { image, resources } = containerValues(release, component, main);
  const logins = new Map(
    release.incoming
      .filter((edge) => edge.provider.component === component)
      .flatMap((edge) => (edge.login === undefined ? [] : [[edge.login, edge] as const])),
  );
  const byName = [...logins].sort(([a], [b]) => (a < b ? -1 : 1));
  return compact({
    objectName: component.objectName,
    image,
    instances: instancesOf(release, runs),
    size: volume.size,
    class: storageClass(release, volume),
    resources,
    settings: runs.settings,
    preload: runs.preload,
    priority: spec.priority ?? priorityClassName(release.service.tier),
    nodes: nodeLabels(spec),
    tolerates: spec.placement?.tolerates,
    spread: spec.placement?.spread,
    apartFrom: spec.placement?.apartFrom,
    together: spec.placement?.together,
    labels: spec.podLabels,
    annotations: spec.podAnnotations,
    hibernated: release.service.spec.stopped,
    pullSecret: spec.pullSecret === undefined ? undefined : pullSecret,
    owner: secretOfOwner(component.objectName),
    roles: Object.fromEntries(
      byName.map(([login, { consumer, readsAll }]) => [
        login,
        {
          secret: secretOfLogin(consumer.service.name),
          ...(readsAll === true ? { readsAll } : {}),
        },
      ]),
    ),
    databases: Object.fromEntries(
      byName.flatMap(([login, { readsAll }]) =>
        readsAll === true
          ? []
          : [
              [
                databaseObjectName(login),
                compact({ name: login, owner: login, extensions: runs.extensions }),
              ] as const,
            ],
      ),
    ),
  });
}
