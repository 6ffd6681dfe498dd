/** Places in a service with several components: `main`, and two more where neighbours matter. */
import type { Place } from "./places.ts";
import { objectives } from "./fixtures/alerts.ts";
import * as common from "./fixtures/common.ts";
import * as parts from "./fixtures/component.ts";
import { calledBy, consumes, reaches } from "./fixtures/connections.ts";
import * as containers from "./fixtures/container.ts";
import { health } from "./fixtures/health.ts";
import * as databases from "./fixtures/postgres.ts";
import { fieldsOfKinds, runs } from "./fixtures/runs.ts";
import * as volumes from "./fixtures/volumes.ts";
import { logins, waysIn } from "./fixtures/ways-in.ts";
import { at } from "./fixture.ts";
import type { Fragment } from "./fixture.ts";
import { component, componentWithoutHealth, composed, container } from "./scene.ts";

const main = (fragment: Fragment): Fragment => ({ components: { main: fragment } });
const before = (fragment: Fragment): Fragment => main({ init: { first: fragment } });
const beside = (fragment: Fragment): Fragment => main({ sidecars: { beside: fragment } });
const base = main(component);
const storing = { ...component, mounts: { data: "/main" } };
const storage = { data: { holds: "state", size: "5Gi" } };
const healthy = { ...container, health: component["health"] };
const claim = (size: string): Fragment => ({
  ...main({ mounts: { data: "/data" } }),
  storage: { data: { holds: "state", size } },
});
const withClaim = ({ components, ...more }: Fragment): Fragment =>
  composed(
    { main: { ...component, ...(components as { main?: Fragment } | undefined)?.main } },
    more,
  );

const postgres: Fragment = {
  image: "registry.example.com/postgresql:18",
  runs: { as: "postgresCluster", instances: 1 },
  ports: { postgres: 5432, metrics: 9187 },
};
const database = { data: { holds: "database", size: "5Gi" } };
const login = { offers: { login: { port: "main/postgres", gives: ["host"] } } };

export const composedPlaces: readonly Omit<Place, "document">[] = [
  {
    path: "",
    fixtures: {
      ...common.common,
      ...objectives({ components: { main: { metrics: { port: "http" } } } }),
      ...common.operatorPods,
      ...common.annotations,
      stopped: at("stopped", undefined, true),
      ...common.migrations(claim, withClaim),
    },
    base,
  },
  { path: "", fixtures: waysIn((port) => `main/${port}`), base },
  {
    path: "",
    fixtures: logins((port) => `main/${port}`),
    base: { ...main(postgres), storage: database },
  },
  { path: "", fixtures: { ...containers.variables, ...consumes }, base },
  {
    path: "",
    fixtures: containers.ownHosts,
    base: { ...base, ...containers.routesTo("main/http") },
  },
  { path: "", fixtures: containers.offers, base: { ...base, ...containers.offersConsumed } },
  { path: "components.*.", fixtures: fieldsOfKinds, base, hold: main },
  {
    path: "components.*.",
    fixtures: { ...runs, ...parts.component, ...parts.ports, ...calledBy, ...consumes, ...reaches },
    base,
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: parts.neighbours,
    base: { components: { main: component, first: component, second: component } },
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: { ...containers.container, ...containers.variables },
    base,
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: containers.ownHosts,
    base: { ...base, ...containers.routesTo("main/http") },
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: containers.offers,
    base: main({ ...component, ...containers.offersConsumed }),
    hold: main,
  },
  { path: "components.*.", fixtures: containers.mounts, base: { ...base, storage }, hold: main },
  { path: "components.*.", fixtures: health, base: main(componentWithoutHealth), hold: main },
  {
    path: "components.*.init.*.",
    fixtures: { ...containers.container, ...containers.variables },
    base: main({ ...component, init: { first: container } }),
    hold: before,
  },
  {
    path: "components.*.init.*.",
    fixtures: containers.ownHosts,
    base: {
      ...main({ ...component, init: { first: container } }),
      ...containers.routesTo("main/http"),
    },
    hold: before,
  },
  {
    path: "components.*.init.*.",
    fixtures: containers.offers,
    base: main({ ...component, ...containers.offersConsumed, init: { first: container } }),
    hold: before,
  },
  {
    path: "components.*.init.*.",
    fixtures: containers.mounts,
    base: { ...main({ ...storing, init: { first: container } }), storage },
    hold: before,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: { ...containers.container, ...containers.variables },
    base: main({ ...component, sidecars: { beside: healthy } }),
    hold: beside,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: containers.ownHosts,
    base: {
      ...main({ ...component, sidecars: { beside: healthy } }),
      ...containers.routesTo("main/http"),
    },
    hold: beside,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: containers.offers,
    base: main({ ...component, ...containers.offersConsumed, sidecars: { beside: healthy } }),
    hold: beside,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: containers.mounts,
    base: { ...main({ ...storing, sidecars: { beside: healthy } }), storage },
    hold: beside,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: containers.sidecar,
    base: main({ ...component, init: { first: container }, sidecars: { beside: healthy } }),
    hold: beside,
  },
  {
    path: "components.*.sidecars.*.",
    fixtures: health,
    base: main({ ...component, sidecars: { beside: container } }),
    hold: beside,
  },
  {
    path: "storage.*",
    fixtures: { ...volumes.volumes, ...volumes.mountedElsewhere },
    base: main({ ...component, mounts: { data: "/data" } }),
    hold: (fragment) => ({ storage: { data: fragment } }),
  },
  {
    path: "components.*.",
    fixtures: { ...databases.postgres, ...databases.notOfPostgres },
    base: { ...main(postgres), storage: database, ...login },
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: databases.kindOfPostgres,
    base: { ...main({ ...postgres, runs: undefined }), storage: database, ...login },
    hold: main,
  },
  {
    path: "storage.*",
    fixtures: databases.database,
    base: { ...main(postgres), storage: database, ...login },
    hold: (fragment) => ({ storage: { data: fragment } }),
  },
];
