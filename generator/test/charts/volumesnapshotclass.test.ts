import { beforeAll, describe, expect, test } from "vitest";
import { kinds, labels, named, renderAll, type Rendered, schemaRefusal } from "./support.ts";

describe("VolumeSnapshotClass", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { snapshotClasses: { plain: { driver: "rook-ceph.rbd.csi.ceph.com" } } },
      full: {
        snapshotClasses: {
          longhorn: { driver: "driver.longhorn.io", parameters: { type: "snap" } },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("is in no namespace, and bears the label by which Velero takes it", () => {
    expect(named(rendered.minimal, "VolumeSnapshotClass", "plain")).toEqual({
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name: "plain",
        labels: labels({ "velero.io/csi-volumesnapshot-class": "true" }),
      },
      driver: "rook-ceph.rbd.csi.ceph.com",
      deletionPolicy: "Delete",
    });
  });

  test("gives the driver its parameters", () => {
    expect(named(rendered.full, "VolumeSnapshotClass", "longhorn")["parameters"]).toEqual({
      type: "snap",
    });
  });

  test("has a schema that refuses one without a driver", async () => {
    expect(await schemaRefusal({ snapshotClasses: { plain: {} as { driver: string } } })).toContain(
      "at '/snapshotClasses/plain': missing property 'driver'",
    );
  });
});
