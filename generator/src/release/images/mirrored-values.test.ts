import { expect, test } from "vitest";
import { withMirroredValues } from "./mirrored-values.ts";

const mirrors = {
  "docker.io": "registry.lan/hub",
  "quay.io": "registry.lan/quay",
  "quay.io/special": "other.lan",
  "https://charts.example.com": "oci://registry.lan/charts",
};

test.for<[string, object, object]>([
  [
    "an image as one text, in a list too",
    { initContainers: [{ name: "plugin", image: "docker.io/velero/plugin:v1@sha256:0" }] },
    { initContainers: [{ name: "plugin", image: "registry.lan/hub/velero/plugin:v1@sha256:0" }] },
  ],
  [
    "a repository, at any depth",
    { a: { image: { repository: "quay.io/x/y", tag: "1" } } },
    { a: { image: { repository: "registry.lan/quay/x/y", tag: "1" } } },
  ],
  [
    "a registry beside its repository",
    { image: { registry: "quay.io", repository: "x/y", tag: "1" } },
    { image: { registry: "registry.lan", repository: "quay/x/y", tag: "1" } },
  ],
  [
    "the longest prefix over both parts",
    { image: { registry: "quay.io", repository: "special/y" } },
    { image: { registry: "other.lan", repository: "y" } },
  ],
])("mirrored: %s", ([, values, expected]) => {
  expect(withMirroredValues(values, mirrors)).toEqual(expected);
});

test.for<[string, object]>([
  ["a registry without a mirror", { image: "ghcr.io/x/y:1" }],
  ["a longer name of a registry", { repository: "quay.io.example.com/x/y" }],
  [
    "a text without a registry, before which the chart may put one",
    { repository: "velero/velero" },
  ],
  ["one without a path", { image: "busybox:1.37" }],
  ["a registry alone", { image: { registry: "quay.io" } }],
  [
    "two parts of which the registry has no mirror",
    { registry: "ghcr.io", repository: "quay.io/x/y" },
  ],
  ["an empty registry, and a repository without one", { registry: "", repository: "x/y" }],
  ["an address", { repository: "https://quay.io/x/y", url: "quay.io/x/y" }],
  ["what only begins so and is no image's key", { args: ["quay.io/x/y:1"], name: "docker.io/a" }],
  ["what is no text", { image: null, repository: 5, registry: true, images: ["a"] }],
])("left as it is: %s", ([, values]) => {
  expect(withMirroredValues(values, mirrors)).toEqual(values);
});

test("without mirrors nothing is copied", () => {
  const values = { image: "quay.io/x/y:1" };
  expect(withMirroredValues(values, {})).toBe(values);
});
