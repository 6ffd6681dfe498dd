/** A cluster whose nodes run Talos: from nodes that wait for a configuration to an API server that knows them all. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { isProblem } from "../../../../generator/src/tools/problems.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import type { Order } from "../../order.ts";
import { readPassphrase } from "../../credentials.ts";
import type { Facts } from "../../facts.ts";
import type { ClusterBackend, OpenedCluster } from "../cluster.ts";
import { openExisting } from "../existing.ts";
import { KubectlFailed } from "../kubectl.ts";
import { applyAll } from "./apply.ts";
import { beginEtcd } from "./begin.ts";
import { clientOf, configure } from "./configuration.ts";
import { lacks } from "./health.ts";
import { at, untilNothing, type NodeClient, type Patience } from "./nodes.ts";
import { kubectlFailed, notWhole, secretsLost, talosFailed } from "./problems.ts";
import { previewNodes } from "./preview.ts";
import {
  isOld,
  keepSecrets,
  makeSecrets,
  readSecrets,
  secretsPlace,
  type KeptSecrets,
  type SecretsPlace,
} from "./secrets.ts";
import { lookAtNodes, type SeenNode } from "./seen.ts";
import { openWorkshop, TalosctlFailed, type Workshop } from "./talosctl.ts";
import { wantedCluster, type WantedCluster } from "./wanted.ts";

/** What several steps need. */
export interface Site {
  readonly order: Order;
  readonly facts: Facts;
  readonly wanted: WantedCluster;
  readonly workshop: Workshop;
  readonly place: SecretsPlace;
  readonly patience: Patience;
}

export type Opened = OpenedCluster | readonly Problem[];

/** Until nodes answer, and until the cluster is whole: a machine boots, installs, and pulls images meanwhile. */
const patienceMinutes = 15;

export const talosCluster = (order: Order, facts: Facts): ClusterBackend => ({
  preview: () => atSite(order, facts, previewNodes),
  bring: () => atSite(order, facts, (site) => bring(site)),
  open: () =>
    atSite(order, facts, async (site) => {
      const kept = await readSecrets(site.place);
      return isProblem(kept) ? [kept] : openKept(site, kept);
    }),
});

/** Problems: those of the credentials and of tools; TALOS_FAILED where talosctl fails in a way no step expects. */
export async function atSite<T>(
  order: Order,
  facts: Facts,
  work: (site: Site) => Promise<T | readonly Problem[]>,
): Promise<T | readonly Problem[]> {
  const { name, cluster } = facts;
  const wanted = wantedCluster(name, cluster);
  const passphrase = readPassphrase(name, order.environment);
  if (isProblem(passphrase)) return [passphrase];
  const opened = await openWorkshop();
  if (isProblem(opened)) return [opened];
  using workshop = opened;
  if (wanted === undefined) throw new TypeError(`${name} does not run Talos`);
  const patience = {
    minutes: patienceMinutes,
    report: (line: string): void => void process.stderr.write(`${line}\n`),
    ...order.patience,
  };
  try {
    return await work({
      order,
      facts,
      wanted,
      workshop,
      place: secretsPlace(order, passphrase),
      patience,
    });
  } catch (error) {
    if (error instanceof KubectlFailed) return [kubectlFailed(name, error)];
    if (!(error instanceof TalosctlFailed)) throw error;
    return [talosFailed(name, error)];
  }
}

async function bring(site: Site): Promise<Opened> {
  const { order, wanted, workshop } = site;
  const seen = await order.phases.phase("nodes", () => lookAtSite(site));
  if ("problems" in seen) return seen.problems;
  const { kept, client, nodes } = seen;
  const configured = await configure(workshop, wanted, seen.secrets);
  if ("problems" in configured) return configured.problems;
  const problems = await order.phases.phase("talos", async () => [
    ...(await applyAll(site, { client, configured, nodes })),
  ]);
  if (problems.length > 0) return problems;
  return order.phases.phase("cluster", () => complete(site, client, kept));
}

