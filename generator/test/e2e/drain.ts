/** Empties a node as `kubectl drain` does: nothing new comes to it, every pod is asked to go, and one that may not yet is asked again. */
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, type Api, type KubernetesObject } from "../../cluster/api.ts";

interface Pod extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
}

export interface Drained {
  readonly evicted: number;
  /** What the API server said when a budget did not let a pod go, each time. */
  readonly refusals: readonly string[];
  /** Pods that are there still when time was up. */
  readonly left: readonly string[];
}

/** How long kubectl waits before it asks again. */
const pause = 5_000;

export const setUnschedulable = (api: Api, node: string, unschedulable: boolean) =>
  api.call("PATCH", `/api/v1/nodes/${node}`, { spec: { unschedulable } });

/** Pods of a DaemonSet stay: they would come back to the node at once. */
export async function podsToEvict(api: Api, node: string): Promise<readonly Pod[]> {
  const all = await api.list<Pod>(`/api/v1/pods?fieldSelector=spec.nodeName=${node}`);
  return all.filter(
    ({ metadata: { ownerReferences = [] } }) =>
      !ownerReferences.some(({ kind }) => kind === "DaemonSet"),
  );
}

/** In: a node, and how long it may take. */
export async function drain(api: Api, node: string, seconds: number): Promise<Drained> {
  await setUnschedulable(api, node, true);
  const deadline = Date.now() + seconds * 1_000;
  const refusals: string[] = [];
  const pods = await podsToEvict(api, node);
  const went = await Promise.all(pods.map((pod) => evict(api, pod, deadline, refusals)));
  const left = pods.filter((_, index) => went[index] !== true);
  return {
    evicted: pods.length - left.length,
    refusals,
    left: left.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  };
}

/** Out: whether it is gone. */
async function evict(
  api: Api,
  { metadata: { name, namespace, uid } }: Pod,
  deadline: number,
  refusals: string[],
): Promise<boolean> {
  const place = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  for (;;) {
    const { status, body } = await api.call("POST", `${place}/eviction`, eviction);
    if (status < 300 || status === 404) break;
    if (status !== 429) throw new Error(`${namespace}/${name}: ${status} ${messageOf(body)}`);
    refusals.push(messageOf(body));
    if (Date.now() + pause > deadline) return false;
    await sleep(pause);
  }
  while (Date.now() < deadline) {
    const { body } = await api.call("GET", place);
    // A StatefulSet makes one of the same name.
    if ((body as Partial<Pod>).metadata?.uid !== uid) return true;
    await sleep(200);
  }
  return false;
}
