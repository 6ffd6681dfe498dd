/** Applications as Argo CD keeps them, and what can be told from them. */
import type { Api, KubernetesObject } from "../api.ts";
import { waitFor } from "../wait.ts";
import type { Push } from "./repository.ts";
import { dirname } from "node:path";

interface Source {
  readonly path?: string;
}

export interface Application extends KubernetesObject {
  readonly spec: {
    readonly source?: Source;
    readonly sources?: readonly Source[];
  };
  readonly status?: {
    readonly sync?: {
      readonly status?: string;
      readonly revision?: string;
      readonly revisions?: readonly string[];
    };
    readonly health?: { readonly status?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly finishedAt?: string;
      readonly syncResult?: { readonly revision?: string };
    };
  };
}

const applicationsPath = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";

/** All Applications as they are now. */
export const applicationsOf = (api: Api): Promise<readonly Application[]> =>
  api.list<Application>(applicationsPath);

/** All Applications as they are: told of each change, as asking for all of them again and again takes a core. */
export interface Applications {
  readonly all: () => readonly Application[];
  readonly stop: () => void;
}

/** Follows the Applications of Argo CD. In: who else is told of each change. */
export function followApplications(
  api: Api,
  tell: (application: Application) => void = () => undefined,
): Applications {
  const known = new Map<string, Application>();
  const stop = api.watch(applicationsPath, ({ type, object }) => {
    const application = object as Application;
    if (type === "DELETED") known.delete(application.metadata.name);
    else known.set(application.metadata.name, application);
    tell(application);
  });
  return { all: () => [...known.values()], stop };
}

/** Synced and healthy without a word of complaint. Health alone says nothing: what cannot be compared stays healthy. */
export function isSettled({ status }: Application): boolean {
  return (
    status?.sync?.status === "Synced" &&
    status.health?.status === "Healthy" &&
    (status.conditions ?? []).length === 0 &&
    status.operationState?.phase !== "Running"
  );
}

/** Whether it was compared with a commit. */
export function isAt({ status }: Application, commit: string): boolean {
  return status?.sync?.revision === commit || (status?.sync?.revisions ?? []).includes(commit);
}

/** What keeps an Application from being settled, in one line. */
export function standingOf({ metadata, status }: Application): string {
  const said = [
    ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
    status?.operationState?.phase === "Succeeded" ? "" : (status?.operationState?.message ?? ""),
  ].filter((text) => text !== "");
  return `${metadata.name}: ${status?.sync?.status ?? "not compared"}, ${status?.health?.status ?? "no health"} ${said.join("; ")}`;
}

/** Whether a push changes what an Application reads: a file in the folder of one of its sources. */
function isTouched({ spec }: Application, files: readonly string[]): boolean {
  const sources = [...(spec.source === undefined ? [] : [spec.source]), ...(spec.sources ?? [])];
  return sources.some(({ path }) => files.some((file) => dirname(file) === path));
}

/**
 * Asks Argo CD to compare Applications that a push touches, as its webhook does with `manifest-generate-paths`.
 * Out: their names.
 */
export async function refreshTouched(
  api: Api,
  { all }: Applications,
  { files }: Push,
): Promise<readonly string[]> {
  const names = all()
    .filter((one) => isTouched(one, files))
    .map(({ metadata }) => metadata.name);
  const metadata = { annotations: { "argocd.argoproj.io/refresh": "normal" } };
  await Promise.all(
    names.map((name) => api.call("PATCH", `${applicationsPath}/${name}`, { metadata })),
  );
  return names;
}

interface Expected {
  readonly commit: string;
  /** How many Applications there will be. */
  readonly count: number;
  /** Those that must have been compared with the commit; all of them unless said. */
  readonly touched?: readonly string[];
  readonly seconds: number;
  /** Why it is of no use to wait any longer. */
  readonly hopeless?: () => string | undefined;
}

/** Waits until Applications are settled at a commit. Throws with those that are not when time is up. */
export async function waitUntilSettled(
  { all }: Applications,
  { commit, count, touched, seconds, hopeless }: Expected,
): Promise<void> {
  const isDone = (one: Application): boolean =>
    isSettled(one) && (touched?.includes(one.metadata.name) === false || isAt(one, commit));
  await waitFor(() => all().length === count && all().every(isDone), {
    for: `${count} Applications to be synced and healthy`,
    seconds,
    ...(hopeless && { hopeless }),
    standing: () => {
      const left = all().filter((one) => !isDone(one));
      return [
        `${all().length} are there, ${left.length} of them not yet:`,
        ...left.map(standingOf),
      ].join("\n");
    },
  });
}
