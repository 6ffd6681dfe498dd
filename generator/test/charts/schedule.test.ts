import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  named,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
} from "./support.ts";

const configMaps = { nightly: { "policy.yaml": { text: "version: v1\n" } } };
const schedule = {
  cron: "0 2 * * *",
  location: "default",
  keep: "720h0m0s",
  itemOperationTimeout: "69h0m0s",
  namespaces: ["media-radarr", "media-sonarr"],
  policy: "nightly",
};

describe("Schedule", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { configMaps, backupSchedules: { nightly: schedule } },
      full: { configMaps, backupSchedules: { nightly: { ...schedule, moves: true } } },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("backs up namespaces whole, lets a policy decide on volumes, and outlives itself", () => {
    expect(named(rendered.minimal, "Schedule", "nightly")).toEqual({
      apiVersion: "velero.io/v1",
      kind: "Schedule",
      metadata: { name: "nightly", namespace: "media-sonarr", labels: labels() },
      spec: {
        schedule: "0 2 * * *",
        useOwnerReferencesInBackup: false,
        template: {
          includedNamespaces: ["media-radarr", "media-sonarr"],
          storageLocation: "default",
          ttl: "720h0m0s",
          itemOperationTimeout: "69h0m0s",
          resourcePolicy: { kind: "configmap", name: "nightly" },
        },
      },
    });
  });

  test("copies snapshots to the location where there are some", () => {
    expect(named(rendered.full, "Schedule", "nightly")["spec"].template.snapshotMoveData).toBe(
      true,
    );
  });

  test("refuses a policy that is not there", async () => {
    expect(await refusal({ backupSchedules: { nightly: schedule } })).toBe(
      '[rzp-lib] service=sonarr key=backupSchedules.nightly.policy: there is no ConfigMap "nightly"; there are: none.',
    );
  });

  test("has a schema that refuses one of nothing", async () => {
    expect(
      await schemaRefusal({
        configMaps,
        backupSchedules: { nightly: { ...schedule, namespaces: [] } },
      }),
    ).toContain("at '/backupSchedules/nightly/namespaces': minItems: got 0, want 1");
  });
});
