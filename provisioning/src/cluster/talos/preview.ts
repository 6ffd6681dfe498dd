/** Tells what `up` would change on nodes that run Talos, as far as they answer. Changes nothing, and makes no secrets that stay. */
import { isProblem } from "../../../../generator/src/tools/problems.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { knock } from "../../knock.ts";
import type { Site } from "./cluster.ts";
import { clientOf, configure, type ConfiguredNode } from "./configuration.ts";
import { differenceOf, type Difference } from "./difference.ts";
import { apiPort, stateOf, type NodeClient, type NodeState } from "./nodes.ts";
import { nodesForeign, secretsLost } from "./problems.ts";
import { makeSecrets, readSecrets } from "./secrets.ts";
import type { WantedCluster } from "./wanted.ts";

type LookedAt = ConfiguredNode & { readonly state: NodeState };

/** Problems: TALOS_FACTS, TALOS_SECRETS, TALOS_FAILED: what `up` would stop with. */
export async function previewNodes(site: Site): Promise<readonly Problem[]> {
  const { order, wanted, workshop, place } = site;
  const known = await readSecrets(place);
  if (isProblem(known)) return [known];
  // What talosctl refuses it refuses with any secrets.
  const { client, secrets } = await clientOf(
    site,
    known ?? { machine: await makeSecrets(workshop) },
  );
  const configured = await configure(workshop, wanted, secrets);
  if ("problems" in configured) return configured.problems;
  const asking = known === undefined ? { ...client, talosconfig: undefined } : client;
  const nodes = await Promise.all(configured.map((node) => lookAt(asking, node)));
  const foreign = nodes.flatMap((node) =>
    node.state === "foreign" ? [{ ...node, state: node.state }] : [],
  );
  if (foreign.length > 0)
    return known === undefined
      ? [secretsLost(wanted.name, place.file, foreign)]
      : nodesForeign(wanted.name, foreign);
  const told = await Promise.all(nodes.map((node) => wordsOf(site, asking, node)));
  const width = Math.max(0, ...nodes.map(({ name }) => name.length));
  const lines = nodes.flatMap(({ name }, index) => {
    const words = told[index];
    return typeof words === "string" ? [`  ${name.padEnd(width)}  ${words}\n`] : [];
  });
  order.say(["Talos:\n", ...lines].join(""));
  return told.filter(isProblem);
}

/** One that is not there is no mistake yet: `up` makes machines first, and waits for them. */
async function lookAt(client: NodeClient, node: ConfiguredNode): Promise<LookedAt> {
  const isOpen = (await knock(node.address, apiPort)) === "open";
  return { ...node, state: isOpen ? await stateOf(client, node.address) : "away" };
}

async function wordsOf(
  { wanted }: Site,
  client: NodeClient,
  node: LookedAt,
): Promise<string | Problem> {
  if (node.state === "maintenance") return "waits for its machine configuration: up gives it one";
  if (node.state === "away")
    return `does not answer at ${node.address}:${apiPort}: what up would change there cannot be known yet`;
  const difference = await differenceOf(wanted, client, node);
  if (isProblem(difference)) return difference;
  return wordsOfDifference(wanted, difference);
}

function wordsOfDifference({ name, talos }: WantedCluster, { kind, runs }: Difference): string {
  const upgrade = `npm run infra -- upgrade ${name}`;
  if (kind === "talos") return `runs Talos ${runs}, so nothing is compared: ${upgrade}`;
  if (kind === "kubernetes") return `runs another Kubernetes: ${upgrade}`;
  const isOther = runs !== undefined && runs !== talos.version;
  return `${differs[kind]}${isOther ? `; runs Talos ${runs}: ${upgrade}` : ""}`;
}

const differs = {
  none: "machine configuration is as it is to be",
  now: "machine configuration differs: applied by up, without a restart",
  later: "machine configuration differs: given by up, and taken with the next start",
} as const;
