import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
  workload,
} from "./support.ts";

const scale = { server: { component: "server", min: 2, max: 5, cpu: 70 } };

describe("HorizontalPodAutoscaler", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    const workloads = { server: workload({ objectName: "sonarr-server" }) };
    rendered = await renderAll({
      absent: {},
      minimal: {
        workloads,
        scale: { server: { component: "server", min: 1, max: 2, memory: 80 } },
      },
      full: { workloads, scale: { server: { ...scale.server, memory: 80 } } },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("scales by one resource, and leaves the pods to itself", () => {
    expect(only(rendered.minimal, "HorizontalPodAutoscaler")["spec"].metrics).toHaveLength(1);
    expect(only(rendered.minimal, "Deployment")["spec"]).not.toHaveProperty("replicas");
  });

  test("scales by the main container's use, and goes down after five calm minutes", () => {
    const metric = (name: string, averageUtilization: number) => ({
      type: "ContainerResource",
      containerResource: {
        name,
        container: "server",
        target: { type: "Utilization", averageUtilization },
      },
    });
    expect(only(rendered.full, "HorizontalPodAutoscaler")).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: {
        name: "server",
        namespace: "media-sonarr",
        labels: component("server"),
        annotations: wave("5"),
      },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "sonarr-server" },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [metric("cpu", 70), metric("memory", 80)],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    });
  });

  test.concurrent.each([
    [
      "a component that is not there",
      { workloads: {}, scale },
      'scale.server.component: there is no component "server"; there are: none.',
    ],
    [
      "a kind without replicas",
      { workloads: { server: workload({ runs: "DaemonSet" }) }, scale },
      'scale.server.component: "server" is not a Deployment or a StatefulSet.',
    ],
    [
      "a workload that says its replicas",
      { workloads: { server: workload({ replicas: 0 }) }, scale },
      "workloads.server.replicas: the autoscaler sets the pods; take it out.",
    ],
    [
      "nothing to scale by",
      {
        workloads: { server: workload() },
        scale: { server: { component: "server", min: 1, max: 2 } },
      },
      "scale.server: says nothing to scale by; give cpu or memory.",
    ],
  ])("refuses %s", async (_, values, message) => {
    expect(await refusal(values)).toBe(`[rzp-lib] service=sonarr key=${message}`);
  });

  test("has a schema that refuses one without max", async () => {
    const own = { component: "server", min: 1 } as typeof scale.server;
    expect(await schemaRefusal({ scale: { own } })).toContain(
      "at '/scale/own': missing property 'max'",
    );
  });
});
