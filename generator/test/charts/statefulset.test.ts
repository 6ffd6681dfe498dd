import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  workload,
} from "./support.ts";

const services = {
  "sonarr-pods": {
    component: "server",
    headless: true as const,
    ports: { http: { port: 80, target: 8080 } },
  },
};
const stateful = { runs: "StatefulSet", headless: "sonarr-pods" } as const;

describe("StatefulSet", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { services, workloads: { server: workload(stateful) } },
      full: {
        services,
        workloads: {
          server: workload({
            restartsWith: ["own"],
            ...stateful,
            replicas: 3,
            update: "OnDelete",
            parallel: true,
            templates: {
              data: { size: "10Gi", class: "fast", access: "ReadWriteOnce" },
              wal: { size: "1Gi", access: "ReadWriteOnce" },
            },
            mounts: [{ volume: "data", at: "/data" }],
          }),
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("needs a headless Service and little else", () => {
    const set = only(rendered.minimal, "StatefulSet");
    expect(set.metadata).toEqual({
      name: "sonarr",
      namespace: "media-sonarr",
      labels: component("server"),
    });
    const { template, ...spec } = set["spec"];
    expect(spec).toEqual({
      serviceName: "sonarr-pods",
      revisionHistoryLimit: 3,
      selector: { matchLabels: selector("server") },
    });
    expect(template.spec.containers).toHaveLength(1);
  });

  test("has claims of its own for each pod, under labels that never change", () => {
    const { template, ...spec } = only(rendered.full, "StatefulSet")["spec"];
    const claim = (name: string, storage: string, more: object) => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, labels: selector("server") },
      spec: {
        accessModes: ["ReadWriteOnce"],
        ...more,
        volumeMode: "Filesystem",
        resources: { requests: { storage } },
      },
    });
    expect(spec).toEqual({
      serviceName: "sonarr-pods",
      replicas: 3,
      revisionHistoryLimit: 3,
      podManagementPolicy: "Parallel",
      updateStrategy: { type: "OnDelete" },
      selector: { matchLabels: selector("server") },
      volumeClaimTemplates: [
        claim("data", "10Gi", { storageClassName: "fast" }),
        claim("wal", "1Gi", {}),
      ],
    });
    expect(only(rendered.full, "StatefulSet").metadata.annotations).toEqual({
      "secret.reloader.stakater.com/reload": "own",
    });
    expect(template.metadata).not.toHaveProperty("annotations");
    expect(template.spec.containers[0].volumeMounts).toEqual([
      { name: "data", mountPath: "/data" },
    ]);
  });

  test.concurrent.each([
    [
      "no Service",
      { services: {}, workloads: { server: workload(stateful) } },
      'headless: "sonarr-pods" is not a headless Service of this service, and a StatefulSet needs one.',
    ],
    [
      "a Service that is not headless",
      {
        services: { "sonarr-pods": { component: "server", ports: {} } },
        workloads: { server: workload(stateful) },
      },
      'headless: "sonarr-pods" is not a headless Service of this service, and a StatefulSet needs one.',
    ],
    [
      "none named",
      { workloads: { server: workload({ runs: "StatefulSet" }) } },
      'headless: "" is not a headless Service of this service, and a StatefulSet needs one.',
    ],
    [
      "an update it does not have",
      { services, workloads: { server: workload({ ...stateful, update: "Recreate" }) } },
      'update: a StatefulSet has no update "Recreate"; it has: RollingUpdate, OnDelete.',
    ],
  ])("refuses %s", async (_, values, message) => {
    expect(await refusal(values)).toBe(`[rzp-lib] service=sonarr key=workloads.server.${message}`);
  });

  test("has a schema that refuses a claim template without size", async () => {
    const templates = { data: { access: "ReadWriteOnce" } } as unknown as {
      data: { size: string; access: string };
    };
    expect(
      await schemaRefusal({
        services,
        workloads: { server: workload({ ...stateful, templates }) },
      }),
    ).toContain("at '/workloads/server/templates/data': missing property 'size'");
  });
});
