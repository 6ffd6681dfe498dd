import { load } from "js-yaml";
import { expect, test } from "vitest";
import { asTree } from "../model/data.ts";
import { annotationsOf, servedVersions } from "./definition-text.ts";
import type { CheckedObject } from "./objects.ts";

/** The object of a text, and whether it was parsed. */
function objectOf(document: string): { object: CheckedObject; isParsed: () => boolean } {
  let parsed = false;
  const object = {
    manifest: { text: document },
    get tree() {
      parsed = true;
      return asTree(load(document));
    },
  } as CheckedObject;
  return { object, isParsed: () => parsed };
}

interface Lines {
  readonly metadata?: string;
  readonly versions?: string;
  readonly end?: string;
}

/** As generators of definitions print them, with other lines in place of some. */
const definition = ({
  metadata = "metadata:\n  annotations:\n    a: one\n  name: jobs.example.com\n",
  versions = "  versions:\n  - name: v1\n    schema:\n      name: no\n    served: true\n  - name: v1beta1\n    served: false\n",
  end = "",
}: Lines) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n${metadata}spec:\n  group: example.com\n${versions}${end}`;

test.for<[string, string, Readonly<Record<string, unknown>>]>([
  ["as generators print it", "metadata:\n  annotations:\n    a: one\n  name: x\n", { a: "one" }],
  ["deeper, with a comment", "metadata: # of x\n    annotations:\n        a: one\n", { a: "one" }],
  [
    "with gaps",
    "metadata:\n\n# why\n  annotations:\n\n    a: one\n# and\n    b: two\n",
    { a: "one", b: "two" },
  ],
  [
    "of several lines",
    "metadata:\n  annotations:\n    a: |\n      one\n\n      spec: two\n",
    { a: "one\n\nspec: two\n" },
  ],
  [
    "with a separator of lines",
    'metadata:\n  annotations:\n    a: "1\u2028spec: 2"\n    b: two\n',
    { a: "1\u2028spec: 2", b: "two" },
  ],
  ["in one line", "metadata: { annotations: { a: one }, name: x }\n", { a: "one" }],
  ["no text", "metadata:\n  annotations: { a: 1 }\n", { a: 1 }],
  ["none", "metadata:\n  name: x\n", {}],
  ["nothing at all", "metadata:\n", {}],
])("annotations are read without the rest: %s", ([, metadata, expected]) => {
  for (const document of [
    definition({ metadata }),
    // Whatever comes first.
    definition({ metadata: "", end: metadata }),
    metadata,
  ]) {
    const { object, isParsed } = objectOf(document);
    expect(annotationsOf(object)).toEqual(expected);
    expect(isParsed()).toBe(false);
  }
});

test.for([
  ["a key in quotes", '"metadata":\n  annotations:\n    a: one\n'],
  ["a key before a space", "metadata :\n  annotations:\n    a: one\n"],
  [
    "an alias of what stands elsewhere",
    "x-known: &known { a: one }\nmetadata:\n  annotations: *known\n",
  ],
])("or the whole is parsed: %s", ([, metadata = ""]) => {
  const { object, isParsed } = objectOf(definition({ metadata }));
  expect(annotationsOf(object)).toEqual({ a: "one" });
  expect(isParsed()).toBe(true);
});

test("a definition in JSON is parsed", () => {
  const document = JSON.stringify({
    kind: "CustomResourceDefinition",
    metadata: { annotations: { a: "one" } },
    spec: { group: "example.com", versions: [{ name: "v1", served: true }] },
  });
  expect(annotationsOf(objectOf(document).object)).toEqual({ a: "one" });
  expect(servedVersions(objectOf(document).object)).toEqual(["example.com/v1"]);
});

test.for<[string, Lines]>([
  ["as generators print it", {}],
  ["served first, in quotes", { versions: "  versions:\n  - served: true\n    name: 'v1'\n" }],
  ["deeper", { versions: "  versions:\n      - name: v1\n        served: true\n" }],
])("versions are read without the rest: %s", ([, other]) => {
  const { object, isParsed } = objectOf(definition(other));
  expect(servedVersions(object)).toEqual(["example.com/v1"]);
  expect(isParsed()).toBe(false);
});

test.for<[string, Lines]>([
  ["a list in one line", { versions: "  versions: [{ name: v1, served: true }]\n" }],
  ["a comment at its key", { versions: "  versions: # all\n  - name: v1\n    served: true\n" }],
  ["an item in one line", { versions: "  versions:\n  - { name: v1, served: true }\n" }],
  ["a key before a space", { versions: "  versions:\n  - name : v1\n    served: true\n" }],
  ["another list as deep below", { end: "status:\n  conditions:\n  - type: Established\n" }],
])("or the whole is parsed for them: %s", ([, other]) => {
  const { object, isParsed } = objectOf(definition(other));
  expect(servedVersions(object)).toEqual(["example.com/v1"]);
  expect(isParsed()).toBe(true);
});

test("a definition of no version serves none", () => {
  expect(servedVersions(objectOf(definition({ versions: "  scope: Cluster\n" })).object)).toEqual(
    [],
  );
});
