/** What is told of the Helm that would be taken: it changes with whatever changes the choice. */
import { chmod, mkdir, rename, symlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { helmIdentity, helmOnPath } from "../../src/tools/helm-identity.ts";
import { isLasting } from "../../src/tools/helm-probe.ts";
import { makeFakeHost, type FakeHost } from "./fake-host.ts";

const identity = ({ host }: FakeHost, more: Readonly<Record<string, string>> = {}) =>
  helmIdentity({ ...host.environment, RZP_TOOLS_CACHE: host.cache, ...more });

const built = "../cache/helm-0123456789abcdef/helm";

test.for<readonly [string, (fake: FakeHost) => Promise<unknown>]>([
  ["an upgrade of it in place", (fake) => fake.program("helm", "echo v4.9.9")],
  [
    "an upgrade of the same size and time",
    async (fake) => {
      const file = await fake.program("new", "echo v4.0.1");
      await utimes(file, new Date(0), new Date(0));
      await rename(file, join(dirname(file), "helm"));
    },
  ],
  ["one that is built here", (fake) => fake.write(built, "")],
])("of `helm` on PATH: %s is seen", async ([, change]) => {
  await using fake = await makeFakeHost();
  const file = await fake.program("helm", "echo v4.0.0");
  await utimes(file, new Date(0), new Date(0));
  const before = identity(fake);
  expect(identity(fake)).toBe(before);
  await change(fake);
  expect(identity(fake)).not.toBe(before);
});

test("what leads elsewhere is as what it leads to", async () => {
  await using fake = await makeFakeHost();
  const folder = join(fake.host.root, "bin");
  await mkdir(folder);
  const target = await fake.program("helm-4.0.0", "echo v4.0.0");
  await symlink(target, join(folder, "helm"));
  const before = identity(fake, { PATH: folder });
  await fake.program("helm-4.0.0", "echo v4.0.1, which is longer");
  expect(identity(fake, { PATH: folder })).not.toBe(before);
});

test("another folder of PATH matters only where its `helm` would be taken", async () => {
  await using fake = await makeFakeHost();
  const file = await fake.program("helm", "echo v4.0.0");
  const folder = join(fake.host.root, "bin");
  const before = identity(fake);
  const wider = { PATH: `relative:${folder}:${dirname(file)}` };
  expect(identity(fake, wider)).toBe(before);
  await fake.write("bin/helm", "no program");
  expect(identity(fake, wider)).toBe(before);
  expect(helmOnPath(wider)).toBe(file);
  await chmod(join(folder, "helm"), 0o755);
  expect(identity(fake, wider)).not.toBe(before);
});

test("of the one that RZP_HELM names, and of no other", async () => {
  await using fake = await makeFakeHost();
  const own = { RZP_HELM: await fake.program("my-helm", "echo v4.0.0") };
  const before = identity(fake, own);
  await fake.program("helm", "echo v4.0.0");
  expect(identity(fake, own)).toBe(before);
  await fake.program("my-helm", "echo v4.1.0, which is longer");
  expect(identity(fake, own)).not.toBe(before);
  expect(identity(fake, { RZP_HELM: "" })).toBe(identity(fake));
});

const padding = "#".repeat(1_100_000);

test.for([
  ["a binary", "helm-4.1", padding, true],
  ["a script", "helm", "", false],
  ["a version manager", "mise", padding, false],
] as const)("%s is remembered or not", async ([, name, text, expected]) => {
  await using fake = await makeFakeHost();
  expect(await isLasting(await fake.program(name, text))).toBe(expected);
});

test("one that is gone does not last", async () => {
  expect(await isLasting("/nowhere/helm")).toBe(false);
});
