/** In which order Applications came, and the judgement on it. */
import { followApplications, isSettled } from "../../cluster/argo-cd/applications.ts";
import type { Application, Applications } from "../../cluster/argo-cd/applications.ts";
import type { Api } from "../../cluster/api.ts";

/** When an Application came, and when it first was synced and healthy; milliseconds since the first look. */
export interface Times {
  readonly wave: number;
  readonly created: number;
  settled?: number;
}

export interface Order {
  readonly applications: Applications;
  /** By name; without the root, which is all of them. */
  readonly times: ReadonlyMap<string, Times>;
}

/** Follows the Applications of Argo CD, and notes when each came and was done first. In: the root's name. */
export function followOrder(api: Api, root: string): Order {
  const times = new Map<string, Times>();
  const start = performance.now();
  const applications = followApplications(api, (application) => {
    if (application.metadata.name !== root) note(times, application, performance.now() - start);
  });
  return { applications, times };
}

function note(times: Map<string, Times>, application: Application, at: number): void {
  const { name, annotations } = application.metadata;
  const wave = Number(annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
  const known = times.get(name) ?? { wave, created: at };
  times.set(name, known);
  if (isSettled(application)) known.settled ??= at;
}

/** Who came before all of the layers below were synced and healthy: a sentence for each pair. */
export function tooEarly(times: ReadonlyMap<string, Times>): readonly string[] {
  return [...times].flatMap(([name, { wave, created }]) =>
    [...times]
      .filter(([, below]) => below.wave < wave && (below.settled ?? Infinity) > created)
      .map(([below]) => `${name} came before ${below} was healthy`),
  );
}
