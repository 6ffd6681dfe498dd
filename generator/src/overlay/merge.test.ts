import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { has, merge } from "./merge.ts";

describe("merge", () => {
  test("maps merge key by key", () => {
    expect(merge({ env: { A: "1", B: "2" } }, { env: { B: "3", C: "4" } })).toEqual({
      env: { A: "1", B: "3", C: "4" },
    });
  });

  test("lists and scalars replace", () => {
    expect(merge({ args: ["a", "b"], replicas: 1 }, { args: ["c"], replicas: 2 })).toEqual({
      args: ["c"],
      replicas: 2,
    });
  });

  test("one mount and a list of them replace each other", () => {
    const [one, list] = [{ mountPath: "/one", readOnly: true }, ["/one", { mountPath: "/two" }]];
    expect(merge({ mounts: { data: one } }, { mounts: { data: list } })).toEqual({
      mounts: { data: list },
    });
    expect(merge({ mounts: { data: list } }, { mounts: { data: one } })).toEqual({
      mounts: { data: one },
    });
  });

  test.for([
    [{ secret: "a" }, { from: "postgres", key: "host" }],
    [{ secret: "a" }, { secret: "b" }],
    [{ cluster: "domain" }, "text"],
    [
      { because: "one reason", value: { user: 0 } },
      { because: "another", value: { addCapabilities: ["NET_ADMIN"] } },
    ],
  ])("a reference is one value: %j", ([base, difference]) => {
    expect(merge({ x: base }, { x: difference })).toEqual({ x: difference });
  });

  test("a volume merges field by field", () => {
    expect(
      merge({ config: { holds: "state", size: "1Gi", at: "/c" } }, { config: { size: "2Gi" } }),
    ).toEqual({ config: { holds: "state", size: "2Gi", at: "/c" } });
  });

  test("a map with a key that only looks like a reference merges", () => {
    expect(merge({ env: { from: "a", to: "b" } }, { env: { to: "c" } })).toEqual({
      env: { from: "a", to: "c" },
    });
  });

  test("a map with one key that is called like a reference merges all the same", () => {
    expect(merge({ env: { TZ: "a", PORT: "1" } }, { env: { file: "b" } })).toEqual({
      env: { TZ: "a", PORT: "1", file: "b" },
    });
    expect(
      merge(
        { values: { cluster: { instances: 3, storage: "x" } } },
        { values: { cluster: { instances: 1 } } },
      ),
    ).toEqual({ values: { cluster: { instances: 1, storage: "x" } } });
  });

  test("remove takes out a path, also with dots in its key", () => {
    expect(
      merge({ routes: { web: 1, api: 2 }, files: { "/etc/a.yml": "x" } }, {}, [
        "routes.web",
        "files./etc/a.yml",
      ]),
    ).toEqual({ routes: { api: 2 }, files: {} });
  });

  test("a path that leads nowhere removes nothing", () => {
    const base = { routes: { web: 1 } };
    expect(has(base, "routes.api")).toBe(false);
    expect(has(base, "routes.web")).toBe(true);
    expect(has(base, "routes.web.host")).toBe(false);
    expect(merge(base, {}, ["routes.api", "nothing"])).toEqual(base);
  });

  const tree = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.integer(),
      fc.string(),
      fc.array(fc.integer()),
      tie("map"),
    ),
    map: fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie("value"), { maxKeys: 4 }),
  })).map;

  test("an empty difference changes nothing, and neither input is touched", () => {
    fc.assert(
      fc.property(tree, tree, (base, difference) => {
        const before = structuredClone([base, difference]);
        expect(merge(base, {})).toEqual(base);
        merge(base, difference);
        expect([base, difference]).toEqual(before);
      }),
    );
  });

  test("the difference wins: merging it again changes nothing", () => {
    fc.assert(
      fc.property(tree, tree, (base, difference) => {
        expect(merge(merge(base, difference), difference)).toEqual(merge(base, difference));
      }),
    );
  });
});
