import { beforeAll, describe, expect, test } from "vitest";
import {
  component,
  kinds,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  selector,
  wave,
  workload,
} from "./support.ts";

const workloads = { server: workload() };

describe("PodDisruptionBudget", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { workloads, disruption: { keeps: { component: "server", keep: 2 } } },
      full: {
        workloads,
        disruption: {
          misses: { component: "server", miss: 1 },
          none: { component: "server", miss: 0 },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("keeps pods, and lets unready ones go", () => {
    expect(named(rendered.minimal, "PodDisruptionBudget", "keeps")).toEqual({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: {
        name: "keeps",
        namespace: "media-sonarr",
        labels: component("server"),
        annotations: wave("5"),
      },
      spec: {
        minAvailable: 2,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selector("server") },
      },
    });
  });

  test("lets pods be missing, 0 included", () => {
    expect(named(rendered.full, "PodDisruptionBudget", "misses")["spec"].maxUnavailable).toBe(1);
    expect(named(rendered.full, "PodDisruptionBudget", "none")["spec"].maxUnavailable).toBe(0);
  });

  test.concurrent.each([
    [
      "one that says nothing",
      { component: "server" },
      "disruption.own: is exactly one of keep and miss.",
    ],
    [
      "one that says both",
      { component: "server", keep: 1, miss: 1 },
      "disruption.own: is exactly one of keep and miss.",
    ],
    [
      "a component that is not there",
      { component: "api", keep: 1 },
      'disruption.own.component: there is no component "api"; there are: server.',
    ],
  ])("refuses %s", async (_, own, message) => {
    expect(await refusal({ workloads, disruption: { own } })).toBe(
      `[rzp-lib] service=sonarr key=${message}`,
    );
  });

  test("has a schema that refuses one without component", async () => {
    const own = { keep: 1 } as unknown as { component: string };
    expect(await schemaRefusal({ disruption: { own } })).toContain(
      "at '/disruption/own': missing property 'component'",
    );
  });
});
