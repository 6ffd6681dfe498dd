import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { chartObjects } from "./objects.ts";

const objectsOf = (...documents: string[]) =>
  chartObjects(
    documents.map((text) => `---\n# Source: x/templates/y.yaml\n${text}`).join(""),
    "own",
  );
const textsOf = (...documents: string[]) => objectsOf(...documents).objects.map(({ text }) => text);

describe("text of a chart's objects", () => {
  test("stays as Helm printed it, where it says its namespace", () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n    # four spaces\n    name: "a"\n    namespace: own\nspec: { ports: [] }\n';
    expect(textsOf(text)).toEqual([text]);
  });

  test.for([
    {
      how: "in a block",
      metadata: "metadata:\n  name: a\n",
      expected: "metadata:\n  namespace: own\n  name: a\n",
    },
    {
      how: "in a block with comments and four spaces",
      metadata: "metadata: # here\n    # a comment\n\n    labels:\n        b: c\n    name: a\n",
      expected:
        "metadata: # here\n    # a comment\n\n    namespace: own\n    labels:\n        b: c\n    name: a\n",
    },
    {
      how: "in one line",
      metadata: "metadata: { name: a }\n",
      expected: "metadata:\n  name: a\n  namespace: own\n",
    },
    {
      how: "with an empty one",
      metadata: 'metadata:\n  name: a\n  namespace: ""\n',
      expected: "metadata:\n  name: a\n  namespace: own\n",
    },
  ])("gets the namespace of the service, metadata written $how", ({ metadata, expected }) => {
    const head = "apiVersion: v1\nkind: ConfigMap\n";
    expect(textsOf(`${head}${metadata}`)).toEqual([`${head}${expected}`]);
  });

  test.for([
    "metadata:\n  name: a\n",
    "metadata:\n  annotations:\n    b: c\n  name: a\n",
    "metadata:\n  annotations: { b: c }\n  name: a\n",
    "metadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-options: Replace=true\n",
    "metadata:\n  name: a\n  annotations:\n",
  ])("says of a claim that it is kept: %j", (metadata) => {
    const [text = ""] = textsOf(`apiVersion: v1\nkind: PersistentVolumeClaim\n${metadata}`);
    const { annotations, namespace } = (
      load(text) as { metadata: { annotations: Record<string, string>; namespace: string } }
    ).metadata;
    expect(namespace).toBe("own");
    expect(annotations["argocd.argoproj.io/sync-options"]).toMatch(
      /^(Replace=true,)?Prune=false,Delete=false$/,
    );
    if (metadata.includes("b: c")) expect(annotations["b"]).toBe("c");
  });

  test("written anew it means what Kubernetes reads: old octal numbers, yes and no, the last of two keys", () => {
    const [text] = textsOf(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nmode: 0644\nmode: 0600\nanswer: 'yes'\n",
    );
    expect(text).toMatch(/^mode: (0600|384)$/m);
    expect(text).toMatch(/^answer: ["']yes["']$/m);
  });
});

describe("objects of a chart", () => {
  const header = ({
    apiVersion,
    kind,
    name,
    namespace,
  }: ReturnType<typeof objectsOf>["objects"][number]) =>
    `${apiVersion} ${kind} ${namespace ?? "-"}/${name}`;

  test("a List is its items; tests, comments and empty documents are none", () => {
    const { objects } = objectsOf(
      "apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Service, metadata: { name: a } }\n  - { apiVersion: v1, kind: Pod, metadata: { name: t, annotations: { helm.sh/hook: 'test-success' } } }\n",
      "# nothing but a comment\n",
      "\n",
    );
    expect(objects.map(header)).toEqual(["v1 Service own/a"]);
  });

  test("cluster-scoped ones have no namespace, also of kinds the chart defines itself", () => {
    const { objects } = objectsOf(
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: 'a:b', namespace: wrong }\n",
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: places.x.io }\nspec: { group: x.io, scope: Cluster, names: { kind: Place } }\n",
      "apiVersion: x.io/v1\nkind: Place\nmetadata: { name: here }\n",
      "apiVersion: x.io/v1\nkind: Thing\nmetadata: { name: one }\n",
    );
    expect(objects.map(header)).toEqual([
      "rbac.authorization.k8s.io/v1 ClusterRole -/a:b",
      "apiextensions.k8s.io/v1 CustomResourceDefinition -/places.x.io",
      "x.io/v1 Place -/here",
      "x.io/v1 Thing own/one",
    ]);
  });

  test("what no file can hold is told", () => {
    expect(
      objectsOf("apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }\n").nameless,
    ).toEqual(["Pod"]);
    for (const text of [
      "kind: Pod\nmetadata: { name: a }\n",
      "- a list\n",
      "a: [\n",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: ../a }\n",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b/c }\n",
    ]) {
      expect(objectsOf(text), text).toMatchObject({
        objects: [],
        unreadable: [expect.any(String)],
      });
    }
  });
});
