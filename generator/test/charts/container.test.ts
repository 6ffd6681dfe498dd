import { beforeAll, describe, expect, test } from "vitest";
import type { ContainerValues } from "../../src/model/values/container.ts";
import {
  container,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  workload,
} from "./support.ts";

const app = (more: Partial<ContainerValues>) => ({
  workloads: { server: workload({ pod: { volumes: { data: { scratch: {} } } }, ...more }) },
});
const times = { every: 10, timeout: 3, failures: 3 };
const ports = { http: { port: 8080 }, dns: { port: 53, protocol: "UDP" as const } };

describe("containers", () => {
  let rendered: Record<
    "full" | "probes" | "elsewhere" | "exec" | "privileged" | "loose" | "order" | "env" | "words",
    Rendered
  >;
  beforeAll(async () => {
    rendered = await renderAll({
      full: app({
        image:
          "registry.lan:5000/team/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        command: ["/bin/sh", "-c"],
        args: ["set -e\n\nexec app --port 8080\n", "on"],
        folder: "/app",
        envFrom: ["keys"],
        ports,
        resources: {
          cpu: "1",
          memory: "1Gi",
          memoryLimit: "2Gi",
          cpuLimit: "2",
          scratch: "500Mi",
          devices: { "nvidia.com/gpu": 1 },
          claims: ["gpu"],
        },
        mounts: [
          { volume: "data", at: "/data" },
          { volume: "data", at: "/app/config file.yml", subPath: "config.yml", readOnly: true },
        ],
      }),
      probes: app({
        ports,
        probes: {
          startup: { tcp: { port: "http" }, every: 5, timeout: 1, failures: 60 },
          readiness: {
            http: {
              path: "/ready?full=1",
              port: "http",
              https: true,
              headers: { Host: "sonarr.lan", "X-Number": "1" },
            },
            ...times,
          },
          liveness: { grpc: { port: 9090, service: "health" }, ...times },
        },
      }),
      // A port that another container of the pod declares.
      elsewhere: app({
        probes: {
          readiness: { http: { path: "/", port: 8000 }, ...times },
          liveness: { tcp: { port: 8000 }, ...times },
        },
      }),
      exec: app({
        probes: {
          liveness: { exec: ["pg_isready", "-U", "postgres"], ...times },
          readiness: { grpc: { port: 9090 }, ...times },
        },
      }),
      privileged: app({ security: { privileged: true, user: 0 } }),
      loose: app({
        security: {
          user: 1234,
          group: 5678,
          addCapabilities: ["NET_ADMIN", "NET_BIND_SERVICE"],
          writableRoot: true,
          escalation: true,
          unconfined: true,
        },
      }),
      order: {
        workloads: {
          server: workload({
            init: [
              { ...container, name: "wait" },
              { ...container, name: "copy" },
            ],
            sidecars: [
              {
                ...container,
                name: "vpn",
                ports: { proxy: { port: 8888 } },
                probes: { startup: { exec: ["true"], ...times } },
              },
              { ...container, name: "exporter" },
            ],
            sidecarsAfterInit: [{ ...container, name: "reader", ports: { feed: { port: 9000 } } }],
          }),
        },
      },
      env: app({
        env: {
          A_URL: "http://$(HOST):$(PORT)",
          HOST: "db",
          PORT: "5432",
          EMPTY: "",
          SWITCH: "yes",
          Z_LAST: "z",
          PASSWORD: { secret: "keys", key: "api-key" },
          NODE: { field: "spec.nodeName" },
          SCRIPT: "first\n\nsecond\n",
        },
      }),
      words: {
        workloads: {
          on: workload({
            objectName: "null",
            pod: {
              account: "true",
              priority: "10",
              volumes: { no: { claim: "1e3", external: true } },
            },
            mounts: [{ volume: "no", at: "/a: b # c" }],
          }),
        },
      },
    });
  });

  const main = (name: keyof typeof rendered) =>
    only(rendered[name], "Deployment")["spec"].template.spec.containers[0];

  test("have program, ports, resources and mounts as said", () => {
    const { securityContext: _, ...rest } = main("full");
    expect(rest).toEqual({
      name: "server",
      image:
        "registry.lan:5000/team/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      command: ["/bin/sh", "-c"],
      args: ["set -e\n\nexec app --port 8080\n", "on"],
      workingDir: "/app",
      envFrom: [{ secretRef: { name: "keys" } }],
      ports: [
        { name: "dns", containerPort: 53, protocol: "UDP" },
        { name: "http", containerPort: 8080, protocol: "TCP" },
      ],
      resources: {
        requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "500Mi", "nvidia.com/gpu": 1 },
        limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": "500Mi", "nvidia.com/gpu": 1 },
        claims: [{ name: "gpu" }],
      },
      volumeMounts: [
        { name: "data", mountPath: "/data" },
        { name: "data", mountPath: "/app/config file.yml", subPath: "config.yml", readOnly: true },
      ],
    });
  });

  test("have a script laid out as a block, without lines of spaces", () => {
    expect(rendered.full.text).toContain(`          args:
            - |
              set -e

              exec app --port 8080
            - "on"
`);
  });

  test("are asked in four ways", () => {
    const asked = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 };
    expect(main("probes")).toMatchObject({
      startupProbe: {
        tcpSocket: { port: "http" },
        periodSeconds: 5,
        timeoutSeconds: 1,
        failureThreshold: 60,
      },
      readinessProbe: {
        httpGet: {
          path: "/ready?full=1",
          port: "http",
          scheme: "HTTPS",
          httpHeaders: [
            { name: "Host", value: "sonarr.lan" },
            { name: "X-Number", value: "1" },
          ],
        },
        ...asked,
      },
      livenessProbe: { grpc: { port: 9090, service: "health" }, ...asked },
    });
    expect(main("exec")).toMatchObject({
      livenessProbe: { exec: { command: ["pg_isready", "-U", "postgres"] }, ...asked },
      readinessProbe: { grpc: { port: 9090 }, ...asked },
    });
    expect(main("exec")).not.toHaveProperty("startupProbe");
  });

  test("are asked by number at a port of another container", () => {
    expect(main("elsewhere")).toMatchObject({
      readinessProbe: { httpGet: { path: "/", port: 8000 } },
      livenessProbe: { tcpSocket: { port: 8000 } },
    });
  });

  test("that are privileged may not say that they cannot gain rights", () => {
    expect(main("privileged").securityContext).toEqual({
      runAsUser: 0,
      runAsNonRoot: false,
      privileged: true,
      readOnlyRootFilesystem: true,
    });
  });

  test("are loosened one by one", () => {
    expect(main("loose").securityContext).toEqual({
      runAsUser: 1234,
      runAsGroup: 5678,
      allowPrivilegeEscalation: true,
      readOnlyRootFilesystem: false,
      capabilities: { add: ["NET_ADMIN", "NET_BIND_SERVICE"], drop: ["ALL"] },
      seccompProfile: { type: "Unconfined" },
    });
  });

  test("start in order: sidecars, those that end, sidecars that need these, the main one", () => {
    const { initContainers, containers } = only(rendered.order, "Deployment")["spec"].template.spec;
    const order = initContainers.map(
      ({ name, restartPolicy }: { name: string; restartPolicy?: string }) => [name, restartPolicy],
    );
    expect(order).toEqual([
      ["vpn", "Always"],
      ["exporter", "Always"],
      ["wait", undefined],
      ["copy", undefined],
      ["reader", "Always"],
    ]);
    expect(initContainers[0]).toMatchObject({
      ports: [{ name: "proxy", containerPort: 8888, protocol: "TCP" }],
      startupProbe: { exec: { command: ["true"] } },
    });
    expect(containers).toHaveLength(1);
  });

  test("have variables by name, those that refer to others last, every value a text", () => {
    expect(main("env").env).toEqual([
      { name: "EMPTY", value: "" },
      { name: "HOST", value: "db" },
      { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "keys", key: "api-key" } } },
      { name: "PORT", value: "5432" },
      { name: "SCRIPT", value: "first\n\nsecond\n" },
      { name: "SWITCH", value: "yes" },
      { name: "Z_LAST", value: "z" },
      { name: "A_URL", value: "http://$(HOST):$(PORT)" },
    ]);
  });

  test("keep names that YAML would read as something else", () => {
    const deployment = only(rendered.words, "Deployment");
    expect(deployment.metadata.name).toBe("null");
    expect(deployment["spec"].template.spec).toMatchObject({
      serviceAccountName: "true",
      priorityClassName: "10",
      containers: [{ name: "on", volumeMounts: [{ name: "no", mountPath: "/a: b # c" }] }],
      volumes: [{ name: "no", persistentVolumeClaim: { claimName: "1e3" } }],
    });
  });

  test.concurrent.each([
    [
      "a probe that asks in no way",
      { probes: { liveness: times } },
      "probes.liveness: is exactly one of http, tcp, grpc, exec; here: none.",
    ],
    [
      "a probe that asks in two",
      { ports, probes: { startup: { ...times, tcp: { port: "http" }, exec: ["true"] } } },
      "probes.startup: is exactly one of http, tcp, grpc, exec; here: tcp, exec.",
    ],
    [
      "a probe of a port it does not have",
      { ports, probes: { readiness: { ...times, http: { path: "/", port: "web" } } } },
      'probes.readiness.http.port: the container has no port "web"; it has: dns, http.',
    ],
  ])("refuse %s", async (_, values, message) => {
    expect(await refusal(app(values))).toBe(
      `[rzp-lib] service=sonarr key=workloads.server.${message}`,
    );
  });

  test("have a schema that refuses a variable that is no text", async () => {
    const PORT = 5432 as unknown as string;
    expect(await schemaRefusal(app({ env: { PORT } }))).toContain(
      "at '/workloads/server/env/PORT'",
    );
  });
});
