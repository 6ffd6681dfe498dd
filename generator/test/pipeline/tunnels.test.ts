/** Load balancers on a cluster whose nodes have a tunnel between them. */
import { expect, test } from "vitest";
import { checkRepository, createRepository } from "../support/repository.ts";
import { applyChanges, blocky, ofTalos } from "../bad-input/change.ts";

/** In: what is said of Talos, how many nodes there are, and how the exposure says who may call and how they are seen. */
async function warnings({ talos = "", nodes = 2, exposure = 'clients: "lan"', service = "" }) {
  using repository = createRepository();
  applyChanges(repository, [
    ofTalos(nodes, talos),
    { in: blocky, replace: 'clients: "lan", keepClientAddress: true', by: exposure },
    { in: blocky, replace: "replicas: 2", by: "replicas: 1" },
    { in: blocky, replace: "{ defineService,", by: "{ because, defineService," },
    { in: blocky, replace: "  exposes:", by: `${service}  exposes:` },
  ]);
  const problems = await checkRepository(repository.root);
  return problems.map(({ code, severity }) => `${severity} ${code}`);
}

const told = ["warning EXPOSURE_THROUGH_TUNNEL"];

test.each([
  ["of the home", {}],
  ["of networks", { exposure: 'clients: ["10.0.10.0/24"]' }],
  ["with flannel said", { talos: ', network: "flannel"' }],
])("clients that are refused behind the tunnel are told of: %s", async (_, case_) => {
  expect(await warnings(case_)).toEqual(told);
});

test.each([
  ["their address is kept", { exposure: 'clients: "lan", keepClientAddress: true' }],
  ["everybody is let in", { exposure: 'clients: "internet"' }],
  ["so are pods", { exposure: 'clients: ["10.0.0.0/8"]' }],
  ["there is one node", { nodes: 1 }],
  ["the network is another", { talos: ', network: "none"' }],
  [
    "the pod is on its node's network",
    {
      service: '  network: { host: because(true, "answers broadcasts") },\n',
    },
  ],
])("nothing is told where %s", async (_, case_) => {
  expect(await warnings(case_)).toEqual([]);
});
