import { kubeconfigFile } from "../keys.ts";
import type { Program } from "../process.ts";

/** In: the binary, the cluster's folder, a free port. */
export function scheduler(command: string, folder: string, port: number): Program {
  return {
    name: "kube-scheduler",
    command,
    args: [
      `--kubeconfig=${kubeconfigFile(folder, "system:kube-scheduler")}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      "--leader-elect=false",
      "--authentication-skip-lookup=true",
      "--profiling=false",
      "--kube-api-qps=500",
      "--kube-api-burst=1000",
    ],
  };
}
