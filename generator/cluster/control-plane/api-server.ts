import {
  certificateFolder,
  serviceAccountKey,
  serviceAccountPublicKey,
  tokensFile,
} from "../keys.ts";
import type { Program } from "../process.ts";
import { auditArguments } from "./audit.ts";

/**
 * The API server as a cluster has it: RBAC, Pod Security and admission policies are on.
 * In: the binary, the cluster's folder, ports, the range of Services of the cluster's facts, and whose requests it writes down.
 */
export function apiServer(
  command: string,
  folder: string,
  ports: { readonly etcd: number; readonly apiServer: number },
  serviceRange: string,
  audited: readonly string[] = [],
): Program {
  return {
    name: "kube-apiserver",
    command,
    // Memory is there, processor time is not.
    environment: { GOGC: "400" },
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.apiServer}`,
      "--advertise-address=127.0.0.1",
      // An address on loopback may not be an endpoint of the Service `kubernetes`.
      "--endpoint-reconciler-type=none",
      `--cert-dir=${certificateFolder(folder)}`,
      `--token-auth-file=${tokensFile(folder)}`,
      "--authorization-mode=Node,RBAC",
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      `--service-account-key-file=${serviceAccountPublicKey(folder)}`,
      `--service-account-signing-key-file=${serviceAccountKey(folder)}`,
      `--service-cluster-ip-range=${serviceRange}`,
      "--allow-privileged=true",
      "--profiling=false",
      ...auditArguments(folder, audited),
    ],
  };
}
