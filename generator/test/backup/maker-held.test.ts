/** When Velero comes back in a recovery: never after the data it restores. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { backed, chart, component, sceneWith, service } from "../model-leaves/scene.ts";

const spec = (volume: Fragment, more: Fragment = {}) =>
  service({ ...component, tier: "platform", storage: { data: volume }, ...more });
const kept = { holds: "state", at: "/data", size: "1Gi" };
const remade = { holds: "cache", at: "/data", size: "1Gi" };
const bare = service({ ...component, tier: "platform" });

function told(velero: Fragment, services: Readonly<Record<string, Fragment>>): readonly string[] {
  const own = chart(
    { server: { pods: { name: "velero" } } },
    {
      tier: "platform",
      objects: {
        main: {
          apiVersion: "velero.io/v1",
          kind: "BackupStorageLocation",
          spec: { provider: "aws", objectStorage: { bucket: "velero" } },
        },
      },
      ...velero,
    },
  );
  const { problems } = build(sceneWith({ ...backed, services: { velero: own, ...services } }));
  return problems.map(({ code, message }) => `${code}: ${message.split(",")[0]}`);
}

const waits = (name: string) => [`RECOVERY_CANNOT_BEGIN: velero waits for ${name}`];

test.for<readonly [string, Fragment, Readonly<Record<string, Fragment>>, readonly string[]]>([
  ["that needs what keeps data", { needs: ["vault"] }, { vault: spec(kept) }, waits("vault")],
  [
    "that needs who needs that",
    { needs: ["front"] },
    { vault: spec(kept), front: service({ ...component, tier: "platform", needs: ["vault"] }) },
    waits("front"),
  ],
  [
    "that starts after data",
    { tier: "media" },
    { app: spec(kept) },
    ["RECOVERY_CANNOT_BEGIN: a recovery starts velero only after data"],
  ],
  [
    "that calls what keeps data",
    { components: { server: { pods: { name: "velero" }, consumes: { vault: "http" } } } },
    { vault: spec(kept) },
    [],
  ],
  [
    "that needs what can be made again",
    { needs: ["vault"] },
    { vault: spec(remade), app: spec(kept) },
    [],
  ],
  ["that starts late where nothing is kept", { tier: "media" }, { app: bare }, []],
])("a Velero %s", ([, velero, services, expected]) => {
  expect(told(velero, services)).toEqual(expected);
});
