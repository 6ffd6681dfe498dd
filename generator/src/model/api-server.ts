/** The API server of a cluster, as it is said. */
import type { Cluster } from "./cluster.ts";

/** Where it listens unless another port is said: as Kubernetes itself, k3s and Talos have it. */
const usualPort = 6443;

export const apiServerPort = ({ apiServer }: Pick<Cluster, "apiServer">): number =>
  apiServer.port ?? usualPort;
