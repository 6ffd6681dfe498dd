import { beforeAll, describe, expect, test } from "vitest";
import {
  keepsData,
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
} from "./support.ts";

const claim = { size: "1Ti", access: "ReadWriteMany" as const, volume: "media-sonarr-media" };
const share = { server: "nas.lan", path: "/export/media", size: "1Ti", claim: "media" };

describe("PersistentVolume", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { claims: { media: claim }, shares: { "media-sonarr-media": share } },
      full: {
        claims: { media: claim },
        shares: {
          "media-sonarr-media": { ...share, server: "10.0.0.2", options: ["nfsvers=4.1", "hard"] },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("is reserved for one claim, keeps its data and is never pruned", () => {
    expect(only(rendered.minimal, "PersistentVolume")).toEqual({
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "media-sonarr-media", labels: labels(), annotations: keepsData },
      spec: {
        capacity: { storage: "1Ti" },
        accessModes: ["ReadWriteMany"],
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: "",
        volumeMode: "Filesystem",
        claimRef: {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          namespace: "media-sonarr",
          name: "media",
        },
        nfs: { server: "nas.lan", path: "/export/media" },
      },
    });
  });

  test("passes mount options on", () => {
    const { spec } = only(rendered.full, "PersistentVolume");
    expect(spec.mountOptions).toEqual(["nfsvers=4.1", "hard"]);
    expect(spec.nfs).toEqual({ server: "10.0.0.2", path: "/export/media" });
  });

  test.concurrent.each([
    ["there is no such claim", {}],
    ["the claim names another volume", { media: { ...claim, volume: "other" } }],
  ])("refuses a share where %s", async (_, claims) => {
    expect(await refusal({ claims, shares: { "media-sonarr-media": share } })).toBe(
      '[rzp-lib] service=sonarr key=shares.media-sonarr-media.claim: the claim "media" does not name this volume; say claims.media.volume: media-sonarr-media.',
    );
  });

  test("has a schema that refuses a share without claim", async () => {
    const { claim: _, ...rest } = share;
    expect(await schemaRefusal({ shares: { media: rest as typeof share } })).toContain(
      "at '/shares/media': missing property 'claim'",
    );
  });
});
