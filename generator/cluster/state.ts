/** What a later command must know of a cluster that is up. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiClient, type Api } from "./api.ts";
import type { Addresses } from "./argo-cd/repository.ts";
import { certificateFile, kubeconfigFile, readTokens } from "./keys.ts";
import { parse } from "yaml";

export interface ClusterState {
  readonly environment: string;
  /** Of the API server. */
  readonly url: string;
  readonly addresses: Addresses;
}

const stateFile = (folder: string): string => join(folder, "cluster.json");

export const writeState = (folder: string, state: ClusterState): void =>
  writeFileSync(stateFile(folder), JSON.stringify(state, undefined, 2));

/** Undefined where no cluster was ever complete. */
export function readState(folder: string): ClusterState | undefined {
  try {
    return JSON.parse(readFileSync(stateFile(folder), "utf8")) as ClusterState;
  } catch {
    return undefined;
  }
}

/** A client of the cluster of a folder, which no kubeconfig of a person leads elsewhere. */
export const openApi = (folder: string, { url }: ClusterState): Api =>
  apiClient(folder, url, readTokens(folder));

/** Where the folder's kubeconfig leads, if not to the cluster of the folder. */
export function strayServer(folder: string, { url }: ClusterState): string | undefined {
  interface Kubeconfig {
    readonly clusters?: readonly {
      readonly cluster?: { readonly server?: string; readonly "certificate-authority"?: string };
    }[];
  }
  const { clusters = [] } = parse(
    readFileSync(kubeconfigFile(folder, "admin"), "utf8"),
  ) as Kubeconfig;
  const own = clusters.every(
    ({ cluster }) =>
      cluster?.server === url && cluster["certificate-authority"] === certificateFile(folder),
  );
  return own
    ? undefined
    : (clusters.find(({ cluster }) => cluster?.server !== url)?.cluster?.server ??
        "another authority");
}
