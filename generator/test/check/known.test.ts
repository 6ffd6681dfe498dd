/** What was clean is looked at again when an answer it depends on may be another one, and only then. */
import { expect, test } from "vitest";
import { checkReleases } from "../../src/check/manifests.ts";
import { questionText } from "../../src/model/rendered.ts";
import type { CheckableRelease } from "../../src/model/rendered.ts";
import { object, rendered } from "./builder.ts";

const binding = object("rbac.authorization.k8s.io/v1", "RoleBinding", "watch", {
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  subjects: [{ kind: "ServiceAccount", name: "watcher", namespace: "media-radarr" }],
});
const elsewhere = { metadata: { name: "watcher", namespace: "media-radarr" } };
const account = object("v1", "ServiceAccount", "watcher", elsewhere);
const unrelated = object("v1", "ConfigMap", "watcher", elsewhere);

const asking = rendered([binding]);
const other = (...objects: Parameters<typeof rendered>[0]) => rendered(objects, { name: "radarr" });

const codes = (releases: readonly CheckableRelease[], changed: readonly CheckableRelease[]) => {
  const clean = checkReleases([asking, other(account)]).clean.get(asking.release);
  const asked = clean === "before" ? [] : (clean ?? []);
  expect(asked).not.toEqual([]);
  const { problems, clean: after } = checkReleases([asking, ...releases], {
    // No answer is compared: what is looked at again is looked at by the rules.
    asked: () => undefined,
    questions: (release) =>
      release === asking.release ? asked.map(([question]) => questionText(question)) : undefined,
    changed: changed.map(({ release, manifests }) => ({
      cluster: release.facts.clusterName,
      namespace: release.service.namespace,
      objects: manifests,
    })),
  });
  return {
    codes: problems.map(({ code }) => code),
    isKnown: after.get(asking.release) === "before",
  };
};

test("an object that others ask for and that goes is missed", () => {
  expect(codes([other(unrelated)], [other(account), other(unrelated)])).toEqual({
    codes: ["MANIFEST_DANGLING_REFERENCE"],
    isKnown: false,
  });
});

test("an object that others ask for and that is another one is looked at again", () => {
  expect(codes([other(account)], [other(account)])).toEqual({ codes: [], isKnown: false });
});

test("what nobody asked for is no reason to look again", () => {
  const third = rendered([unrelated], { name: "lidarr" });
  expect(codes([other(account), third], [third]).isKnown).toBe(true);
});

test("a second object of the same name is found, though only one of the two is new", () => {
  const again = rendered([binding], { name: "radarr" });
  expect(codes([again], [again]).codes).toContain("MANIFEST_DUPLICATE");
});

const onNodes = (namespace: string, nodePort: number) =>
  object("v1", "Service", "side", {
    metadata: { name: "side", namespace },
    spec: { ports: [{ port: 80, nodePort }] },
  });

test("a claim of a release that is new is compared with those of releases that are the same", () => {
  const same = rendered([onNodes("media-sonarr", 30080)]);
  const found = (fresh: CheckableRelease, isSame: (release: unknown) => boolean) =>
    checkReleases([same, fresh], {
      asked: () => undefined,
      questions: (release) => (isSame(release) ? [] : undefined),
      changed: [],
    }).problems.map(({ code }) => code);
  const fresh = other(onNodes("media-radarr", 30080));
  expect(found(fresh, (release) => release === same.release)).toContain("NAME_TAKEN");
  expect(found(other(), (release) => release === same.release)).not.toContain("NAME_TAKEN");
});

test("nothing is read of releases that are the same while no other one claims anything", () => {
  const same = rendered([onNodes("media-sonarr", 30080)]);
  const unread = {
    ...same,
    manifests: same.manifests.map((manifest) => ({
      ...manifest,
      get text(): string {
        throw new Error("was read");
      },
    })),
  };
  const { problems } = checkReleases([unread, other(unrelated)], {
    asked: () => undefined,
    questions: (release) => (release === same.release ? [] : undefined),
    changed: [],
  });
  expect(problems).toEqual([]);
});

const pool = (name: string, addresses: readonly string[]) =>
  rendered([object("metallb.io/v1beta1", "IPAddressPool", name, { spec: { addresses } })], {
    name,
  });
const balanced = rendered([
  object("v1", "Service", "side", {
    spec: { type: "LoadBalancer", loadBalancerIP: "10.0.0.9", ports: [] },
  }),
]);

test("who has a warning is not clean, so that the next run tells it again", () => {
  const { problems, clean } = checkReleases([balanced, pool("metallb", ["10.0.0.200/32"])]);
  expect(problems.map(({ code, severity }) => [code, severity])).toContainEqual([
    "ADDRESS_UNKNOWN",
    "warning",
  ]);
  expect(clean.has(balanced.release)).toBe(false);
});

test("an address is missed when the pool that held it goes, and another one stays", () => {
  const stays = pool("metallb", ["10.0.0.200/32"]);
  const goes = pool("pools", ["10.0.0.9/32"]);
  const found = (changed: readonly CheckableRelease[]) =>
    checkReleases([balanced, stays], {
      asked: () => undefined,
      questions: () => [],
      changed: changed.map(({ release, manifests }) => ({
        cluster: release.facts.clusterName,
        namespace: release.service.namespace,
        objects: manifests,
      })),
    }).problems.map(({ code }) => code);
  expect(found([])).toEqual([]);
  expect(found([goes])).toEqual(["ADDRESS_UNKNOWN"]);
});
