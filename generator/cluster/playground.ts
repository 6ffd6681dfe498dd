/**
 * The cluster of an environment with everything that environment consists of, top to bottom: control plane, Argo CD, the
 * rendered files in a git repository, the root Application. Argo CD does the rest.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Platform, Release } from "../src/model/platform.ts";
import { applyAll, type KubernetesObject } from "./api.ts";
import {
  copyEnvironment,
  createRepository,
  type LocalRepository,
  type Push,
} from "./argo-cd/repository.ts";
import type { ArgoCdOverrides } from "./argo-cd/settings.ts";
import { startArgoCd, startRepositories, type Served } from "./argo-cd/start.ts";
import { startCluster, type LocalCluster } from "./cluster.ts";
import { allDefinitions, applyDefinitions, definitionsIn } from "./definitions.ts";
import type { Programs } from "./programs.ts";
import { simulateControllers } from "./simulated/controllers.ts";

export interface PlaygroundOptions {
  readonly root: string;
  readonly folder: string;
  readonly environment: string;
  readonly programs: Programs;
  readonly platform: Platform;
  readonly report?: (line: string) => void;
  /**
   * All definitions of kinds come with the charts, as on a new cluster; or those of kinds that are used are there before
   * Argo CD starts, which is what people wait less for: it reads the API server's whole schema again for every one that comes.
   */
  readonly definitions?: "by charts" | "before";
  readonly argoCd?: ArgoCdOverrides;
}

export interface Playground {
  readonly cluster: LocalCluster;
  readonly served: Served;
  readonly repository: LocalRepository;
  readonly releases: readonly Release[];
  /** Takes what is rendered now into the repository, and pushes it. In: what to change in its folder before. */
  readonly publish: (message: string, change?: (folder: string) => void) => Promise<Push>;
  /** How many Applications there will be of what was published. */
  readonly count: () => number;
  /** Gives Argo CD the root Application: the sync begins. */
  readonly begin: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Ends what this process does for it; its programs go on. */
  readonly leave: () => void;
}

/** API groups whose definitions are part of a cluster before any chart is: those of the storage drivers. */
const ofTheCluster = ["snapshot.storage.k8s.io"];

/** Starts everything but the sync. Throws where a program does not start. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { root, folder, environment, programs, platform, report } = options;
  const releases = platform.releases.filter(({ facts }) => facts.name === environment);
  const facts = releases[0]?.facts;
  const argocd = platform.releases.find(
    ({ service, facts: { name } }) => service.name === "argo-cd" && name === facts?.cluster.carrier,
  );
  if (facts === undefined || argocd === undefined) {
    throw new Error(`${environment} has no services, or its cluster has no argo-cd`);
  }
  const cluster = await startCluster({
    folder,
    programs,
    facts: facts.cluster,
    ...(report && { report }),
  });
  const isNew = options.definitions === "by charts";
  const definitions = isNew
    ? allDefinitions(programs.crds)
    : definitionsIn(join(root, "kubernetes", environment), programs.crds);
  await applyDefinitions(
    cluster.api,
    isNew ? definitions.filter(({ group }) => ofTheCluster.includes(group)) : definitions,
  );
  const stopSimulating = await simulateControllers(cluster.api);
  const served = await startRepositories(cluster, programs, { releases, definitions });
  await startArgoCd(cluster, programs, argocd, options.argoCd);
  const branch = facts.environment.revision.replace("refs/heads/", "");
  const repository = await createRepository(served.folder, join(folder, "tree"), branch);
  const applications = join(repository.tree, "kubernetes", environment, "_argocd");
  const read = (name: string): KubernetesObject =>
    parse(readFileSync(join(applications, name), "utf8")) as KubernetesObject;
  return {
    cluster,
    served,
    repository,
    releases,
    publish: async (message, change) => {
      copyEnvironment(root, repository.tree, environment, served.addresses);
      change?.(join(repository.tree, "kubernetes", environment));
      return repository.push(message);
    },
    count: () => readdirSync(applications).filter((name) => name.startsWith("application-")).length,
    begin: () =>
      applyAll(cluster.api, [
        read(`appproject-${environment}.yaml`),
        read(`application-${environment}.yaml`),
      ]),
    stop: async () => {
      stopSimulating();
      await cluster.stop();
    },
    leave: () => {
      stopSimulating();
      cluster.api.close();
    },
  };
}
