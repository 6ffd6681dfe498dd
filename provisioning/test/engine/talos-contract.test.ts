/** What both kinds of clusters keep to: one that Talos makes of its nodes, and one that is there, which is the same with a kubeconfig. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterBackend } from "../../src/cluster/cluster.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { KeptSecrets } from "../../src/cluster/talos/secrets.ts";
import type { Facts } from "../../src/facts.ts";
import { openText } from "../../src/sealed.ts";
import { passphrase } from "./support.ts";
import { orderOf, startSite, type Site } from "./talos-site.ts";

let site: Site;
let kubeconfig = "";
beforeAll(async () => {
  site = await startSite(71);
  expect((await site.bring()).problems).toEqual([]);
  const sealed = readFileSync(path.join(site.root, ".infra/talos/rack.age"), "utf8");
  const kept = KeptSecrets.parse(JSON.parse((await openText(sealed, passphrase)) ?? ""));
  kubeconfig = path.join(site.root, "kubeconfig");
  writeFileSync(kubeconfig, kept.kubeconfig ?? "", { mode: 0o600 });
});
afterAll(() => site?.[Symbol.asyncDispose]());

const existing = (facts: Facts): Facts => {
  const { talos: _, ...cluster } = facts.cluster;
  return { ...facts, cluster };
};
const backends: Readonly<Record<string, (facts: Facts) => ClusterBackend>> = {
  talos: (facts) => clusterOf(order({}), facts),
  existing: (facts) => clusterOf(order({ KUBECONFIG: kubeconfig }), existing(facts)),
};
const order = (variables: Readonly<Record<string, string>>) =>
  orderOf(site.root, { variables, minutes: 0.1 }, { texts: [], progress: [] });
const elsewhere = (): Facts => ({
  ...site.facts,
  cluster: {
    ...site.facts.cluster,
    apiServer: { ...site.facts.cluster.apiServer, addresses: ["127.0.71.99"] },
  },
});
const writes = async () =>
  (await site.fake.state()).nodes.map(({ boots, config, version }) => ({ boots, config, version }));

describe.each(Object.keys(backends))("%s", (name) => {
  const backend = (facts: Facts = site.facts): ClusterBackend => {
    const make = backends[name];
    if (make === undefined) throw new Error(`no backend ${name}`);
    return make(facts);
  };

  test("bring gives a way to ask a cluster that is whole, and again changes nothing", async () => {
    const before = await writes();
    const opened = await backend().bring();
    if (!("kubectl" in opened)) throw new Error(JSON.stringify(opened));
    const nodes = await opened.kubectl(["get", "nodes", "--output=name"]);
    expect(nodes.trim().split("\n")).toHaveLength(4);
    expect(await writes()).toEqual(before);
  });

  test("preview changes nothing", async () => {
    const before = await writes();
    expect(await backend().preview()).toEqual([]);
    expect(await writes()).toEqual(before);
  });

  test("open gives the same without bringing anything", async () => {
    const calls = (await site.fake.state()).calls?.length;
    const opened = await backend().open();
    if (!("kubectl" in opened)) throw new Error(JSON.stringify(opened));
    expect(await opened.kubectl(["get", "--raw", "/readyz"])).toBe("ok");
    // It does not even ask nodes.
    expect((await site.fake.state()).calls?.length).toBe(calls);
  });

  test("an API server that is not of this cluster is not asked", async () => {
    const opened = await backend(elsewhere()).open();
    expect(opened).toEqual([expect.objectContaining({ code: "KUBECONFIG_FOREIGN" })]);
  });

  test("one that does not answer is told", async () => {
    for (const node of ["control-1", "control-2", "control-3"])
      await site.fake.fault({ kind: "no-etcd", node: site.address(node) });
    // It goes with the next thing that happens there.
    await site.fake.settle();
    const opened = await backend().open();
    expect(opened).toEqual([expect.objectContaining({ code: "CLUSTER_UNREACHABLE" })]);
    await site.fake.mend();
    await site.fake.settle();
  });
});
