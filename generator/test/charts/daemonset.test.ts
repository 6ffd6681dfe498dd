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

describe("DaemonSet", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { workloads: { agent: workload({ runs: "DaemonSet" }) } },
      full: {
        workloads: {
          agent: workload({
            runs: "DaemonSet",
            update: "OnDelete",
            restartsWith: ["own"],
            pod: { spread: "hosts" },
          }),
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("has no replicas", () => {
    const set = only(rendered.minimal, "DaemonSet");
    expect(set.apiVersion).toBe("apps/v1");
    expect(set.metadata).toEqual({
      name: "sonarr",
      namespace: "media-sonarr",
      labels: component("agent"),
    });
    const { template, ...spec } = set["spec"];
    expect(spec).toEqual({ revisionHistoryLimit: 3, selector: { matchLabels: selector("agent") } });
    expect(template.spec.containers[0].name).toBe("agent");
  });

  test("has an update; only a Deployment counts the pods of one version", () => {
    const { spec } = only(rendered.full, "DaemonSet");
    expect(spec.updateStrategy).toEqual({ type: "OnDelete" });
    expect(spec.template.spec.topologySpreadConstraints[0]).not.toHaveProperty("matchLabelKeys");
  });

  test("says with which Secrets its pods restart, on itself and not on them", () => {
    const { metadata, spec } = only(rendered.full, "DaemonSet");
    expect(metadata.annotations).toEqual({ "secret.reloader.stakater.com/reload": "own" });
    expect(spec.template.metadata).not.toHaveProperty("annotations");
  });

  test("refuses an update it does not have", async () => {
    expect(
      await refusal({ workloads: { agent: workload({ runs: "DaemonSet", update: "Recreate" }) } }),
    ).toBe(
      '[rzp-lib] service=sonarr key=workloads.agent.update: a DaemonSet has no update "Recreate"; it has: RollingUpdate, OnDelete.',
    );
  });

  test("has a schema that refuses a kind of workload it does not know", async () => {
    const runs = "ReplicaSet" as "DaemonSet";
    expect(await schemaRefusal({ workloads: { agent: workload({ runs }) } })).toContain(
      "at '/workloads/agent/runs': value must be one of",
    );
  });
});
