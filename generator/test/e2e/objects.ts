/** All objects Argo CD keeps on the cluster, to be compared before and after. */
import type { Application } from "../../cluster/argo-cd/applications.ts";
import { messageOf, type Api, type KubernetesObject } from "../../cluster/api.ts";

interface Managed {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Versions of objects by where they are: `media-sonarr Deployment sonarr`. */
export type Versions = ReadonlyMap<string, string>;

/** What Applications say they keep, without its content. */
export function managedObjects(applications: readonly Application[]): KubernetesObject[] {
  return applications.flatMap(({ status }) => {
    const { resources = [] } = (status ?? {}) as { readonly resources?: readonly Managed[] };
    return resources.map(({ group = "", version, kind, namespace, name }) => ({
      apiVersion: group === "" ? version : `${group}/${version}`,
      kind,
      metadata: { name, ...(namespace !== undefined && { namespace }) },
    }));
  });
}

/** Reads every object of Applications. */
export async function versionsOf(
  api: Api,
  applications: readonly Application[],
): Promise<Versions> {
  const entries = await Promise.all(
    managedObjects(applications).map(async (object) => {
      const { status, body } = await api.call("GET", await api.pathOf(object));
      if (status !== 200 && status !== 404) throw new Error(`${status} ${messageOf(body)}`);
      const { name, namespace = "-" } = object.metadata;
      const where = `${namespace} ${object.kind} ${name}`;
      return [where, versionOf(body as Partial<KubernetesObject>)] as const;
    }),
  );
  return new Map(entries);
}

/** A schedule touches its status with each run, Argo CD that of Applications all the time: what is asked of them is their version. */
const statusOfItsOwn = ["CronJob", "Application", "AppProject"];

function versionOf({ kind, metadata, spec }: Partial<KubernetesObject>): string {
  if (kind !== undefined && statusOfItsOwn.includes(kind)) return JSON.stringify(spec);
  return metadata?.resourceVersion ?? "gone";
}

/** What came, went or changed between two looks, but for what `isExpected` says. */
export function changesBetween(
  before: Versions,
  after: Versions,
  isExpected: (where: string) => boolean,
): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all]
    .filter((where) => before.get(where) !== after.get(where) && !isExpected(where))
    .toSorted();
}

/** Ids of all pods that no schedule made, by namespace and name. */
export async function podIds(api: Api): Promise<string[]> {
  const pods = await api.list("/api/v1/pods");
  const isOfJob = ({ metadata }: KubernetesObject): boolean =>
    ((metadata as { ownerReferences?: readonly { kind: string }[] }).ownerReferences ?? []).some(
      ({ kind }) => kind === "Job",
    );
  return pods
    .filter((pod) => !isOfJob(pod))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid}`)
    .toSorted();
}
