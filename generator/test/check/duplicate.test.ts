import { expect, test } from "vitest";
import { clusterObject, deployment, findings, messages, object, rendered } from "./builder.ts";

const code = "MANIFEST_DUPLICATE";

test("two services that render one object are both named", () => {
  const [problem, ...others] = findings(
    code,
    rendered([deployment()]),
    rendered([deployment()], { name: "radarr" }),
  );
  expect(others).toEqual([]);
  expect(problem?.message).toBe(
    "Deployment media-sonarr/sonarr: sonarr in prod renders the same object on cluster home",
  );
  expect(problem?.place.file).toBe("charts/services/radarr/values.ts");
  expect(problem?.related).toEqual([
    { file: "charts/services/sonarr/values.ts", note: "the other source, in prod" },
  ]);
});

test("two environments on one cluster", () => {
  const dev = rendered([clusterObject("v1", "PersistentVolume", "media")], { environment: "dev" });
  const prod = rendered([clusterObject("v1", "PersistentVolume", "media")]);
  const found = findings(code, dev, prod);
  expect(messages(found)).toEqual([
    "PersistentVolume media: sonarr in dev renders the same object on cluster home",
  ]);
  expect(found[0]?.environments).toEqual(["prod"]);
  expect(found[0]?.fix).toContain("different prefixes");
});

test("three sources give two findings", () => {
  expect(findings(code, rendered([deployment(), deployment(), deployment()]))).toHaveLength(2);
});

test.for([
  [
    "on two clusters",
    rendered([deployment()]),
    rendered([deployment()], { environment: "dev", clusterName: "lab" }),
  ],
  [
    "another kind",
    rendered([object("v1", "ConfigMap", "a")]),
    rendered([object("v1", "Secret", "a")], { name: "radarr" }),
  ],
  [
    "another group of the same kind",
    rendered([object("postgresql.cnpg.io/v1", "Backup", "a")]),
    rendered([object("velero.io/v1", "Backup", "a")], { name: "radarr" }),
  ],
  [
    "another name",
    rendered([object("v1", "ConfigMap", "a")]),
    rendered([object("v1", "ConfigMap", "b")], { name: "radarr" }),
  ],
  [
    "another namespace",
    rendered([object("v1", "ConfigMap", "a")]),
    rendered(
      [object("v1", "ConfigMap", "a", { metadata: { name: "a", namespace: "media-radarr" } })],
      { name: "radarr" },
    ),
  ],
] as const)("no finding: %s", ([, first, second]) => {
  expect(findings(code, first, second)).toEqual([]);
});

test("versions of a group are the same object", () => {
  expect(
    findings(
      code,
      rendered([
        object("metallb.io/v1beta1", "BGPPeer", "a"),
        object("metallb.io/v1beta2", "BGPPeer", "a"),
      ]),
    ),
  ).toHaveLength(1);
});
