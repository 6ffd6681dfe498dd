/** How many claims a node copies at once: what is reckoned beside what the node agent is told. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import { backed, chart, sceneWith } from "../model-leaves/scene.ts";

const config = (globalConfig: number | undefined, ...perNodeConfig: readonly object[]) =>
  JSON.stringify({ loadConcurrency: { globalConfig, perNodeConfig } });

/** In: claims as the cluster says them, files of a ConfigMap of Velero. */
function warned(
  claims: object | undefined,
  data: Readonly<Record<string, string>>,
  nodes: Readonly<Record<string, object>> = {},
) {
  const velero = chart(
    { server: { pods: { name: "velero" } } },
    {
      tier: "platform",
      objects: {
        main: { apiVersion: "velero.io/v1", kind: "BackupStorageLocation" },
        other: { apiVersion: "velero.io/v1", kind: "BackupStorageLocation" },
        agent: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "node-agent" }, data },
      },
    },
  );
  const home = backed.clusters?.["home"];
  const clusters = {
    home: {
      ...home,
      nodes: { ...(home?.["nodes"] as object), ...nodes },
      backup: { ...(home?.["backup"] as object), ...(claims === undefined ? {} : { claims }) },
    },
  };
  const { warnings } = build(sceneWith({ ...backed, services: { velero }, clusters }));
  return warnings.filter(({ code }) => code === "BACKUP_AT_ONCE_DIFFERS");
}
const told = (...of: Parameters<typeof warned>): readonly string[] =>
  warned(...of).map(({ severity, message, fix }) => `${severity}: ${message}; ${fix}`);

test("more than it is told is told, and less", () => {
  const fix = (number: number) =>
    `write atOnce: ${number}, or change loadConcurrency in charts/services/velero/values.ts`;
  const says = (number: number, than: string) =>
    `warning: a node copies ${number} at once, as the ConfigMap \`node-agent\` of velero says: backups and a recovery are done ${than} than is reckoned; ${fix(number)}`;
  expect(told({ atOnce: 4 }, { "config.json": config(2) })).toEqual([says(2, "later")]);
  expect(told({ atOnce: 1 }, { "config.json": config(2) })).toEqual([says(2, "sooner")]);
});

test.for([undefined, { copy: "20s" }])(
  "more than the 1 that is reckoned where the cluster says none is told: %j",
  (claims) => {
    expect(warned(claims, { "config.json": config(2) })).toMatchObject([
      {
        path: "backup",
        found: "no atOnce, which is 1",
        fix: "write atOnce: 2 in claims, or change loadConcurrency in charts/services/velero/values.ts",
      },
    ]);
    expect(warned(claims, { "config.json": "{}" })).toEqual([]);
  },
);

test.for<readonly [string, object, Readonly<Record<string, string>>]>([
  ["that are the same", { atOnce: 2 }, { "config.json": config(2) }],
  ["where the cluster says none, as it is 1", { copy: "20s" }, { "config.json": config(1) }],
  ["where the node agent is told none", { atOnce: 4 }, { "config.json": "{}" }],
  ["beside a file that is no JSON", { atOnce: 4 }, { "agent.yaml": "loadConcurrency: 2" }],
])("numbers %s are not told", ([, claims, data]) => {
  expect(told(claims, data)).toEqual([]);
});

const small = (matchLabels: object, number: unknown = 1) => ({
  nodeSelector: { matchLabels },
  number,
});
const among = (key: string, operator: string, ...values: readonly string[]) => ({
  nodeSelector: { matchExpressions: [{ key, operator, values }] },
  number: 1,
});
const hostname = "kubernetes.io/hostname";
const other = { cpu: "4", memory: "8Gi", address: "10.0.20.31", labels: { disk: "sd-card" } };
const nodes = {
  slow: other,
  away: { ...other, address: "10.0.20.32", taints: { own: "NoSchedule" } },
};

test.for<readonly [string, string]>([
  ["by its name", config(2, small({ [hostname]: "slow" }))],
  ["by a label of its own", config(2, small({ disk: "sd-card" }))],
  ["by one of several names", config(2, among(hostname, "In", "slow", "other"))],
  ["by a label it has", config(2, among("disk", "Exists"), small({ disk: "nvme" }, 9))],
  ["by what it is not", config(2, among(hostname, "NotIn", "worker-1"))],
  [
    "by the smallest of two",
    config(2, small({ disk: "sd-card" }, 3), small({ [hostname]: "slow" })),
  ],
])("a node that copies fewer than all is told, %s", ([, text]) => {
  const found = warned({ atOnce: 2 }, { "config.json": text }, nodes);
  expect(found).toMatchObject([
    {
      message: expect.stringMatching(
        /^the node slow copies 1 at once, .* done later than is reckoned$/,
      ),
      expected: "the smallest number that `loadConcurrency` of the node agent has",
      fix: expect.stringMatching(/^write atOnce: 1, or /),
    },
  ]);
  expect(warned({ atOnce: 1 }, { "config.json": text }, nodes), "mended").toEqual([]);
});

test.for<readonly [string, string]>([
  ["for a node that is not there", config(2, small({ [hostname]: "slwo" }))],
  ["for a node that copies nothing", config(2, small({ [hostname]: "away" }))],
  ["that is more than that of all", config(2, small({ [hostname]: "slow" }, 4))],
  ["that is none", config(2, small({ [hostname]: "slow" }, 0), small({ disk: "sd-card" }, "1"))],
  ["without a label it has", config(2, among(hostname, "DoesNotExist"))],
  ["for each node, none for all", config(undefined, small({}, 2))],
])("a number %s is not", ([, text]) => {
  expect(warned({ atOnce: 2 }, { "config.json": text }, nodes)).toEqual([]);
});

test("where single nodes are told, all others copy one, as Velero does unless told", () => {
  const text = config(undefined, small({ [hostname]: "slow" }, 4));
  expect(warned({ atOnce: 4 }, { "config.json": text }, nodes)).toMatchObject([
    { fix: expect.stringMatching(/^write atOnce: 1,/) },
  ]);
});
