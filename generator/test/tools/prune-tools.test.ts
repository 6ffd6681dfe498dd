import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { markUsed, pruneTools } from "../../src/tools/prune-tools.ts";
import { makeFakeHost } from "./fake-host.ts";

const dayMs = 24 * 3_600_000;
const ago = (days: number) => new Date(Date.now() - days * dayMs);

test("removes pins, environments and answers nobody used for two months, and keeps what is in use", async () => {
  await using fake = await makeFakeHost();
  const { cache } = fake.host;
  const put = async (entry: string, days: number) => {
    await mkdir(path.join(cache, entry), { recursive: true });
    await writeFile(path.join(cache, entry, "file"), "");
    await utimes(path.join(cache, entry), ago(days), ago(days));
  };
  for (const name of ["crd-sets", "validated"])
    await mkdir(path.join(cache, name), { recursive: true });
  await put("lint-old", 61);
  await put("lint-used", 61);
  await put("lint-new", 59);
  await put("python-old.1", 61);
  await symlink("python-old.1", path.join(cache, "python-old"));
  await put("python-used.1", 61);
  await symlink("python-used.1", path.join(cache, "python-used"));
  await put("crd-sets/old", 61);
  await put("crd-sets/new", 1);
  for (const name of ["crd-sets", "validated"])
    await utimes(path.join(cache, name), ago(61), ago(61));
  await markUsed(path.join(cache, "lint-used/kubectl-validate"), fake.host);
  await markUsed(path.join(cache, "python-used/bin/yamllint"), fake.host);
  await pruneTools(fake.host);
  expect((await readdir(cache)).toSorted()).toEqual([
    "crd-sets",
    "lint-new",
    "lint-used",
    "pruned",
    "python-used",
    "python-used.1",
    "validated",
  ]);
  expect(await readdir(path.join(cache, "crd-sets"))).toEqual(["new"]);
});

test("looks once a day, and a cache that is not there is no matter", async () => {
  await using fake = await makeFakeHost();
  const { cache } = fake.host;
  await pruneTools(fake.host);
  await mkdir(cache, { recursive: true });
  await pruneTools(fake.host);
  await mkdir(path.join(cache, "old"));
  await utimes(path.join(cache, "old"), ago(61), ago(61));
  await pruneTools(fake.host);
  expect(await readdir(cache)).toContain("old");
  await pruneTools(fake.host, Date.now() + 2 * dayMs);
  expect(await readdir(cache)).toEqual(["pruned"]);
});
