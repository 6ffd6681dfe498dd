import { expect, test } from "vitest";
import {
  container,
  cronJob,
  deployment,
  findings,
  messages,
  object,
  podSpec,
  rendered,
} from "./builder.ts";

const code = "MANIFEST_RESOURCES_MISSING";
const withResources = (resources: unknown) =>
  rendered([deployment(podSpec({ containers: [container({ resources })] }))]);
const full = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } };

test.for([
  [undefined, "no request of processor time, no request of memory, no memory limit"],
  [{}, "no request of processor time, no request of memory, no memory limit"],
  [{ requests: { memory: "1Gi" }, limits: { memory: "1Gi" } }, "no request of processor time"],
  [{ requests: { cpu: "1" }, limits: { memory: "1Gi" } }, "no request of memory"],
  [{ requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1" } }, "no memory limit"],
] as const)("%j has %s", ([resources, missing]) => {
  expect(messages(findings(code, withResources(resources)))).toEqual([
    `Deployment sonarr: container main has ${missing}`,
  ]);
});

test("init containers, jobs and database clusters are looked at", () => {
  const init = deployment(
    podSpec({ initContainers: [{ name: "wait", image: "example.com/wait:1" }] }),
  );
  const job = cronJob(podSpec({ containers: [container({ resources: {} })] }));
  const cluster = object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: { instances: 1 } });
  expect(messages(findings(code, rendered([init, job, cluster])))).toEqual([
    expect.stringContaining("Deployment sonarr: container wait has no"),
    expect.stringContaining("CronJob sonarr: container main has no"),
    expect.stringContaining("Cluster db: each instance has no"),
  ]);
});

test("each container is told alone, at what a person wrote of it", () => {
  const pod = podSpec({
    containers: [container({ resources: {} })],
    initContainers: [container({ name: "vpn", resources: {}, restartPolicy: "Always" })],
  });
  const sidecars = { vpn: { image: "example.com/vpn:1", health: { exec: ["true"] } } };
  const found = findings(code, rendered([deployment(pod)], { spec: { sidecars } }));
  expect(found.map(({ keys }) => keys)).toEqual([["resources"], ["sidecars", "vpn", "resources"]]);
});

test("what an upstream chart leaves open is a warning at its values", () => {
  const [problem] = findings(
    code,
    rendered([deployment(podSpec({ containers: [container({ resources: {} })] }))], {
      vendored: true,
    }),
  );
  expect(problem).toMatchObject({ severity: "warning", keys: ["chart", "values"] });
  expect(problem?.fix).toContain("chart.values");
});

test.for([
  ["all is said", withResources(full)],
  [
    "a processor limit too",
    withResources({ requests: full.requests, limits: { cpu: "2", memory: "1Gi" } }),
  ],
  [
    "a request of nothing is one",
    withResources({ requests: { cpu: 0, memory: "1Mi" }, limits: { memory: "1Mi" } }),
  ],
  [
    "a database cluster that says it",
    rendered([object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: { resources: full } })]),
  ],
  [
    "objects without pods",
    rendered([object("v1", "ConfigMap", "a"), object("v1", "Service", "a", { spec: {} })]),
  ],
  [
    "a Cluster of another group",
    rendered([object("example.com/v1", "Cluster", "db", { spec: {} })]),
  ],
] as const)("no finding: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
