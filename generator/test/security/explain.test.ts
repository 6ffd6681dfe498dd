/** Each consequence of isolation goes or changes with its causes, and with nothing else. */
import { describe, expect, test } from "vitest";
import { asTree } from "../../src/model/data.ts";
import type { Release } from "../../src/model/platform.ts";
import type { AuthoredService } from "../../src/model/service.ts";
import { readTree } from "../../src/load/tree.ts";
import { isolationConsequences } from "../../src/explain/isolation.ts";
import type { Consequence } from "../../src/explain/consequence.ts";
import { resolveService } from "../../src/resolve/service.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";
import { without } from "../support/without.ts";

const releases = await releasesOf(readTree(projectRoot));
const releaseOf = (name: string): Release => {
  const found = releases.find(
    ({ service, facts }) => service.name === name && facts.name === "prod",
  );
  if (found === undefined) throw new Error(`${name} does not run in prod`);
  return found;
};

/** Each fact that could be left out. */
function facts(name: string): string[][] {
  const spec = asTree(releaseOf(name).service.spec);
  const below = (path: string[], depth: number): string[][] =>
    Object.keys(asTree(path.reduce<unknown>((from, key) => asTree(from)[key], spec))).flatMap(
      (key) => [[...path, key], ...(depth > 1 ? below([...path, key], depth - 1) : [])],
    );
  const mustStay = new Set(["tier", "about", "image", "chart", "components"]);
  return [
    ...Object.keys(spec)
      .filter((key) => !mustStay.has(key))
      .map((key) => [key]),
    ...["account", "storage", "network", "components"].flatMap((key) => below([key], 2)),
    ...below(["sidecars"], 2),
  ].filter(
    (path) =>
      // A component has to be there.
      (path[0] !== "components" || path.length > 2) &&
      (path.length === 1 || !["image", "because", "value", "pods"].includes(path.at(-1) ?? "")),
  );
}

function told(release: Release, path: readonly string[]): readonly Consequence[] {
  const { service, facts: environment } = release;
  const authored = { kind: service.kind, spec: without(service.spec, path) } as AuthoredService;
  const changed = resolveService(service.name, authored, environment);
  return isolationConsequences({ ...release, service: changed });
}

const startsWith = (path: readonly string[], start: readonly string[]) =>
  start.every((key, index) => path[index] === key);
const isCause = ({ causes }: Consequence, fact: readonly string[], absent: boolean) =>
  causes.some(
    (cause) =>
      (cause.absent ?? false) === absent &&
      (startsWith(cause.path, fact) || (absent && startsWith(fact, cause.path))),
  );

describe.for(["vector", "qbittorrent", "sonarr", "metallb", "cert-manager"])("%s", (name) => {
  const release = releaseOf(name);
  const before = isolationConsequences(release);

  test("no two consequences are about the same", () => {
    expect(new Set(before.map(({ about }) => about)).size).toBe(before.length);
  });

  test.for(facts(name).map((path) => [path.join("."), path] as const))("without %s", ([, path]) => {
    const after = new Map(told(release, path).map((one) => [one.about, one]));
    for (const one of before) {
      const now = after.get(one.about);
      if (isCause(one, path, false)) expect(now?.says, one.about).not.toBe(one.says);
      else expect(now?.says, one.about).toBe(one.says);
    }
    for (const now of after.values()) {
      const old = before.find(({ about }) => about === now.about);
      if (old?.says !== now.says) expect(isCause(now, path, true), now.about).toBe(true);
    }
  });
});

test("the reason of an exception is told with it", () => {
  const [level] = isolationConsequences(releaseOf("qbittorrent"));
  expect(level?.says).toBe("enforces privileged");
  expect(level?.causes[0]?.reason).toContain("creates the tunnel");
});

test("a database's instances have the token their operator needs, and its service's file says so", () => {
  const token = isolationConsequences(releaseOf("postgres")).find(({ about }) =>
    about.includes("token"),
  );
  expect(token).toMatchObject({
    about: "pods of postgres, token",
    says: "have that of the account the operator makes for them",
    causes: [{ path: ["runs"] }],
  });
});

test("pods an operator makes loosen the namespace, and no container of the service", () => {
  const release = releaseOf("sonarr");
  const { service, facts: environment } = release;
  const spec = { ...service.spec, operatorPods: { because: "one good reason", value: "baseline" } };
  const changed = resolveService(
    service.name,
    { kind: service.kind, spec } as AuthoredService,
    environment,
  );
  const before = isolationConsequences(release);
  const after = isolationConsequences({ ...release, service: changed });
  const news = after.filter(({ about }) => before.every((one) => one.about !== about));
  expect(news.map(({ about, says, causes }) => [about, says, causes[0]?.reason])).toEqual([
    [
      "Namespace media-sonarr, Pod Security level, for operatorPods",
      "enforces baseline",
      "one good reason",
    ],
    [
      "pods an operator makes in media-sonarr",
      "need baseline, and are judged by no other rule",
      "one good reason",
    ],
  ]);
  expect(after).toHaveLength(before.length + 1);
});

test("bindings and objects elsewhere that a service brings are told", () => {
  const release = releaseOf("sonarr");
  const { service, facts: environment } = release;
  const group = "rbac.authorization.k8s.io";
  const watch = {
    apiVersion: `${group}/v1`,
    kind: "RoleBinding",
    metadata: { name: "watching", namespace: "tools" },
    roleRef: { apiGroup: group, kind: "ClusterRole", name: "view" },
    subjects: [
      { kind: "ServiceAccount", name: "watcher", namespace: "tools" },
      { kind: "Group", name: "household" },
    ],
  };
  const nobody = { ...watch, metadata: undefined, subjects: undefined };
  const settings = { apiVersion: "v1", kind: "ConfigMap" };
  const spec = { ...service.spec, objects: { watch, nobody, settings } };
  const authored = { kind: service.kind, spec } as AuthoredService;
  const changed = resolveService(service.name, authored, environment);
  const before = new Set(isolationConsequences(release).map(({ about }) => about));
  const news = isolationConsequences({ ...release, service: changed }).filter(
    ({ about }) => !before.has(about),
  );
  expect(news.map(({ about, says, causes }) => [about, says, causes[0]?.path.join(".")])).toEqual([
    [
      "RoleBinding watching, under objects",
      "gives ClusterRole view to ServiceAccount tools/watcher, Group household",
      "objects.watch",
    ],
    ["RoleBinding nobody, under objects", "gives ClusterRole view to nobody", "objects.nobody"],
    [
      "RoleBinding watching, its namespace",
      "is in tools, which is not the service's",
      "objects.watch.metadata.namespace",
    ],
  ]);
});
