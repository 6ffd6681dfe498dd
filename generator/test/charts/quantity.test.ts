/** Sizes, processor time and memory, as the schema takes them. */
import { describe, expect, test } from "vitest";
import type { Values } from "./support.ts";
import { renderAlone, resources, schemaRefusal, workload } from "./support.ts";

const claim = (size: string): Values => ({
  claims: { data: { size, access: "ReadWriteOnce" } },
});

describe("a quantity", () => {
  test.concurrent.each<[string, Values]>([
    ["/claims/data/size", claim("5GB")],
    ["/claims/data/size", claim("5 Gi")],
    ["/claims/data/size", claim("-5Gi")],
    ["/claims/data/size", claim("Gi")],
    [
      "/workloads/server/resources/memory",
      { workloads: { server: workload({ resources: { ...resources, memory: "128MB" } }) } },
    ],
    [
      "/workloads/server/resources/cpu",
      { workloads: { server: workload({ resources: { ...resources, cpu: "50mc" } }) } },
    ],
    ["/quotas/all/memory", { quotas: { all: { memory: "1gb" } } }],
    ["/limitRanges/all/cpu", { limitRanges: { all: { cpu: "half", memory: "1Gi" } } }],
  ])("that Kubernetes does not read is refused at %s", async (path, values) => {
    expect(await schemaRefusal(values)).toMatch(
      new RegExp(`at '${path}': .* does not match pattern`),
    );
  });

  test.concurrent.each(["5Gi", "1.5Ti", "500M", "1e9", "1000000", "100k", ".5Gi"])(
    "that it reads is taken: %s",
    async (size) => {
      expect((await renderAlone(claim(size))).text).toContain("kind: PersistentVolumeClaim");
    },
  );
});
