/** What the configuration of a node that has one would change there: the node itself says. */
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import type { ConfiguredNode } from "./configuration.ts";
import { at, versionOf, type NodeClient } from "./nodes.ts";
import { nodeRefuses } from "./problems.ts";
import { TalosctlFailed } from "./talosctl.ts";
import { minorOf } from "./versions.ts";
import type { WantedCluster } from "./wanted.ts";

export interface Difference {
  /**
   * `now` without a restart, `later` with one. Not compared, as they are for `upgrade`: `talos`, another minor version, which does not
   * know all that the configuration says; `kubernetes`.
   */
  readonly kind: "none" | "now" | "later" | "talos" | "kubernetes";
  /** The Talos it runs; undefined where it does not say. */
  readonly runs: string | undefined;
}

/** A change of the image of a component: not all nodes at once, and not by the way. */
const otherKubernetes = /^\+\s+image: \S+\/(?:kubelet|kube-[a-z-]+):/m;

/** Changes nothing. Problems: TALOS_FAILED, where the node refuses the configuration. */
export async function differenceOf(
  wanted: WantedCluster,
  client: NodeClient,
  { name, address, file }: ConfiguredNode,
): Promise<Difference | Problem> {
  const runs = await versionOf(client, address);
  if (runs !== undefined && minorOf(runs) !== minorOf(wanted.talos.version))
    return { kind: "talos", runs };
  try {
    const tried = await client.talosctl(
      ["apply-config", `--file=${file}`, ...at(client, address), "--dry-run"],
      { asides: true },
    );
    return { kind: kindOf(tried), runs };
  } catch (error) {
    if (!(error instanceof TalosctlFailed)) throw error;
    return nodeRefuses(wanted.name, name, error);
  }
}

function kindOf(tried: string): Difference["kind"] {
  if (tried.includes("No changes.")) return "none";
  if (otherKubernetes.test(tried)) return "kubernetes";
  return tried.includes("with a reboot") ? "later" : "now";
}
