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

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

describe("Deployment", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "own" | "stopped", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { workloads: { server: workload() } },
      stopped: { workloads: { server: workload({ replicas: 0 }) } },
      full: {
        annotations: { "reloader.stakater.com/auto": "true" },
        workloads: {
          server: workload({
            objectName: "sonarr-server",
            replicas: 2,
            update: "Recreate",
            restartsWith: ["from-postgres", "own"],
          }),
        },
      },
      own: {
        annotations: { "secret.reloader.stakater.com/reload": "other" },
        workloads: { server: workload({ restartsWith: ["own"] }) },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("is secure without saying so", () => {
    expect(only(rendered.minimal, "Deployment")).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "sonarr", namespace: "media-sonarr", labels: component("server") },
      spec: {
        revisionHistoryLimit: 3,
        selector: { matchLabels: selector("server") },
        template: {
          metadata: {
            labels: {
              ...selector("server"),
              "app.kubernetes.io/part-of": "media",
              "rzp.local/environment": "prod",
            },
          },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "server",
                image: "ghcr.io/example/app:1.2.3",
                resources: {
                  requests: { cpu: "50m", memory: "128Mi" },
                  limits: { memory: "256Mi" },
                },
                securityContext: restricted,
              },
            ],
          },
        },
      },
    });
  });

  test("has replicas, update and the workloads' annotations", () => {
    const deployment = only(rendered.full, "Deployment");
    expect(deployment.metadata).toEqual({
      name: "sonarr-server",
      namespace: "media-sonarr",
      labels: component("server"),
      annotations: {
        "reloader.stakater.com/auto": "true",
        "secret.reloader.stakater.com/reload": "from-postgres,own",
      },
    });
    expect(deployment["spec"]).toMatchObject({ replicas: 2, strategy: { type: "Recreate" } });
    expect(deployment["spec"].template.metadata).not.toHaveProperty("annotations");
  });

  test("leaves what the service says itself about restarts", () => {
    expect(only(rendered.own, "Deployment").metadata.annotations).toEqual({
      "secret.reloader.stakater.com/reload": "other",
    });
  });

  test("is stopped with 0 replicas", () => {
    expect(only(rendered.stopped, "Deployment")["spec"].replicas).toBe(0);
  });

  test("is laid out as people read it", () => {
    expect(rendered.minimal.text.slice(rendered.minimal.text.indexOf("apiVersion: apps/v1")))
      .toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: sonarr
  namespace: media-sonarr
  labels:
    app.kubernetes.io/component: "server"
    app.kubernetes.io/managed-by: "rzp"
    app.kubernetes.io/name: "sonarr"
    app.kubernetes.io/part-of: "media"
    rzp.local/environment: "prod"
spec:
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/component: "server"
      app.kubernetes.io/name: "sonarr"
  template:
    metadata:
      labels:
        app.kubernetes.io/component: "server"
        app.kubernetes.io/name: "sonarr"
        app.kubernetes.io/part-of: "media"
        rzp.local/environment: "prod"
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: server
          image: ghcr.io/example/app:1.2.3
          resources:
            requests:
              cpu: 50m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop:
                - ALL
`);
  });

  test("refuses an update it does not have", async () => {
    expect(await refusal({ workloads: { server: workload({ update: "OnDelete" }) } })).toBe(
      '[rzp-lib] service=sonarr key=workloads.server.update: a Deployment has no update "OnDelete"; it has: RollingUpdate, Recreate.',
    );
  });

  const mounting = (
    access: "ReadWriteOnce" | "ReadWriteMany",
    more: Partial<Parameters<typeof workload>[0]>,
  ) => ({
    claims: { data: { size: "1Gi", access } },
    workloads: { server: workload({ pod: { volumes: { data: { claim: "data" } } }, ...more }) },
  });

  test.concurrent.each([{}, { update: "RollingUpdate" as const }])(
    "refuses two pods at once where one node may write: %o",
    async (more) => {
      expect(await refusal(mounting("ReadWriteOnce", more))).toBe(
        '[rzp-lib] service=sonarr key=workloads.server.update: a rolling update has two pods at once, and one node may write to the claim "data"; say Recreate.',
      );
    },
  );

  test("takes a claim of one node with Recreate, and one of many as it is", async () => {
    const all = await renderAll({
      one: mounting("ReadWriteOnce", { update: "Recreate" }),
      many: mounting("ReadWriteMany", {}),
      job: mounting("ReadWriteOnce", { runs: "Job" }),
    });
    expect(Object.values(all).map(kinds)).toEqual([
      ["PersistentVolumeClaim", "Deployment"],
      ["PersistentVolumeClaim", "Deployment"],
      ["PersistentVolumeClaim", "Job"],
    ]);
  });

  test("has a schema that refuses a container without a memory limit", async () => {
    const resources = { cpu: "1", memory: "1Gi" } as {
      cpu: string;
      memory: string;
      memoryLimit: string;
    };
    expect(await schemaRefusal({ workloads: { server: workload({ resources }) } })).toContain(
      "at '/workloads/server/resources': missing property 'memoryLimit'",
    );
  });
});
