/** Nodes and everything on this computer are lost; a backup and the passphrase bring back a cluster with the same authorities. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp, restore } from "../../src/commands/backups.ts";
import type { Order } from "../../src/commands/order.ts";
import { passphrase } from "./support.ts";
import { line, orderOf, startSite, type Site } from "./talos-site.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite(72, { boot: "100ms" });
});
afterAll(() => site?.[Symbol.asyncDispose]());

const lines = (problems: readonly Parameters<typeof line>[0][]) => problems.map(line);
const command = async (work: typeof backUp, more: Partial<Order> = {}) => {
  const said = { texts: [] as string[], progress: [] as string[] };
  const problems = await work({ ...orderOf(site.root, {}, said), ...more }, site.facts);
  return { problems, text: said.texts.join("") };
};
/** Authorities and keys of the first control plane, whose configuration has them all. */
const authorities = async () => {
  const [first] = (await site.fake.state()).nodes;
  return [...(first?.config ?? "").matchAll(/(?:crt|key|secret|token): (\S{16,})/g)].map(
    ([, one]) => one,
  );
};

test("the same authorities come back, and etcd begins anew", async () => {
  expect(lines((await site.bring()).problems)).toEqual([]);
  const before = await authorities();
  expect(before.length).toBeGreaterThan(8);

  const { text, problems } = await command(backUp);
  expect(lines(problems)).toEqual([]);
  expect(text).toContain("It holds the state, the machine secrets of Talos, the kubeconfig.\n");
  const sealed = readFileSync(path.join(site.root, text.split("\n")[0] ?? ""), "utf8");
  for (const secret of [...before, passphrase]) expect(sealed).not.toContain(secret);

  const elsewhere = path.join(site.root, "kept-elsewhere.age");
  writeFileSync(elsewhere, sealed);
  rmSync(path.join(site.root, ".infra"), { recursive: true });
  for (const { address } of (await site.fake.state()).nodes) await site.fake.reset(address);

  expect(lines((await command(restore, { from: elsewhere })).problems)).toEqual([]);
  const again = await site.bring();
  expect(lines(again.problems)).toEqual([]);
  expect(again.text).toContain("control-1 begins etcd\n");
  expect(await authorities()).toEqual(before);
});

test("machine secrets that are here and are others are not written over", async () => {
  const file = path.join(site.root, ".infra/talos/rack.age");
  const kept = readFileSync(file, "utf8");
  rmSync(file);
  for (const { address } of (await site.fake.state()).nodes) await site.fake.reset(address);
  expect(lines((await site.bring()).problems)).toEqual([]);
  const ours = readFileSync(file, "utf8");
  expect(ours).not.toBe(kept);
  const { problems } = await command(restore, { from: path.join(site.root, "kept-elsewhere.age") });
  expect(lines(problems)).toEqual([
    expect.stringMatching(/^STATE_EXISTS .*rack\.age holds other machine secrets than the backup/),
  ]);
  expect(readFileSync(file, "utf8")).toBe(ours);
});
