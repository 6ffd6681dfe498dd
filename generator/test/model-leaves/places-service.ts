/** Places in a service with one component. */
import type { Place } from "./places.ts";
import { objectives } from "./fixtures/alerts.ts";
import * as common from "./fixtures/common.ts";
import * as parts from "./fixtures/component.ts";
import { calledBy, consumes, reaches } from "./fixtures/connections.ts";
import * as containers from "./fixtures/container.ts";
import { health } from "./fixtures/health.ts";
import * as databases from "./fixtures/postgres.ts";
import { fieldsOfKinds, runs, stoppedOf } from "./fixtures/runs.ts";
import * as volumes from "./fixtures/volumes.ts";
import { logins, waysIn } from "./fixtures/ways-in.ts";
import { component, componentWithoutHealth, container, service } from "./scene.ts";
import type { Fragment } from "./fixture.ts";

const claim = (size: string): Fragment => ({
  storage: { data: { holds: "state", size, at: "/data" } },
});
const reading = { ...component, ...containers.offersConsumed };
const storing = { ...component, storage: { data: { holds: "state", size: "5Gi", at: "/main" } } };
const before = (fragment: Fragment): Fragment => ({ init: { first: fragment } });
const beside = (fragment: Fragment): Fragment => ({ sidecars: { beside: fragment } });
const beforeBase = { ...component, init: { first: container } };
const besideBase = {
  ...component,
  sidecars: { beside: { ...container, health: component["health"] } },
};

const postgres: Fragment = {
  image: "registry.example.com/postgresql:18",
  runs: { as: "postgresCluster", instances: 1 },
  ports: { postgres: 5432, metrics: 9187 },
  offers: { login: { port: "postgres", gives: ["host"] } },
  storage: { data: { holds: "database", size: "5Gi" } },
};

export const servicePlaces: readonly Omit<Place, "document">[] = [
  {
    path: "",
    fixtures: {
      ...common.common,
      ...common.operatorPods,
      ...common.annotations,
      ...stoppedOf,
      ...objectives({ metrics: { port: "http" } }),
      ...common.migrations(claim, (fragment) => service({ ...component, ...fragment })),
    },
    base: component,
  },
  { path: "", fixtures: waysIn((port) => port), base: component },
  { path: "", fixtures: fieldsOfKinds, base: component },
  {
    path: "",
    fixtures: {
      ...runs,
      ...parts.component,
      ...parts.noNeighbours,
      ...parts.ports,
      ...calledBy,
      ...consumes,
      ...reaches,
    },
    base: component,
  },
  { path: "", fixtures: { ...containers.container, ...containers.variables }, base: component },
  {
    path: "",
    fixtures: containers.ownHosts,
    base: { ...component, ...containers.routesTo("http") },
  },
  { path: "", fixtures: containers.offers, base: reading },
  { path: "", fixtures: health, base: componentWithoutHealth },
  {
    path: "init.*.",
    fixtures: { ...containers.container, ...containers.variables },
    base: beforeBase,
    hold: before,
  },
  {
    path: "init.*.",
    fixtures: containers.ownHosts,
    base: { ...beforeBase, ...containers.routesTo("http") },
    hold: before,
  },
  {
    path: "init.*.",
    fixtures: containers.offers,
    base: { ...beforeBase, ...containers.offersConsumed },
    hold: before,
  },
  {
    path: "init.*.",
    fixtures: containers.mounts,
    base: { ...storing, ...before(container) },
    hold: before,
  },
  {
    path: "sidecars.*.",
    fixtures: { ...containers.container, ...containers.variables },
    base: besideBase,
    hold: beside,
  },
  {
    path: "sidecars.*.",
    fixtures: containers.ownHosts,
    base: { ...besideBase, ...containers.routesTo("http") },
    hold: beside,
  },
  {
    path: "sidecars.*.",
    fixtures: containers.offers,
    base: { ...besideBase, ...containers.offersConsumed },
    hold: beside,
  },
  {
    path: "sidecars.*.",
    fixtures: containers.mounts,
    base: { ...besideBase, ...storing },
    hold: beside,
  },
  {
    path: "sidecars.*.",
    fixtures: containers.sidecar,
    base: { ...besideBase, ...before(container) },
    hold: beside,
  },
  {
    path: "sidecars.*.",
    fixtures: health,
    base: { ...component, sidecars: { beside: container } },
    hold: beside,
  },
  {
    path: "storage.*",
    fixtures: volumes.volumes,
    base: component,
    hold: (fragment) => ({ storage: { data: mountedAt(fragment) } }),
  },
  {
    path: "storage.*",
    fixtures: volumes.mountedAt,
    base: component,
    hold: (fragment) => ({ storage: { data: fragment } }),
  },
  { path: "", fixtures: { ...databases.postgres, ...databases.notOfPostgres }, base: postgres },
  { path: "", fixtures: logins((port) => port), base: postgres },
  { path: "", fixtures: databases.kindOfPostgres, base: { ...postgres, runs: undefined } },
  {
    path: "storage.*",
    fixtures: databases.database,
    base: postgres,
    hold: (fragment) => ({ storage: { data: fragment } }),
  },
];

/** A path of the node is loosened: the mount is inside. */
function mountedAt(volume: Fragment): Fragment {
  return "because" in volume
    ? { ...volume, value: { at: "/data", ...(volume["value"] as Fragment) } }
    : { at: "/data", ...volume };
}
