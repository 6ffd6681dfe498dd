/** How many claims a node copies at once: what is reckoned beside what the node agent is told. */
import { expect, test } from "vitest";
import { build } from "../model-leaves/build.ts";
import { backed, chart, sceneWith } from "../model-leaves/scene.ts";

const config = (globalConfig: number) => JSON.stringify({ loadConcurrency: { globalConfig } });

/** In: claims as the cluster says them, files of a ConfigMap of Velero. */
function warned(claims: object | undefined, data: Readonly<Record<string, string>>) {
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
