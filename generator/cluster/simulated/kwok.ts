/** kwok: the kubelets of the cluster's nodes, and what other controllers would do, as far as `stages/` says. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KubernetesObject } from "../api.ts";
import { kubeconfigFile } from "../keys.ts";
import type { Program } from "../process.ts";

/** In: the binary, the cluster's folder, a free port, the range of pods of the cluster's facts. */
export function kwok(command: string, folder: string, port: number, podRange: string): Program {
  return {
    name: "kwok",
    command,
    args: [
      `--kubeconfig=${kubeconfigFile(folder, "kwok")}`,
      "--manage-all-nodes=true",
      "--enable-crds=Stage",
      "--node-ip=127.0.0.1",
      `--cidr=${podRange}`,
      `--server-address=127.0.0.1:${port}`,
      `--node-port=${port}`,
      "--node-lease-duration-seconds=40",
    ],
  };
}

/** The stages of kwok's own module that are used as they are. */
const ownStages = [
  "node/fast/node-initialize.yaml",
  "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
  "pod/fast/pod-complete.yaml",
  "pod/fast/pod-delete.yaml",
];

/** The definition of stages, which kwok's own programs need before they start. In: the folder of kwok's module. */
export const stageDefinition = (module: string): KubernetesObject =>
  readObject(join(module, "kustomize/crd/bases/kwok.x-k8s.io_stages.yaml"));

/** Stages of nodes and pods. In: the folder of kwok's module. */
export function podStages(module: string): KubernetesObject[] {
  const stages = join(module, "kustomize/stage");
  return [
    ...ownStages.map((file) => readObject(join(stages, file))),
    slowStart(readObject(join(stages, "pod/fast/pod-ready.yaml"))),
  ];
}

/** A pod is ready at once, or after as long as its annotation says: `rzp.local/ready-after: 10s`. */
function slowStart(stage: KubernetesObject): KubernetesObject {
  const expressionFrom = '.metadata.annotations["rzp.local/ready-after"]';
  const delay = { durationMilliseconds: 100, durationFrom: { expressionFrom } };
  return { ...stage, spec: { ...(stage["spec"] as object), delay } };
}

/** What the controllers we do not run would say, one file a kind. */
export function controllerStages(): KubernetesObject[] {
  const folder = join(import.meta.dirname, "stages");
  return readdirSync(folder)
    .toSorted()
    .map((file) => readObject(join(folder, file)));
}

/** The kind a stage is for. */
export const kindOfStage = (
  stage: KubernetesObject,
): { readonly apiVersion: string; readonly kind: string } => {
  const { resourceRef } = stage["spec"] as { resourceRef: { apiGroup: string; kind: string } };
  return { apiVersion: resourceRef.apiGroup, kind: resourceRef.kind };
};

const readObject = (file: string): KubernetesObject =>
  parse(readFileSync(file, "utf8")) as KubernetesObject;
