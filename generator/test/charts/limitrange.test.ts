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

describe("LimitRange", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { limitRanges: { "container-defaults": { cpu: "10m", memory: "64Mi" } } },
      full: {
        limitRanges: {
          "container-defaults": { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("gives requests and no limit where none is said", () => {
    expect(only(rendered.minimal, "LimitRange")["spec"]).toEqual({
      limits: [{ type: "Container", defaultRequest: { cpu: "10m", memory: "64Mi" } }],
    });
  });

  test("gives requests and a memory limit, never one of processor time", () => {
    expect(only(rendered.full, "LimitRange")).toEqual({
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: {
        name: "container-defaults",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("-30"),
      },
      spec: {
        limits: [
          {
            type: "Container",
            default: { memory: "512Mi" },
            defaultRequest: { cpu: "50m", memory: "128Mi" },
          },
        ],
      },
    });
  });

  test("is refused without a request of memory", async () => {
    const defaults = { cpu: "10m" } as unknown as { cpu: string; memory: string };
    expect(await refusal({ limitRanges: { one: defaults } })).toContain(
      "key=limitRanges.one.memory: missing; say what a container asks for that says nothing.",
    );
  });

  test("has a schema that refuses a number for a quantity", async () => {
    const cpu = 1 as unknown as string;
    expect(await schemaRefusal({ limitRanges: { one: { cpu, memory: "64Mi" } } })).toContain(
      "at '/limitRanges/one/cpu': got number, want string",
    );
  });
});
