import { beforeAll, describe, expect, test } from "vitest";
import {
  keepsData,
  kinds,
  labels,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
} from "./support.ts";

describe("PersistentVolumeClaim", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { claims: { plain: { size: "5Gi", access: "ReadWriteOnce" } } },
      full: {
        claims: {
          classed: { size: "1000000", access: "ReadWriteMany", class: "bulk" },
          unkept: { size: "1Gi", access: "ReadWriteOnce", backup: "none" },
          bound: { size: "1Ti", access: "ReadWriteMany", volume: "media-sonarr-media" },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("leaves the class to the cluster unless said; is never pruned; is in the wave of its pods", () => {
    expect(named(rendered.minimal, "PersistentVolumeClaim", "plain")).toEqual({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: {
        name: "plain",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: keepsData,
      },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
    });
  });

  test("has the class, or the volume and then no class", () => {
    expect(named(rendered.full, "PersistentVolumeClaim", "classed")["spec"]).toEqual({
      accessModes: ["ReadWriteMany"],
      storageClassName: "bulk",
      resources: { requests: { storage: "1000000" } },
    });
    expect(named(rendered.full, "PersistentVolumeClaim", "bound")["spec"]).toEqual({
      accessModes: ["ReadWriteMany"],
      storageClassName: "",
      volumeName: "media-sonarr-media",
      resources: { requests: { storage: "1Ti" } },
    });
  });

  test("says by a label that no backup copies it", () => {
    expect(named(rendered.full, "PersistentVolumeClaim", "unkept").metadata.labels).toEqual(
      labels({ "rzp.local/backup": "none" }),
    );
  });

  test("refuses a volume with a class", async () => {
    expect(
      await refusal({
        claims: { media: { size: "1Gi", access: "ReadWriteMany", class: "bulk", volume: "x" } },
      }),
    ).toBe(
      "[rzp-lib] service=sonarr key=claims.media.class: a claim with a volume has no class; take one of the two out.",
    );
  });

  test("has a schema that refuses an access it does not know", async () => {
    const access = "ReadWriteTwice" as "ReadWriteOnce";
    expect(await schemaRefusal({ claims: { media: { size: "1Gi", access } } })).toContain(
      "at '/claims/media/access': value must be one of 'ReadWriteOnce', 'ReadWriteMany'",
    );
  });
});
