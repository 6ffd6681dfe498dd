/** Pods of the restore drill, as its CronJob makes them, each with the very program of the cluster in it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { applyAll, type KubernetesObject } from "../../../cluster/api.ts";
import type { LocalCluster } from "../../../cluster/cluster.ts";
import { waitFor } from "../../../cluster/wait.ts";
import { runContainer, type Pod, type Running } from "./container.ts";

const namespace = "storage-restore-drill";

interface CronJob extends KubernetesObject {
  readonly spec: { readonly jobTemplate: { readonly spec: { readonly template: Template } } };
}

interface Deployment extends KubernetesObject {
  readonly spec: { readonly template: Template };
}

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: Pod["spec"];
}

export interface DrillPod {
  readonly running: Running;
  /** Waits for its end, and takes the pod away as the end of its Job would. Out: its exit code. */
  readonly end: () => Promise<number>;
}

/** Waiting takes a part of the time: what the drill waits 20 minutes for is half a minute. Nothing else of the program changes. */
const clock = (speed: number): string => `
import timers from "node:timers/promises";
import { syncBuiltinESMExports } from "node:module";
const now = Date.now;
const begin = now();
const sleep = timers.setTimeout;
Date.now = () => Math.round(begin + (now() - begin) * ${speed});
timers.setTimeout = (milliseconds, ...rest) => sleep(milliseconds / ${speed}, ...rest);
syncBuiltinESMExports();
`;

/** Starts a pod of its Job. In: all rendered objects, its name, `<job>-<word>`, and how many times as fast its clock runs. */
export async function startDrill(
  cluster: LocalCluster,
  objects: readonly KubernetesObject[],
  name: string,
  speed: number,
): Promise<DrillPod> {
  const cronJob = objects.find(
    ({ kind, metadata }) => kind === "CronJob" && metadata.namespace === namespace,
  ) as CronJob;
  const { metadata, spec } = cronJob.spec.jobTemplate.spec.template;
  return startPod(
    cluster,
    { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, name, namespace }, spec },
    {
      files: { "/clock.mjs": clock(speed) },
      environment: { NODE_OPTIONS: "--import=/clock.mjs" },
    },
  );
}

/** Starts what gives the results to Prometheus. */
export async function startResults(
  cluster: LocalCluster,
  objects: readonly KubernetesObject[],
): Promise<DrillPod> {
  const deployment = objects.find(
    ({ kind, metadata }) =>
      kind === "Deployment" && metadata.namespace === namespace && metadata.name === "results",
  ) as Deployment;
  const { metadata, spec } = deployment.spec.template;
  const name = "results-again";
  return startPod(
    cluster,
    { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, name, namespace }, spec },
    {},
  );
}

async function startPod(
  { api, folder }: LocalCluster,
  object: KubernetesObject,
  more: Pick<Parameters<typeof runContainer>[1], "files" | "environment">,
): Promise<DrillPod> {
  const { name } = object.metadata;
  // As its Job does: some time passes until a quota that was counted while the API server was away is counted anew.
  await waitFor(() => applyAll(api, [object]).then(() => true), {
    for: `pod ${name} to be let in`,
    seconds: 120,
  });
  const place = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const pod = await waitFor(
    async () => {
      const found = await api.get<Pod>(place);
      return found.status?.phase === "Running" && found;
    },
    { for: `pod ${name} to run`, seconds: 60 },
  );
  const root = mkdtempSync(path.join(folder, "pod-"));
  const running = await runContainer(pod, { api, folder, root, ...more });
  return {
    running,
    end: async () => {
      const code = await running.ended;
      writeFileSync(path.join(folder, "log", `${name}.log`), running.log());
      await api.call("DELETE", `${place}?gracePeriodSeconds=0`);
      return code;
    },
  };
}
