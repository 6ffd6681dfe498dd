/**
 * Stands in for the kubelet where pods of the restore drill do something: those that look into a volume run the real program on
 * it, and started services have an address that answers. kwok says when a pod runs; this says how it ended.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../../../cluster/api.ts";
import { folderOf, runContainer, type Pod } from "./container.ts";

interface Options {
  readonly api: Api;
  /** Of the cluster. */
  readonly folder: string;
  readonly namespace: string;
  /** Where pods of a service answer, if anybody does. */
  readonly address: string;
  /** What PostgreSQL would say of a volume: file names with texts (drill/postgres.ts); no server is started here. */
  readonly answers: (volume: string) => Readonly<Record<string, string>>;
  /** Whether a pod on this volume is never heard of again. */
  readonly isLost: (volume: string) => boolean;
}

/** Begins to run pods. */
export function standInForKubelet(options: Options): { readonly stop: () => Promise<void> } {
  const { api, namespace, address } = options;
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const seen = new Set<string>();
  const stop = new AbortController();
  const look = async (pod: Pod): Promise<void> => {
    const { uid = "", name, labels } = pod.metadata;
    if (pod.status?.phase !== "Running" || seen.has(uid)) return;
    seen.add(uid);
    const status = `${pods}/${name}/status`;
    if (labels?.["rzp.local/restore-drill"] !== undefined)
      await api.call("PATCH", status, { status: await check(pod, options) });
    else if (labels?.["app.kubernetes.io/name"] !== "restore-drill")
      await api.call("PATCH", status, { status: { podIP: address, podIPs: [{ ip: address }] } });
  };
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const all = await api.list<Pod>(pods).catch(() => []);
      for (const pod of all) void look(pod).catch(() => seen.delete(pod.metadata.uid ?? ""));
      await sleep(100);
    }
  };
  const working = work();
  return {
    stop: () => {
      stop.abort();
      return working;
    },
  };
}

/** Runs a pod that looks into a volume. Out: its status when it has ended. */
async function check(pod: Pod, options: Options): Promise<object> {
  const { api, folder, namespace, answers, isLost } = options;
  const claim = pod.spec.volumes?.flatMap(
    ({ persistentVolumeClaim: of }) => of?.claimName ?? [],
  )[0];
  const place = `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim}`;
  const volume = await folderOf(api, place);
  if (isLost(volume)) return {};
  const said = mkdtempSync(path.join(folder, "answers-"));
  for (const [file, text] of Object.entries(answers(volume)))
    writeFileSync(path.join(said, file), text);
  const root = mkdtempSync(path.join(folder, "pod-"));
  const running = await runContainer(pod, { api, folder, root, folders: { answers: said } });
  const exitCode = await running.ended;
  const finishedAt = new Date().toISOString().replace(/\.\d+/, "");
  const [container] = pod.spec.containers;
  return {
    phase: exitCode === 0 ? "Succeeded" : "Failed",
    containerStatuses: [
      {
        name: container?.name,
        image: container?.image,
        imageID: "",
        ready: false,
        restartCount: 0,
        state: {
          terminated: {
            exitCode,
            reason: exitCode === 0 ? "Completed" : "Error",
            message: exitCode === 0 ? running.message() : running.log().slice(-1000),
            startedAt: finishedAt,
            finishedAt,
          },
        },
      },
    ],
  };
}
