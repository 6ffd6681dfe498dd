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

test.for([
  [
    "Service",
    "sonarr",
    "ports already",
    'call objects.mine sonarr-2, or change the one that is there with patches: { "service/sonarr": { … } }',
  ],
  [
    "PersistentVolumeClaim",
    "config",
    "storage.config already",
    'call objects.mine config-2, or change the one that is there with patches: { "persistentvolumeclaim/config": { … } }',
  ],
  [
    "NetworkPolicy",
    "default-deny",
    "its connections already",
    "call objects.mine default-deny-2, or take it out, as RZP makes it of its connections",
  ],
] as const)("an own object with the name of a derived one: %s", ([kind, name, made, fix]) => {
  const own = { apiVersion: "v1", kind, metadata: { name } };
  const release = rendered([object("v1", kind, name), object("v1", kind, name)], {
    spec: { objects: { mine: own } },
  });
  expect(findings(code, release)).toMatchObject([
    {
      message: `${kind} ${name}: it is made of ${made}`,
      found: `${kind} ${name} twice`,
      keys: ["objects", "mine", "metadata", "name"],
      fix,
    },
  ]);
});

test("two own objects of one name, and the next one is not free", () => {
  const own = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
  const objects = ["a", "a", "a-2"].map((name) => object("v1", "ConfigMap", name));
  const release = rendered(objects, { spec: { objects: { one: own, two: own } } });
  expect(findings(code, release)).toMatchObject([
    {
      message: "ConfigMap a: objects.one and objects.two are one object",
      fix: "call objects.two a-3",
    },
  ]);
});
