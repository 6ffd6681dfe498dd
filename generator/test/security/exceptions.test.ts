/** The rendered trees against the written list of exceptions. */
import { describe, expect, test } from "vitest";
import { at, map } from "../../src/model/reading.ts";
import { loosest } from "../../src/model/pod-security.ts";
import { foundBreaches } from "../../src/security/breaches.ts";
import { exceptions, tokenHolders } from "./exceptions.ts";
import { renderedTree } from "./rendered-tree.ts";

const environments = renderedTree();
const enforced = "pod-security.kubernetes.io/enforce";
const service = "rzp.local/service";

test("a namespace that is not restricted is on the list, with that level, and the list names no other", () => {
  const found = environments.flatMap(({ namespaces }) =>
    namespaces.map((one) => map(one, "metadata", "labels")),
  );
  expect(found.length).toBeGreaterThan(20);
  const loose = found
    .filter((labels) => labels[enforced] !== "restricted")
    .map((labels) => [labels[service], labels[enforced]]);
  expect(Object.fromEntries(loose)).toEqual(
    Object.fromEntries(Object.entries(exceptions).map(([name, { level }]) => [name, level])),
  );
});

test("audit and warn say what is enforced", () => {
  for (const namespace of environments.flatMap(({ namespaces }) => namespaces)) {
    const labels = map(namespace, "metadata", "labels");
    expect(labels["pod-security.kubernetes.io/audit"]).toBe(labels[enforced]);
    expect(labels["pod-security.kubernetes.io/warn"]).toBe(labels[enforced]);
  }
});

describe.for(environments)("$name", ({ namespaces, pods }) => {
  test("each namespace enforces the least level its pods need", () => {
    for (const [name, own] of Map.groupBy(pods, (pod) => at(pod, "metadata", "namespace"))) {
      const namespace = namespaces.find((one) => at(one, "metadata", "name") === name);
      const needed = own.flatMap((pod) =>
        foundBreaches({
          spec: map(pod, "spec"),
          annotations: map(pod, "metadata", "annotations"),
        }).map(({ needs }) => needs),
      );
      expect(at(namespace, "metadata", "labels", enforced), String(name)).toBe(loosest(needed));
    }
  });

  test("pods beyond the list keep every rule; a token is for who declares what it does with it", () => {
    const tokens: string[] = [];
    for (const pod of pods) {
      const name = String(at(pod, "metadata", "labels", "app.kubernetes.io/name"));
      const broken = foundBreaches({
        spec: map(pod, "spec"),
        annotations: map(pod, "metadata", "annotations"),
      });
      if (broken.some(({ rule }) => rule === "token")) tokens.push(name);
      const others = broken.filter(({ rule }) => rule !== "token");
      if (!(name in exceptions)) expect(others, name).toEqual([]);
    }
    expect(tokens.filter((name) => !(name in tokenHolders))).toEqual([]);
  });
});
