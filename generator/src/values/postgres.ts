/** Components that are a PostgreSQL cluster of CloudNativePG: a database and a role per consumer that logs in. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { PostgresValues } from "../model/values/workload.ts";
import {
  databaseObjectName,
  priorityClassName,
  pullSecret,
  secretOfLogin,
  secretOfOwner,
} from "../model/names.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { compact } from "./compact.ts";
import { containerValues } from "./workload/container.ts";
import { storageClass } from "./storage.ts";
import { clusterFact, componentFact, environmentFact, serviceFact } from "../release/causes.ts";
import { isClaim } from "../release/claims.ts";
import { containersOf } from "../release/containers.ts";
import { nodeLabels } from "../release/pods/placement.ts";
import { instancesOf } from "../release/pods/replicas.ts";

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
  const data = derivedData(release, component);
  if (data === undefined) return undefined;
  const { image, resources } = containerValues(release, component, main);
  const logins = valuesOf(derivedLogins(release, component));
  return compact({
    objectName: component.objectName,
    image,
    ...data.value,
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
      logins.map(({ login, secret, database }) => [
        login,
        { secret, ...(database === undefined ? { readsAll: true as const } : {}) },
      ]),
    ),
    databases: Object.fromEntries(
      logins.flatMap(({ login, database }) =>
        database === undefined
          ? []
          : [
              [
                database,
                compact({ name: login, owner: login, extensions: runs.extensions }),
              ] as const,
            ],
      ),
    ),
  });
}

/** How often the operator keeps the data, and on what. */
export function derivedData(
  release: Release,
  component: ResolvedComponent,
): Derived<Pick<PostgresValues, "instances" | "size" | "class">> | undefined {
  const { service, facts } = release;
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  const found = service.volumes.find(
    ({ volume }) => volume.holds === "database" && isClaim(volume),
  );
  if (runs?.as !== "postgresCluster" || found === undefined || !isClaim(found.volume))
    return undefined;
  const { name, volume } = found;
  return {
    value: {
      instances: instancesOf(release, runs),
      size: volume.size,
      class: storageClass(release, volume),
    },
    rule: "workload-kind",
    causes: [
      componentFact(service, component, "runs"),
      serviceFact(service, "storage", name),
      environmentFact(facts, "replicas"),
      clusterFact(facts, "storageClasses", storagePurpose(volume)),
    ],
  };
}

export interface Login {
  readonly login: string;
  /** The Secret with its password. */
  readonly secret: string;
  /** The Database object; a login that reads all has none of its own. */
  readonly database?: string;
  readonly extensions: readonly string[];
}

/** Roles and databases of those who log in, by login. */
export function derivedLogins(release: Release, component: ResolvedComponent): Derived<Login>[] {
  const runs = component.source.kind === "workload" ? component.source.spec.runs : undefined;
  if (runs?.as !== "postgresCluster") return [];
  const logins = new Map(
    release.incoming
      .filter((edge) => edge.provider.component === component)
      .flatMap((edge) => (edge.login === undefined ? [] : [[edge.login, edge] as const])),
  );
  return [...logins]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([login, { consumer, readsAll }]) => ({
      value: {
        login,
        secret: secretOfLogin(consumer.service.name),
        extensions: runs.extensions ?? [],
        ...(readsAll === true ? {} : { database: databaseObjectName(login) }),
      },
      rule: "database-of-login",
      causes: [
        componentFact(consumer.service, consumer.component, "consumes", release.service.name),
        componentFact(release.service, component, "runs"),
      ],
    }));
}
