/**
 * Gives a cluster Argo CD and the root Application, once. From then on Argo CD keeps both: whoever runs this again
 * changes nothing.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ChartInstallation } from "../../../generator/src/argocd/applications.ts";
import { KubectlFailed, type Kubectl } from "../cluster/kubectl.ts";

export interface Bootstrap {
  /** Argo CD's chart, rendered with the values that are committed: objects as text. */
  renderChart(): Promise<string>;
  /** Rendered files by their text: the namespace of Argo CD. */
  readonly namespace: string;
  /** The root Application and its project. */
  readonly root: string;
  readonly rootName: string;
  /** Secrets nobody commits: of the repository, of the stores. */
  readonly credentials: readonly string[];
}

export type Installation = Pick<ChartInstallation, "chart" | "repoURL" | "version" | "release">;

/** What server-side apply knows us by. */
const manager = "--field-manager=rzp-infra";
const apply = ["apply", "--server-side", manager, "--filename=-"];

/** In: what to bring, a way to ask the cluster. Out: whether anything was done. Throws KubectlFailed. */
export async function bootstrap(
  { renderChart, namespace, root, rootName, credentials }: Bootstrap,
  kubectl: Kubectl,
): Promise<"done" | "kept"> {
  if (await isKept(kubectl, rootName)) return "kept";
  await kubectl(apply, namespace);
  for (const secret of credentials) await kubectl(apply, secret);
  await kubectl(apply, await renderChart());
  await kubectl(["wait", "--for=condition=Established", "--timeout=60s", ...kinds]);
  await kubectl(apply, root);
  return "done";
}

const kinds = ["applications", "appprojects"].map(
  (kind) => `customresourcedefinition/${kind}.argoproj.io`,
);

/** Argo CD has compared the root: it is at work, and owns what we would bring. */
async function isKept(kubectl: Kubectl, rootName: string): Promise<boolean> {
  try {
    return (await rootStatus(kubectl, rootName)).sync !== "";
  } catch (error) {
    // The kind is not there yet, or the object.
    if (
      error instanceof KubectlFailed &&
      /not ?found|doesn't have a resource type/i.test(error.message)
    )
      return false;
    throw error;
  }
}

export interface RootStatus {
  /** Empty until Argo CD has looked at it. */
  readonly sync: string;
  readonly health: string;
}

async function rootStatus(kubectl: Kubectl, rootName: string): Promise<RootStatus> {
  const text = await kubectl([
    "get",
    `application.argoproj.io/${rootName}`,
    "--namespace=argocd",
    "--output=jsonpath={.status.sync.status},{.status.health.status}",
  ]);
  const [sync = "", health = ""] = text.split(",");
  return { sync, health };
}

/** Waits until Argo CD has brought everything up. In: how long, in seconds. Out: how it stands at the end. */
export async function awaitRoot(
  kubectl: Kubectl,
  rootName: string,
  patience: number,
): Promise<RootStatus> {
  const until = performance.now() + patience * 1000;
  for (;;) {
    const status = await rootStatus(kubectl, rootName);
    const isUp = status.sync === "Synced" && status.health === "Healthy";
    if (isUp || performance.now() > until) return status;
    await sleep(2_000);
  }
}
