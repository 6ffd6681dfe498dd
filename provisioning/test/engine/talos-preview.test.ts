/** What `preview` tells of nodes that run Talos, before there is a cluster and afterwards: by what real talosctl hears of them. */
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Cluster } from "../../../generator/src/model/cluster.ts";
import type { Facts } from "../../src/facts.ts";
import { line, startSite, workshops, type Site } from "./talos-site.ts";

let site: Site;
beforeAll(async () => {
  const size = { cpu: "4", memory: "8Gi", installDisk: "/dev/sda" };
  site = await startSite(
    81,
    {},
    {
      nodes: {
        "control-1": { ...size, address: "127.0.81.11", controlPlane: true },
        "worker-1": { ...size, address: "127.0.81.21" },
      },
      apiServer: { addresses: ["127.0.81.11"], port: 6443 },
    },
  );
});
afterAll(() => site?.[Symbol.asyncDispose]());
afterEach(() => site.fake.mend());

const kept = () => path.join(site.root, ".infra/talos/rack.age");
const nodes = async () =>
  (await site.fake.state()).nodes.map(({ boots, config, stage }) => ({ boots, config, stage }));
/** The facts with something else said. */
const but = (changes: object): Facts => ({
  ...site.facts,
  cluster: Cluster.parse({ ...site.facts.cluster, ...changes }),
});
const labelled = () =>
  but({
    nodes: {
      ...site.facts.cluster.nodes,
      "worker-1": {
        ...site.facts.cluster.nodes["worker-1"],
        labels: { "example.com/disk": "fast" },
      },
    },
  });
/** Out: what is said; nothing may have changed. */
async function told(facts = site.facts): Promise<string[]> {
  const before = await nodes();
  const { problems, text } = await site.preview({ facts });
  expect(problems.map(line)).toEqual([]);
  expect(await nodes()).toEqual(before);
  expect(workshops()).toEqual([]);
  return text.split("\n");
}

test("nodes that wait for a configuration, and one that is not there; no secrets are made", async () => {
  const [control, worker] = Object.values(site.facts.cluster.nodes);
  const facts = but({
    nodes: {
      "control-1": control,
      "worker-1": worker,
      "worker-2": { ...worker, address: "127.0.81.22" },
    },
  });
  expect(await told(facts)).toEqual([
    "Talos:",
    "  control-1  waits for its machine configuration: up gives it one",
    "  worker-1   waits for its machine configuration: up gives it one",
    "  worker-2   does not answer at 127.0.81.22:50000: what up would change there cannot be known yet",
    "",
  ]);
  expect(existsSync(kept())).toBe(false);
});

test("what talosctl refuses is told before any node waits for it", async () => {
  const { "worker-1": worker, ...others } = site.facts.cluster.nodes;
  const facts = but({ nodes: { ...others, "worker-1": { ...worker, installDisk: undefined } } });
  const { problems, text } = await site.preview({ facts });
  expect(problems.map(line)).toEqual([
    expect.stringMatching(/^TALOS_FACTS talosctl refuses the configuration of worker-1: .*install/),
  ]);
  expect(text).toBe("");
});

test("afterwards: what is as it is to be, and what differs, which up then applies", async () => {
  expect((await site.bring()).problems.map(line)).toEqual([]);
  const same = "machine configuration is as it is to be";
  expect(await told()).toEqual(["Talos:", `  control-1  ${same}`, `  worker-1   ${same}`, ""]);
  const differs = "machine configuration differs: applied by up, without a restart";
  expect(await told(labelled())).toEqual([
    "Talos:",
    `  control-1  ${same}`,
    `  worker-1   ${differs}`,
    "",
  ]);
  expect((await site.bring({ facts: labelled() })).text).toBe("worker-1 has a new configuration\n");
  expect(await told(labelled())).toContain(`  worker-1   ${same}`);
});

test("what is for upgrade is told as that", async () => {
  const upgrade = "npm run infra -- upgrade rack";
  const talos = (version: string) => ({ talos: { ...site.facts.cluster.talos, version } });
  expect(await told(but({ kubernetesVersion: "1.36.0" }))).toContain(
    `  control-1  runs another Kubernetes: ${upgrade}`,
  );
  expect(await told(but(talos("v1.13.1")))).toContain(
    `  control-1  machine configuration differs: applied by up, without a restart; runs Talos v1.13.0: ${upgrade}`,
  );
  expect(await told(but(talos("v1.14.0")))).toContain(
    `  control-1  runs Talos v1.13.0, so nothing is compared: ${upgrade}`,
  );
});

test("nodes that have a configuration of other secrets stand against it, as they do for up", async () => {
  const elsewhere = { RZP_STATE: path.join(site.root, "elsewhere") };
  const { problems, text } = await site.preview({ variables: elsewhere });
  expect(problems.map(line)).toEqual([
    expect.stringMatching(
      /^TALOS_SECRETS control-1, worker-1 have a configuration already, and the machine secrets it was made with are not here/,
    ),
  ]);
  expect(text).toBe("");
});
