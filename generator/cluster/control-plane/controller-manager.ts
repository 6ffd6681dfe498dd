import { certificateFile, kubeconfigFile, serviceAccountKey } from "../keys.ts";
import type { Program } from "../process.ts";

/** In: the binary, the cluster's folder, a free port. */
export function controllerManager(command: string, folder: string, port: number): Program {
  return {
    name: "kube-controller-manager",
    command,
    args: [
      `--kubeconfig=${kubeconfigFile(folder, "system:kube-controller-manager")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      "--leader-elect=false",
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${serviceAccountKey(folder)}`,
      `--root-ca-file=${certificateFile(folder)}`,
      "--authentication-skip-lookup=true",
      "--profiling=false",
      // Its 20 requests a second would be what a sync of 150 services waits for.
      "--kube-api-qps=500",
      "--kube-api-burst=1000",
    ],
  };
}
