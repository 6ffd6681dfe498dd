/** What would do nothing, or could never run, is told and not rendered. */
import { describe, expect, test } from "vitest";
import { build } from "./build.ts";
import type { Fragment } from "./fixture.ts";
import { component, composed, container, sceneWith, service } from "./scene.ts";

const problemsOf = (app: Fragment) =>
  build(sceneWith({ services: { app } })).problems.map(({ message }) => message);
const image = "registry.example.com/app:1.0.0";

describe("one service", () => {
  test.for<[string, Fragment, string]>([
    [
      "keeping all pods",
      { replicas: 2, disruption: { keep: 2 } },
      "keeping 2 of 2 pods would block every drain",
    ],
    [
      "keeping all pods of an autoscaler",
      { scale: { min: 3, max: 5, cpu: 80 }, disruption: { keep: 3 } },
      "keeping 3 of 3 pods would block every drain",
    ],
    [
      "spreading what is everywhere",
      { runs: { as: "daemonSet" }, placement: { spread: "zones" } },
      "a daemon set has no `spread`: it has one pod on every node",
    ],
    [
      "an autoscaler of a schedule",
      {
        runs: { as: "schedule", cron: "0 4 * * *", endsWithin: "1h" },
        scale: { min: 1, max: 2, cpu: 80 },
      },
      "a schedule has no `scale`: each run is a pod of its own",
    ],
    [
      "two containers of one name",
      { init: { main: container } },
      "two containers of main are called `main`",
    ],
    [
      "a file at the path of a volume",
      { files: { "/data": "text" }, storage: { data: { holds: "scratch", at: "/data" } } },
      "the volume `data` is mounted there already",
    ],
    [
      "two files of one key",
      { files: { "/etc/app.conf": "one", "/etc/app/conf": "two" } },
      "`/etc/app.conf` and `/etc/app/conf` cannot be in one container: as keys of a ConfigMap they are the same",
    ],
    [
      "a token that is too short",
      { storage: { token: { holds: "token", audience: "vault", lasts: "5m", at: "/token" } } },
      "no token lasts less than ten minutes",
    ],
    [
      "an exact path that is none",
      {
        routes: {
          web: { host: "app", to: "http", audience: "internal", rules: { main: { exact: true } } },
        },
      },
      "`exact` without a path says nothing",
    ],
  ])("%s", ([, fields, message]) => {
    expect(problemsOf(service({ ...component, ...fields }))).toEqual([message]);
  });
});

test("loosening a database cluster, whose pods are the operator's", () => {
  const database = {
    image,
    runs: { as: "postgresCluster", instances: 1 },
    storage: { data: { holds: "database", size: "1Gi" } },
  };
  expect(
    problemsOf(
      service({ ...database, security: { because: "a test needs it", value: { user: 0 } } }),
    ),
  ).toEqual(["a PostgreSQL cluster has no `security`: CloudNativePG makes its pods"]);
});

test("two credentials of image registries in one service", () => {
  const components = {
    main: { ...component, pullSecret: { secret: "one" } },
    other: { image, health: component["health"], pullSecret: { secret: "two" } },
  };
  expect(problemsOf(composed(components))).toEqual([
    "its components read two credentials of image registries, `one` and `two`",
  ]);
});

test("variables for all components do not reach a database cluster, which takes none", () => {
  const database = {
    image,
    runs: { as: "postgresCluster", instances: 1 },
    ports: { postgres: 5432 },
  };
  expect(
    problemsOf(
      composed(
        { main: component, database },
        { env: { A: "one" }, storage: { data: { holds: "database", size: "1Gi" } } },
      ),
    ),
  ).toEqual([]);
});
