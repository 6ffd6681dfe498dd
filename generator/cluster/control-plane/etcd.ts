import { join } from "node:path";
import type { Program } from "../process.ts";

/** In: the binary, the cluster's folder and two free ports. It does not wait for the disk: what it holds is thrown away. */
export function etcd(
  command: string,
  folder: string,
  ports: { readonly etcd: number; readonly etcdPeer: number },
): Program {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: "etcd",
    command,
    args: [
      "--name=local",
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=local=${peer}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  };
}
