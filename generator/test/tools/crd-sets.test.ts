/** Which CRD counts for an environment: its own rendered one, else another's, else the pinned one. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crdsByEnvironment } from "../../src/tools/crd-sets.ts";
import type { Crds } from "../../src/tools/crds.ts";
import { readRenderedFiles } from "../../src/tools/rendered-files.ts";
import { makeFakeHost } from "./fake-host.ts";
import type { FakeHost } from "./fake-host.ts";

const crd = (kind: string, remark: string) => `# ${remark}
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${kind.toLowerCase()}s.example.org
spec:
  group: example.org
  names:
    kind: ${kind}
    plural: ${kind.toLowerCase()}s
`;

/** In: rendered files by environment and name, beside a pinned Widget. Out: what CRDs each environment has. */
async function setsOf(
  fake: FakeHost,
  files: Readonly<Record<string, string>>,
): Promise<{ readonly pinned: Crds; readonly sets: ReadonlyMap<string, Crds> }> {
  await fake.write("pinned/example.org/widgets.yaml", crd("Widget", "pinned"));
  for (const [file, text] of Object.entries(files)) await fake.write(`kubernetes/${file}`, text);
  const pinned = { folder: join(fake.host.root, "pinned"), hash: "pinned" };
  const rendered = await readRenderedFiles(fake.host.root);
  return { pinned, sets: await crdsByEnvironment(rendered, pinned, fake.host) };
}

const textIn = (crds: Crds | undefined, file: string) =>
  readFile(join(crds?.folder ?? "", "example.org", file), "utf8").then(
    (text) => text.split("\n")[0],
    () => "none",
  );

test("without a rendered CRD all have the pinned ones, as they are", async () => {
  await using fake = await makeFakeHost();
  const { pinned, sets } = await setsOf(fake, {
    "dev/a/configmap-a.yaml": "apiVersion: v1\nkind: ConfigMap\n",
    "prod/a/configmap-a.yaml": "apiVersion: v1\nkind: ConfigMap\n",
  });
  expect([...sets]).toEqual([
    ["dev", pinned],
    ["prod", pinned],
  ]);
});

test("a rendered CRD goes before the pinned one, also for environments that share the cluster", async () => {
  await using fake = await makeFakeHost();
  const { pinned, sets } = await setsOf(fake, {
    "dev/a/configmap-a.yaml": "apiVersion: v1\nkind: ConfigMap\n",
    "prod/a/crd-widgets.yaml": crd("Widget", "of prod"),
  });
  expect(await textIn(sets.get("prod"), "widgets.yaml")).toBe("# of prod");
  expect(sets.get("dev")).toEqual(sets.get("prod"));
  expect(await textIn(pinned, "widgets.yaml"), "the pins are never written to").toBe("# pinned");
});

test("an environment's own goes before another's, and pinned ones of other kinds stay", async () => {
  await using fake = await makeFakeHost();
  const { sets } = await setsOf(fake, {
    "dev/a/crd-gadgets.yaml": crd("Gadget", "of dev"),
    "prod/a/crd-gadgets.yaml": crd("Gadget", "of prod"),
  });
  for (const name of ["dev", "prod"]) {
    expect(await textIn(sets.get(name), "gadgets.yaml")).toBe(`# of ${name}`);
    expect(await textIn(sets.get(name), "widgets.yaml")).toBe("# pinned");
  }
  expect(sets.get("dev")?.hash).not.toBe(sets.get("prod")?.hash);
});

test("the same CRDs have the same folder in the next run", async () => {
  await using fake = await makeFakeHost();
  const files = { "prod/a/crd-gadgets.yaml": crd("Gadget", "of prod") };
  const { sets } = await setsOf(fake, files);
  expect((await setsOf(fake, files)).sets).toEqual(sets);
});

test("a rendered file is known by its environment, its text and the groups of its objects", async () => {
  await using fake = await makeFakeHost();
  await fake.write(
    "kubernetes/prod/a/both.yaml",
    'apiVersion: v1\nkind: A\n---\napiVersion: "apps/v1"\nkind: B\n---\napiVersion: apps/v1\nkind: C\n',
  );
  await fake.write("kubernetes/dev/_argocd/none.yaml", "# nothing\n");
  const [none, both, ...others] = await readRenderedFiles(fake.host.root);
  expect(others).toEqual([]);
  expect(none).toMatchObject({
    file: "kubernetes/dev/_argocd/none.yaml",
    environment: "dev",
    groups: [],
  });
  expect(both).toMatchObject({ environment: "prod", groups: ["", "apps"] });
  expect(both?.hash).not.toBe(none?.hash);
});
