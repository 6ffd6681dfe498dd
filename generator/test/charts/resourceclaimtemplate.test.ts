import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  named,
  only,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

describe("ResourceClaimTemplate", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { resourceClaims: { gpu: { class: "gpu.intel.com", count: 2 } } },
      full: {
        resourceClaims: {
          gpu: { class: "gpu.intel.com", count: 2 },
          other: { class: "gpu.nvidia.com", count: 1 },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("asks for an exact count of devices of a class", () => {
    expect(only(rendered.minimal, "ResourceClaimTemplate")).toEqual({
      apiVersion: "resource.k8s.io/v1",
      kind: "ResourceClaimTemplate",
      metadata: {
        name: "gpu",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-10"),
      },
      spec: {
        spec: {
          devices: {
            requests: [
              {
                name: "device",
                exactly: {
                  deviceClassName: "gpu.intel.com",
                  allocationMode: "ExactCount",
                  count: 2,
                },
              },
            ],
          },
        },
      },
    });
  });

  test("asks for devices of several classes", () => {
    expect(named(rendered.full, "ResourceClaimTemplate", "gpu")).toEqual(
      only(rendered.minimal, "ResourceClaimTemplate"),
    );
    expect(named(rendered.full, "ResourceClaimTemplate", "other")["spec"]).toMatchObject({
      spec: {
        devices: { requests: [{ exactly: { deviceClassName: "gpu.nvidia.com", count: 1 } }] },
      },
    });
  });

  test("has a schema that refuses a count that is no number", async () => {
    const count = "2" as unknown as number;
    expect(await schemaRefusal({ resourceClaims: { gpu: { class: "x", count } } })).toContain(
      "at '/resourceClaims/gpu/count': got string, want integer",
    );
  });
});
