/** What a release asked about others is answered alike as long as the answer is the same, however it was made. */
import { expect, test } from "vitest";
import type { ClusterObjects, CheckedObject } from "../../src/check/objects.ts";
import { isAnsweredAlike, viewOf } from "../../src/check/view.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import type { Release } from "../../src/model/platform.ts";

const release = (name: string) =>
  ({
    facts: { name: "prod" },
    service: { name, spec: {}, components: [], volumes: [] },
  }) as unknown as Release;
const asker = release("asker");
const other = release("other");

const treeOf = (manifest: Manifest): ClusterObjects => {
  const object: CheckedObject = {
    release: other,
    manifest,
    kind: "/Service",
    tree: {},
    forget: () => undefined,
  };
  return { find: () => object, inNamespace: () => [object], owner: () => other };
};
const text = "kind: Service\n";
const made: Manifest = { apiVersion: "v1", kind: "Service", name: "web", namespace: "a", text };
const kept: Manifest = { text, namespace: "a", name: "web", kind: "Service", apiVersion: "v1" };

function askedOf(tree: ClusterObjects) {
  const view = viewOf(tree, asker, []);
  view.tree.find("home", "/Service", "a", "web");
  view.tree.inNamespace("home", "/Service", "a");
  return view.asked();
}

test("the same object with its keys in another order is the same answer", () => {
  expect(isAnsweredAlike(treeOf(kept), asker, askedOf(treeOf(made)))).toBe(true);
});

test.for([
  ["another text", { text: "kind: Service\nmetadata: {}\n" }],
  ["a chart's", { vendored: true as const }],
  ["another name", { name: "api" }],
] as const)("%s is another answer", ([, change]) => {
  expect(isAnsweredAlike(treeOf({ ...kept, ...change }), asker, askedOf(treeOf(made)))).toBe(false);
});
