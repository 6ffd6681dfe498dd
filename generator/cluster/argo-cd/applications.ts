/** Applications as Argo CD keeps them, and what can be told from them. */
import type { Api, KubernetesObject } from "../api.ts";
import { waitFor } from "../wait.ts";

export interface Application extends KubernetesObject {
  readonly spec: {
    readonly source?: { readonly targetRevision: string };
    readonly sources?: readonly { readonly chart?: string }[];
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

/** Asks Argo CD to compare now, as its webhook does when somebody pushed. */
export async function refresh(api: Api, names: readonly string[]): Promise<void> {
  const metadata = { annotations: { "argocd.argoproj.io/refresh": "normal" } };
  await Promise.all(
    names.map((name) => api.call("PATCH", `${applicationsPath}/${name}`, { metadata })),
  );
}

/**
 * Waits until as many Applications as expected are settled at a commit. Throws with those that are not when time is up.
 * In: the Applications, the commit, how many there will be, seconds.
 */
export async function waitUntilSettled(
  { all }: Applications,
  commit: string,
  { count, seconds }: { readonly count: number; readonly seconds: number },
): Promise<void> {
  const isDone = (one: Application): boolean => isSettled(one) && isAt(one, commit);
  await waitFor(() => all().length === count && all().every(isDone), {
    for: `${count} Applications to be synced and healthy`,
    seconds,
    standing: () => {
      const left = all().filter((one) => !isDone(one));
      return [
        `${all().length} are there, ${left.length} of them not yet:`,
        ...left.map(standingOf),
      ].join("\n");
    },
  });
}
