/**
 * Starts a service on its restored volumes. It comes after they were looked at: a program that starts on an empty
 * volume fills it. It reaches nobody there, as every pod of the namespace is denied everything.
 */
import type { DrillPlan, DrillStart, DrillTarget } from "../src/model/drill-plan.ts";
import { find, list } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import { apps, core } from "./paths.ts";
import { endOfRestore, startRestore } from "./restore.ts";
import { waitFor } from "./world.ts";
import type { World } from "./world.ts";

interface Workload extends KubernetesObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number };
}

interface ServingPod extends KubernetesObject {
  readonly status?: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** What pods need to start; no route, no Service, no claim. */
const resources = [
  "deployments.apps",
  "statefulsets.apps",
  "configmaps",
  "secrets",
  "serviceaccounts",
];

export async function startService(
  world: World,
  plan: DrillPlan,
  target: DrillTarget,
  from: { readonly name: string; readonly backup: string; readonly until: number },
): Promise<void> {
  if (target.starts === undefined) return;
  await startRestore(world, plan, target, { ...from, resources });
  await endOfRestore(world, plan, from, async () => {});
  for (const workload of target.starts.workloads) await ready(world, plan, workload, from.until);
  if (target.starts.http !== undefined) await answer(world, plan, target.starts.http, from.until);
}

async function ready(
  world: World,
  { namespace }: DrillPlan,
  { resource, name }: DrillStart["workloads"][number],
  until: number,
): Promise<void> {
  const wait = { until, reason: "NotReady", what: `waiting for ${name} to be ready` } as const;
  await waitFor(world, wait, async () => {
    const found = await find<Workload>(world.server, `${apps(namespace, resource)}/${name}`);
    if (found === undefined) return "it is not in the backup";
    const wanted = found.spec?.replicas ?? 1;
    const there = found.status?.readyReplicas ?? 0;
    return there >= wanted && wanted > 0 ? found : `${there} of ${wanted} pods are ready`;
  });
}

async function answer(
  world: World,
  { namespace }: DrillPlan,
  { pods, port, path }: NonNullable<DrillStart["http"]>,
  until: number,
): Promise<void> {
  const selector = Object.entries(pods)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const wait = { until, reason: "NoAnswer", what: `asking for ${path} at port ${port}` } as const;
  await waitFor(world, wait, async () => {
    const [pod] = (await list<ServingPod>(world.server, core(namespace, "pods"), selector)).filter(
      ({ status }) => status?.podIP !== undefined,
    );
    const address = pod?.status?.podIP;
    if (address === undefined) return "no pod has an address";
    const host = address.includes(":") ? `[${address}]` : address;
    const status = await world.ask(`http://${host}:${port}${path}`);
    if (status === undefined) return "nobody answers";
    return status < 400 ? { status } : `the answer is ${status}`;
  });
}
