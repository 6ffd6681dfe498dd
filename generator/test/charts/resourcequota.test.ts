import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

describe("ResourceQuota", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { quotas: { quota: { pods: 3 } } },
      full: {
        quotas: {
          quota: {
            cpu: "250m",
            memory: "2560Mi",
            memoryLimit: "3Gi",
            pods: 3,
            devices: { "nvidia.com/gpu": 2 },
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("limits what is said and nothing else", () => {
    expect(only(rendered.minimal, "ResourceQuota")["spec"]).toEqual({ hard: { pods: "3" } });
  });

  test("limits requests, memory limits, pods and devices, before anything that needs room", () => {
    expect(only(rendered.full, "ResourceQuota")).toEqual({
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: {
        name: "quota",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-30"),
      },
      spec: {
        hard: {
          "limits.memory": "3Gi",
          pods: "3",
          "requests.cpu": "250m",
          "requests.memory": "2560Mi",
          "requests.nvidia.com/gpu": "2",
        },
      },
    });
  });

  test("is refused where it limits nothing", async () => {
    expect(await refusal({ quotas: { quota: {} } })).toContain(
      "key=quotas.quota: limits nothing; say cpu, memory, memoryLimit, pods or devices.",
    );
  });

  test("has a schema that refuses a number of pods that is none", async () => {
    const count = "3" as unknown as number;
    expect(await schemaRefusal({ quotas: { quota: { pods: count } } })).toContain(
      "at '/quotas/quota/pods': got string, want integer",
    );
  });
});
