/** Which stores are lost with the cluster whose backups they keep. What is said of them is in the bad inputs. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import type { Fragment } from "../model-leaves/fixture.ts";
import { backed, chart, component, sceneWith, service } from "../model-leaves/scene.ts";

const inHouse = "http://store.platform-store.svc:8080";
const platform = (more: Fragment) => service({ ...component, tier: "platform", ...more });
const volume = (holds: string, more: Fragment = {}) => ({
  storage: { data: { holds, at: "/data", ...more } },
});
const onShare = volume("share", { share: "media" });

/** What is told of a location at `s3Url`, as errors and warnings. */
function told(store: Fragment, s3Url: string, location = "main"): readonly string[] {
  const object = (more: object = {}) => ({
    apiVersion: "velero.io/v1",
    kind: "BackupStorageLocation",
    spec: { provider: "aws", objectStorage: { bucket: "velero" }, ...more },
  });
  const objects = { main: object(), other: object({ objectStorage: { bucket: "other" } }) };
  const velero = chart(
    { server: { pods: { name: "velero" } } },
    { objects: { ...objects, [location]: object({ config: { s3Url } }) } },
  );
  const app = service({ ...component, ...volume("state", { size: "1Gi" }) });
  const { problems, warnings } = build(sceneWith({ ...backed, services: { velero, store, app } }));
  const of = (found: readonly { code: string; severity?: string }[], severity: string) =>
    found.flatMap(({ code }) => (code === "BACKUP_STORE_INSIDE" ? [severity] : []));
  return [...of(problems, "error"), ...of(warnings, "warning")];
}

test.for<readonly [string, Fragment, string, readonly string[]]>([
  ["in a volume", platform(volume("state", { size: "1Gi" })), inHouse, ["error"]],
  [
    "in a volume that is not backed up",
    platform(volume("cache", { size: "1Gi" })),
    inHouse,
    ["error"],
  ],
  ["in nothing", platform({}), inHouse, ["error"]],
  ["by the short name", platform({}), "http://store.platform-store:8080", ["error"]],
  [
    "by the long name",
    platform({}),
    "http://store.platform-store.svc.cluster.local:8080",
    ["error"],
  ],
  [
    "by a route",
    platform({ routes: { s3: { host: "s3", to: "http", audience: "internal", signIn: "own" } } }),
    "https://s3.example.com",
    ["error"],
  ],
  [
    "by an address",
    platform({ exposes: { s3: { address: "dns", ports: { 9000: "http" }, clients: "lan" } } }),
    "http://10.0.10.202:9000",
    ["error"],
  ],
  [
    "on a share, after the data",
    service({ ...component, ...onShare }),
    "http://store.media-store.svc",
    ["error"],
  ],
  [
    "of a chart",
    chart({ main: { pods: { app: "store" } } }, { tier: "platform" }),
    inHouse,
    ["warning"],
  ],
  ["on a share, before the data", platform(onShare), inHouse, []],
  ["outside", platform({}), "http://10.0.10.5:9000", []],
  ["outside, by a name", platform({}), "https://store.platform-store.example.com", []],
])("a store %s", ([, store, s3Url, expected]) => {
  expect(told(store, s3Url)).toEqual(expected);
});

test("a location from which nothing is restored may be on the cluster", () => {
  expect(told(platform({}), inHouse, "other")).toEqual([]);
});
