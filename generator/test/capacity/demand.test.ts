/** What a cluster is asked for: every pod at its most, all its environments, a restore drill, charts as far as they say. */
import { describe, expect, test } from "vitest";
import { demandsOf } from "../../src/capacity/cluster.ts";
import { bytes, millicores } from "../../src/model/units.ts";
import { limitRanges } from "../../src/values/quota.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import { chart, component, scene, sceneWith, service } from "../model-leaves/scene.ts";

function demand(services: Readonly<Record<string, Fragment>>, around: Surroundings = {}) {
  const { releases, problems } = build(sceneWith({ ...around, services }));
  expect(problems).toEqual([]);
  const [only, ...others] = demandsOf(releases);
  if (only === undefined || others.length > 0) throw new Error("not one cluster");
  return only;
}
const names = (services: Readonly<Record<string, Fragment>>, around?: Surroundings) =>
  demand(services, around).pods.map(({ name }) => name);
const { image } = component as { image: string };
const data = (holds: string) => ({ storage: { data: { holds, size: "5Gi", at: "/data" } } });
const two = {
  clusters: {
    home: {
      apiServer: { addresses: ["10.0.40.10", "10.0.20.11"] },
      nodes: {
        "worker-2": { cpu: "12", memory: "30Gi", address: "10.0.20.22" },
        control: { cpu: "4", memory: "8Gi", address: "10.0.20.11", controlPlane: true },
      },
    },
  },
};

describe("pods", () => {
  test("are as many as replicas, and an autoscaler's at its upper end", () => {
    expect(names({ app: service({ ...component, replicas: 2 }) })).toEqual([
      "media-app/app-0",
      "media-app/app-1",
    ]);
    expect(
      names({ app: service({ ...component, scale: { min: 1, max: 3, cpu: 80 } }) }),
    ).toHaveLength(3);
  });

  test("are one for a job, and none while a service is stopped", () => {
    const runs = { as: "schedule", cron: "0 4 * * *", endsWithin: "15m" };
    expect(names({ app: service({ image, runs }) })).toEqual(["media-app/app"]);
    expect(names({ app: service({ ...component, stopped: true }) })).toEqual([]);
  });

  test("of a DaemonSet are one on each node whose taints it tolerates", () => {
    const runs = { as: "daemonSet" };
    const tolerates = { "node-role.kubernetes.io/control-plane": "NoSchedule" };
    expect(names({ app: service({ ...component, runs }) }, two)).toEqual([
      "media-app/app@worker-1",
      "media-app/app@worker-2",
    ]);
    expect(
      names({ app: service({ ...component, runs, placement: { tolerates } }) }, two),
    ).toHaveLength(3);
  });

  test("of a chart ask for what it says, or for what the LimitRange of its namespace gives one container", () => {
    const requests = { cpu: "20m", memory: "64Mi" };
    const found = demand({
      app: chart({
        main: { pods: { app: "a" }, requests, replicas: 2 },
        hook: { pods: { app: "b" } },
      }),
    });
    expect(found.pods.map(({ set }) => [set.asks.cpu, set.asks.memory])).toEqual([
      [20, 64 * 2 ** 20],
      [20, 64 * 2 ** 20],
      [10, 64 * 2 ** 20],
    ]);
    expect(found.assumed).toEqual(["media-app/hook"]);
    expect(found.unknown).toEqual([]);
  });

  test("of a chart that say nothing are what the rendered LimitRange makes of them, factor and all", () => {
    const { releases } = build(
      sceneWith({
        services: { app: chart({ hook: { pods: { app: "b" } } }) },
        environments: { prod: { ...scene.environments["prod"], requests: 0.5 } },
      }),
    );
    const [range] = releases.flatMap((release) => Object.values(limitRanges(release)));
    const [pod] = demandsOf(releases)[0]?.pods ?? [];
    expect(range).toEqual({ cpu: "5m", memory: "32Mi" });
    expect([pod?.set.asks.cpu, pod?.set.asks.memory]).toEqual([
      millicores(range?.cpu ?? ""),
      bytes(range?.memory ?? ""),
    ]);
  });

  test("in the network of their node take every port of it that their containers declare", () => {
    const network = { host: { because: "asks the lamps by broadcast", value: true } };
    const taken = (one: Fragment) =>
      demand({ app: one }).pods.map(({ set: { hostPorts } }) => hostPorts);
    expect(taken(service({ ...component, network }))).toEqual([
      ["8080/TCP", "9090/TCP", "1053/TCP", "1053/UDP"],
    ]);
    const metrics = { exporter: "valkey" };
    expect(taken(service({ ...component, network, ports: { valkey: 6379 }, metrics }))).toEqual([
      ["6379/TCP", "9121/TCP"],
    ]);
    expect(taken(service(component))).toEqual([[]]);
    const speaker = { pods: { app: "a" }, ports: { metrics: 7472 } };
    expect(taken(chart({ speaker: { ...speaker, hostNetwork: network.host } }))).toEqual([
      ["7472/TCP"],
    ]);
    expect(taken(chart({ speaker }))).toEqual([[]]);
  });

  test("of objects the service brings itself are named", () => {
    const objects = { extra: { apiVersion: "batch/v1", kind: "Job", metadata: {} } };
    expect(demand({ app: service({ ...component, objects }) }).unknown).toEqual([
      "media-app/objects.extra",
    ]);
  });

  test("of all environments on a cluster count together, each with its factor", () => {
    const around = {
      environments: {
        ...scene.environments,
        dev: { ...scene.environments["prod"], prefix: "dev", requests: 0.5 },
      },
    };
    const found = demand({ app: service({ ...component, size: "medium" }) }, around);
    expect(found.environments).toEqual(["dev", "prod"]);
    expect(found.pods.map(({ name, set }) => [name, set.asks.memory / 2 ** 20])).toEqual(
      expect.arrayContaining([
        ["dev-media-app/app", 512],
        ["media-app/app", 1024],
      ]),
    );
  });
});

describe("the reserve of a restore drill", () => {
  test("is the service with data that asks for most memory, once more and without its devices and its node's network", () => {
    const network = { host: { because: "asks the lamps by broadcast", value: true } };
    const gpu = { plugin: "nvidia.com/gpu" };
    const around = {
      clusters: {
        home: { nodes: { "worker-1": { gpu: { resource: "nvidia.com/gpu", count: 1 } } } },
      },
    };
    const { reserve, pods } = demand(
      {
        small: service({ ...component, ...data("state"), size: "small" }),
        large: service({ ...component, ...data("state"), size: "large", gpu, network }),
        stateless: service({ ...component, size: "xlarge" }),
      },
      around,
    );
    expect(reserve?.service).toBe("prod/large");
    expect(reserve?.pods.map(({ name }) => name)).toEqual(["restore drill of media-large/large"]);
    expect(reserve?.pods[0]?.set.asks).toMatchObject({ memory: 4 * 2 ** 30, devices: {} });
    expect(reserve?.pods[0]?.set.hostPorts).toEqual([]);
    // Those of the scene, and the copy.
    expect(pods).toHaveLength(5);
  });

  test("is nothing where no service keeps data: a cache can be made again", () => {
    expect(demand({ app: service({ ...component, ...data("cache") }) }).reserve).toBeUndefined();
    expect(demand({ app: service(component) }).reserve).toBeUndefined();
  });
});