/** Secrets, and how each node stands; nothing has been changed then but that new secrets are kept. */
async function lookAtSite(site: Site): Promise<Ready | { readonly problems: readonly Problem[] }> {
  const { wanted, workshop, place } = site;
  const known = await readSecrets(place);
  if (isProblem(known)) return { problems: [known] };
  const first: NodeClient = { talosctl: workshop.talosctl, talosconfig: undefined };
  const held = known === undefined ? undefined : await clientOf(site, known);
  const looked = await lookAtNodes(site, held?.client ?? first);
  if ("problems" in looked) return looked;
  const { nodes } = looked;
  if (known === undefined && nodes.some(({ state }) => state !== "maintenance"))
    return { problems: [secretsLost(wanted.name, place.file, nodes)] };
  const kept = beginning(known ?? { machine: await makeSecrets(workshop) }, nodes);
  if (kept !== known) await keepSecrets(place, kept);
  return { nodes, kept, ...(held ?? (await clientOf(site, kept))) };
}

interface Ready {
  readonly nodes: readonly SeenNode[];
  readonly kept: KeptSecrets;
  readonly client: NodeClient;
  /** The file of the machine secrets. */
  readonly secrets: string;
}

/** Where no control plane has ever had a configuration, the first begins etcd. */
function beginning(kept: KeptSecrets, nodes: readonly SeenNode[]): KeptSecrets {
  const members = nodes.filter(({ controlPlane }) => controlPlane);
  const [first] = members;
  const isNew = members.every(({ state }) => state === "maintenance");
  return isNew && first !== undefined && kept.begins !== first.name
    ? { ...kept, begins: first.name }
    : kept;
}

/** Begins etcd where that is to be done, fetches the kubeconfig, and waits until the cluster is whole. */
async function complete(site: Site, client: NodeClient, kept: KeptSecrets): Promise<Opened> {
  const { wanted, place, patience } = site;
  const begun = await beginEtcd(site, client, kept);
  if (begun.length > 0) return begun;
  const kubeconfig = await fetchKubeconfig(site, client);
  const { begins, ...rest } = kept;
  if (begins !== undefined || kept.kubeconfig === undefined || isOld(place))
    await keepSecrets(place, { ...rest, kubeconfig });
  const opened = await openWhenReady(site, kubeconfig);
  if (!("kubectl" in opened)) return opened;
  const left = await untilNothing(() => lacks(client, wanted, opened.kubectl), patience);
  if (left.length > 0) return [notWhole(wanted.name, left, patience.minutes)];
  // Whoever exports one means it: it leads to this cluster, or nothing goes on.
  const own = site.order.environment["KUBECONFIG"] ?? "";
  return own === "" ? opened : openExisting(wanted.name, site.facts.cluster, own);
}

async function fetchKubeconfig({ wanted, workshop }: Site, client: NodeClient): Promise<string> {
  const [member] = wanted.nodes;
  const file = path.join(workshop.folder, "kubeconfig");
  await client.talosctl([
    "kubeconfig",
    file,
    "--force",
    "--merge=false",
    ...at(client, member?.address ?? ""),
  ]);
  return readFileSync(file, "utf8");
}

/** The API server needs some time after etcd. */
async function openWhenReady(site: Site, kubeconfig: string): Promise<Opened> {
  const { wanted, facts, workshop, patience } = site;
  const file = workshop.file("kubeconfig", kubeconfig);
  let last: Opened = [];
  const left = await untilNothing(async () => {
    last = await openExisting(wanted.name, facts.cluster, file);
    // That one changes by no waiting.
    const isForeign =
      !("kubectl" in last) && last.some(({ code }) => code === "KUBECONFIG_FOREIGN");
    return "kubectl" in last || isForeign ? [] : ["the API server is not ready"];
  }, patience);
  return left.length === 0 || !("kubectl" in last) ? last : [];
}

/** With the kubeconfig that is kept, or that the caller has. */
export async function openKept(
  { order, wanted, facts, workshop, place }: Site,
  kept: KeptSecrets | undefined,
): Promise<Opened> {
  const own = order.environment["KUBECONFIG"] ?? "";
  if (own !== "") return openExisting(wanted.name, facts.cluster, own);
  if (kept?.kubeconfig === undefined) return [secretsLost(wanted.name, place.file, [])];
  return openExisting(wanted.name, facts.cluster, workshop.file("kubeconfig", kept.kubeconfig));
}
