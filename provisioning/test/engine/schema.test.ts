/**
 * The plugin is built from the provider's own code by a description of ours, the npm package by its author's. They are
 * of one version and agree on every resource that RZP makes, or programs would send what the plugin does not know.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { makeWorkspace, tool } from "./support.ts";

interface Schema {
  readonly resources: Readonly<
    Record<string, { readonly inputProperties: object; readonly properties: object }>
  >;
}

const packageFolder = dirname(
  createRequire(import.meta.url).resolve("@muhlba91/pulumi-proxmoxve/package.json"),
);

/** Of a generated class: the names it takes from what programs give (`args`) and from what the engine knows (`state`). */
async function namesOf(
  token: string,
): Promise<{ readonly inputs: string[]; readonly all: string[] }> {
  const [, path = "", name = ""] = /^proxmoxve:(?:index\/)?([^:]+):(.+)$/.exec(token) ?? [];
  const text = await readFile(join(packageFolder, `${path}.js`), "utf8");
  expect(text).toContain(`class ${name} extends`);
  const named = (source: string): string[] => [
    ...new Set(
      [...text.matchAll(new RegExp(`\\["(\\w+)"\\] = [^;]*\\b${source}\\?\\.`, "g"))].map(
        ([, one = ""]) => one,
      ),
    ),
  ];
  return { inputs: named("args").toSorted(), all: named("state").toSorted() };
}

describe("the plugin that is built and the npm package", () => {
  let schema: Schema;

  beforeAll(async () => {
    await using workspace = await makeWorkspace();
    const { stdout } = await promisify(execFile)(
      await tool("pulumi"),
      ["package", "get-schema", await tool("pulumi-resource-proxmoxve")],
      { env: { ...process.env, ...workspace.environment }, maxBuffer: 64 * 1024 ** 2 },
    );
    schema = JSON.parse(stdout) as Schema;
  });

  test("are of one version", async () => {
    const npm = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {
      readonly version: string;
    };
    const info = new URL("../../../tools/proxmoxve/bridge/info.go", import.meta.url);
    const built = /Version = "([^"]+)"/.exec(await readFile(info, "utf8"))?.[1];
    expect(built).toBe(npm.version);
  });

  test.for([
    ["proxmoxve:index/vmLegacy:VmLegacy", 50],
    ["proxmoxve:download/file:File", 10],
    ["proxmoxve:index/fileLegacy:FileLegacy", 7],
    ["proxmoxve:index/poolLegacy:PoolLegacy", 2],
    ["proxmoxve:pool/membership:Membership", 3],
    ["proxmoxve:index/haresource:Haresource", 4],
    ["proxmoxve:index/harule:Harule", 4],
  ] as const)("%s has the same properties in both", async ([token, atLeast]) => {
    const resource = schema.resources[token];
    const { inputs, all } = await namesOf(token);
    // A pattern that finds nothing would agree with everything.
    expect(all.length).toBeGreaterThanOrEqual(atLeast);
    expect(Object.keys(resource?.inputProperties ?? {}).toSorted()).toEqual(inputs);
    expect(Object.keys(resource?.properties ?? {}).toSorted()).toEqual(all);
  });
});
