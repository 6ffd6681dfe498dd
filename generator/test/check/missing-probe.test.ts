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

const code = "MANIFEST_PROBE_MISSING";
const silent = container({ readinessProbe: undefined });
const silentDeployment = deployment(podSpec({ containers: [silent] }));
const because = { because: "it only writes a file", value: false as const };

test("a container without a readiness probe", () => {
  const [problem] = findings(code, rendered([silentDeployment]));
  expect(problem).toMatchObject({
    severity: "error",
    message: "Deployment sonarr: container main is never asked whether it is ready",
    keys: ["health"],
  });
});

test("a liveness probe does not stand in for it", () => {
  expect(
    findings(
      code,
      rendered([
        deployment(
          podSpec({
            containers: [
              container({
                readinessProbe: undefined,
                livenessProbe: { exec: { command: ["true"] } },
              }),
            ],
          }),
        ),
      ]),
    ),
  ).toHaveLength(1);
});

test.for(["StatefulSet", "DaemonSet"])("%s keeps running too", (kind) => {
  const workload = { ...silentDeployment, kind };
  expect(messages(findings(code, rendered([workload])))).toEqual([
    `${kind} sonarr: container main is never asked whether it is ready`,
  ]);
});

test("a sidecar keeps running beside its pod", () => {
  const pod = podSpec({
    initContainers: [
      container({ name: "vpn", restartPolicy: "Always", readinessProbe: undefined }),
    ],
  });
  expect(findings(code, rendered([deployment(pod)]))).toHaveLength(1);
});

test("an object of the service's own gets a warning at its place", () => {
  const [problem] = findings(
    code,
    rendered([silentDeployment], {
      spec: { objects: { sonarr: { apiVersion: "apps/v1", kind: "Deployment" } } },
    }),
  );
  expect(problem?.severity).toBe("warning");
  expect(problem?.keys).toEqual(["objects", "sonarr", "spec", "template", "spec", "containers", 0]);
});

test("a reason for one container is none for another", () => {
  const pod = podSpec({
    containers: [silent],
    initContainers: [
      container({ name: "vpn", restartPolicy: "Always", readinessProbe: undefined }),
    ],
  });
  const found = findings(
    code,
    rendered([deployment(pod)], {
      spec: {
        health: because,
        sidecars: { vpn: { image: "example.com/vpn:1", health: { exec: ["true"] } } },
      },
    }),
  );
  expect(messages(found)).toEqual([expect.stringContaining("container vpn")]);
});

test.for([
  ["it has one", rendered([deployment()])],
  ["the file says why there is none", rendered([silentDeployment], { spec: { health: because } })],
  ["a job ends", rendered([cronJob(podSpec({ containers: [silent] }))])],
  [
    "an init container ends",
    rendered([
      deployment(
        podSpec({ initContainers: [container({ name: "wait", readinessProbe: undefined })] }),
      ),
    ]),
  ],
  [
    "a sidecar whose file says why",
    rendered(
      [
        deployment(
          podSpec({
            initContainers: [
              container({ name: "vpn", restartPolicy: "Always", readinessProbe: undefined }),
            ],
          }),
        ),
      ],
      { spec: { sidecars: { vpn: { image: "example.com/vpn:1", health: because } } } },
    ),
  ],
  ["an object without pods", rendered([object("v1", "ConfigMap", "a")])],
  [
    "a pod of an operator is its own affair",
    rendered([object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: {} })]),
  ],
] as const)("no finding: %s", ([, release]) => {
  expect(findings(code, release)).toEqual([]);
});
