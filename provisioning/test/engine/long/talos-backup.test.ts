/** Nodes and everything on this computer are lost; a backup and the passphrase bring back a cluster with the same authorities. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { open } from "../../../src/backup.ts";
import { backUp, restore } from "../../../src/commands/backups.ts";
import type { Order } from "../../../src/order.ts";
import { passphrase } from "../support.ts";
import { line, orderOf, startSite, type Site } from "../talos-site.ts";

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

test("of KUBECONFIG the context in use is kept, where it is this cluster's; else it is told", async () => {
  const exported = (server: string) => {
    const file = path.join(site.root, "kubeconfig.json");
    const names = [
      ["a", server],
      ["b", "https://10.9.9.9:6443"],
    ] as const;
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: names.map(([name, at]) => ({ name, cluster: { server: at } })),
      users: names.map(([name]) => ({ name, user: { token: `token-of-${name}` } })),
      contexts: names.map(([name]) => ({ name, context: { cluster: name, user: name } })),
      "current-context": "a",
    };
    writeFileSync(file, JSON.stringify(config));
    const environment = { PULUMI_CONFIG_PASSPHRASE: passphrase, KUBECONFIG: file };
    return command(backUp, { environment });
  };
  const keptBy = async ({ text }: { text: string }) =>
    await open(readFileSync(path.join(site.root, text.split("\n")[0] ?? ""), "utf8"), passphrase);
  const ours = await exported(`https://${site.address("control-1")}:6443`);
  expect(lines(ours.problems)).toEqual([]);
  const kubeconfig = (await keptBy(ours))?.kubeconfig;
  expect(kubeconfig).toContain("token-of-a");
  expect(kubeconfig).not.toContain("token-of-b");
  const other = await exported("https://10.8.8.8:6443");
  expect(other.text).toContain(
    "It does not hold what KUBECONFIG leads to: the kubeconfig leads to https://10.8.8.8:6443, which is not an API server of rack.\n",
  );
  // The one Talos gave is.
  const kept = (await keptBy(other))?.kubeconfig ?? "";
  expect(kept).not.toMatch(/token-of/);
  expect(kept).toContain("client-certificate-data");
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
