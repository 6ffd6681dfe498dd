import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { crdName, readCrdModules } from "../../src/tools/crd-list.ts";
import { ensureCrds, type Crds } from "../../src/tools/crds.ts";
import { codeOf, makeFakeHost, type FakeHost } from "./fake-host.ts";

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.org
spec:
  group: example.org
  names:
    kind: Widget
    plural: widgets
`;

const list = JSON.stringify({
  "//": "",
  modules: [
    { name: "widgets", module: "example.org/widgets@v1.0.0", sum: "h1:good", folders: ["crds"] },
  ],
});

/** A `go` that has the module of the list, with the checksum given. */
async function makeHost(sum: string): Promise<FakeHost> {
  const fake = await makeFakeHost();
  await fake.write("tools/crds/crds.json", list);
  await fake.write("module/crds/widgets.yaml", crd);
  await fake.write("module/crds/kustomization.yaml", "resources: []\n");
  const answer = JSON.stringify({ Dir: join(fake.host.root, "module"), Sum: sum }, null, "\t");
  await fake.program("go", `[ "$1" = env ] && echo go1.99.0 && exit\ncat <<'END'\n${answer}\nEND`);
  return fake;
}

describe("ensureCrds", () => {
  test("unpacks CRDs only, by group, once", async () => {
    await using fake = await makeHost("h1:good");
    const { folder } = (await ensureCrds(fake.host)) as Crds;
    expect(await readdir(folder, { recursive: true })).toEqual([
      "example.org",
      "example.org/widgets.yaml",
    ]);
    expect(await readFile(join(folder, "example.org/widgets.yaml"), "utf8")).toBe(crd);
    await fake.program("go", "exit 1");
    expect(await ensureCrds(fake.host)).toMatchObject({ folder });
  });

  test("refuses a module with another checksum than the pinned one", async () => {
    await using fake = await makeHost("h1:bad");
    expect(await ensureCrds(fake.host)).toMatchObject({
      code: "TOOL_CORRUPT",
      found: "h1:bad",
      expected: "h1:good",
    });
    expect(await readdir(fake.host.cache)).toEqual([]);
  });

  test("refuses a folder without a CRD", async () => {
    await using fake = await makeHost("h1:good");
    await fake.write("module/crds/widgets.yaml", "kind: Other\n");
    expect(codeOf(await ensureCrds(fake.host))).toBe("TOOL_BUILD_FAILED");
    expect(await readdir(fake.host.cache)).toEqual([]);
  });

  test("says what failed when there is no network", async () => {
    await using fake = await makeHost("h1:good");
    const answer = '{\n\t"Error": "x@v1: Get https://p/x: dial tcp: no such host"\n}';
    await fake.program(
      "go",
      `[ "$1" = env ] && echo go1.99.0 && exit\nprintf '%s\\n' '${answer}'\nexit 1`,
    );
    expect(await ensureCrds(fake.host)).toMatchObject({
      code: "TOOL_DOWNLOAD_FAILED",
      message: expect.stringContaining("no such host"),
    });
  });
});

test("crdName reads the group and the plural, and nothing that is no CRD", () => {
  expect(crdName(crd)).toEqual({ group: "example.org", file: "widgets.yaml" });
  expect(crdName(crd.replace("CustomResourceDefinition", "Other"))).toBeUndefined();
});

test("the committed list is well formed", async () => {
  const file = join(import.meta.dirname, "../../../tools/crds/crds.json");
  const modules = readCrdModules(await readFile(file, "utf8"));
  const names = modules.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["gateway-api", "prometheus-operator", "cert-manager"]),
  );
  expect(new Set(names).size).toBe(names.length);
});
