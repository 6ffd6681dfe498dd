/** What `validate` does where its cache takes nothing. The validator is a script that lets everything pass. */
import { chmod } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { goToolPaths } from "../../src/tools/go-tool-paths.ts";
import { validateRendered } from "../../src/tools/validate.ts";
import { makeFakeHost, type FakeHost } from "./fake-host.ts";

const crd = (kind: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${kind}s.example.org
spec:
  group: example.org
  names:
    plural: ${kind}s
`;

/** A tree with one CRD, which is rendered, and another one that is pinned. */
async function makeTree(): Promise<FakeHost> {
  const fake = await makeFakeHost();
  const { host } = fake;
  const module = { name: "w", module: "example.org/w@v1.0.0", sum: "h1:good", folders: ["crds"] };
  await fake.write("tools/crds/crds.json", JSON.stringify({ "//": "", modules: [module] }));
  await fake.write("module/crds/widgets.yaml", crd("widget"));
  const answer = JSON.stringify({ Dir: join(host.root, "module"), Sum: "h1:good" }, null, "\t");
  await fake.program("go", `[ "$1" = env ] && echo go1.99.0 && exit\ncat <<'END'\n${answer}\nEND`);
  const file = "kubernetes/prod/a/crd-gadgets.yaml";
  await fake.write(file, crd("gadget"));
  const { binary = "" } = (await goToolPaths("kubectl-validate", host)) ?? {};
  const report = JSON.stringify({ [file]: [{ status: "Success" }] });
  await fake.write(relative(host.root, binary), `#!/bin/sh\necho '${report}'\n`);
  await chmod(binary, 0o755);
  return fake;
}

/** A file where a folder of the cache would be: nothing can be written below it, by root neither. */
const block = (fake: FakeHost, folder: string) => fake.write(`../cache/${folder}`, "");

test("an object that passed is remembered", async () => {
  await using fake = await makeTree();
  const counts = async () => (await validateRendered(fake.host, "1.35")).counts;
  expect(await counts()).toEqual({ objects: 1, unchanged: 0, checked: 1 });
  expect(await counts()).toEqual({ objects: 1, unchanged: 1, checked: 0 });
});

test("where that cannot be written, it is checked again, and that is all", async () => {
  await using fake = await makeTree();
  await block(fake, "validated");
  for (const _ of [1, 2])
    expect(await validateRendered(fake.host, "1.35")).toEqual({
      problems: [],
      counts: { objects: 1, unchanged: 0, checked: 1 },
    });
});

test("where rendered CRDs cannot be put beside the pinned ones, it says so", async () => {
  await using fake = await makeTree();
  await block(fake, "crd-sets");
  expect(await validateRendered(fake.host, "1.35")).toMatchObject({
    problems: [{ code: "TOOL_CACHE_UNUSABLE", message: expect.stringContaining(fake.host.cache) }],
    counts: { objects: 1, unchanged: 0, checked: 0 },
  });
});
