/** Argo CD on a local cluster, and the git and chart repositories it reads. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "../../src/model/platform.ts";
import { applyAll } from "../api.ts";
import { answers, listens, type LocalCluster } from "../cluster.ts";
import { allDefinitions, applyDefinitions } from "../definitions.ts";
import { linkHelpers, type Programs } from "../programs.ts";
import { applicationController, redis, repoServer } from "./processes.ts";
import type { Addresses } from "./repository.ts";
import { argoCdObjects, controllerVariables, type ArgoCdOverrides } from "./settings.ts";
import { writeStandIns, type StandInContent } from "./stand-in-charts.ts";

export interface Served {
  /** The folder repositories are served from. */
  readonly folder: string;
  readonly addresses: Addresses;
}

/** Serves git and chart repositories on loopback. The charts are those of the releases. */
export async function startRepositories(
  cluster: LocalCluster,
  { helm }: Programs,
  content: StandInContent,
): Promise<Served> {
  const folder = join(cluster.folder, "served");
  mkdirSync(folder, { recursive: true });
  const site = `http://127.0.0.1:${cluster.ports.git}`;
  const addresses = { git: `${site}/platform.git`, charts: `${site}/charts` };
  await writeStandIns(helm, join(folder, "charts"), addresses.charts, content);
  const script = join(import.meta.dirname, "git-server.ts");
  const args = [script, String(cluster.ports.git), folder];
  await cluster.launch({ name: "git-server", command: process.execPath, args }, () =>
    answers(site),
  );
  return { folder, addresses };
}

/** Starts Argo CD with the settings the values of the service `argo-cd` say. It syncs nothing until an Application is there. */
export async function startArgoCd(
  cluster: LocalCluster,
  programs: Programs,
  release: Release,
  overrides?: ArgoCdOverrides,
): Promise<void> {
  await applyDefinitions(
    cluster.api,
    allDefinitions(programs.crds).filter(({ group }) => group === "argoproj.io"),
  );
  await applyAll(cluster.api, argoCdObjects(programs.modules.argocd, release, overrides));
  const helpers = linkHelpers(cluster.folder, programs);
  const { ports } = cluster;
  await cluster.launch(redis(programs["redis-server"], cluster), () => listens(ports.redis));
  await cluster.launch(repoServer(programs.argocd, helpers, cluster), () =>
    answers(`http://127.0.0.1:${ports.repoServerMetrics}/healthz`),
  );
  const settings = controllerVariables(release, overrides);
  await cluster.launch(applicationController(programs.argocd, helpers, cluster, settings), () =>
    answers(`http://127.0.0.1:${ports.controllerMetrics}/healthz`),
  );
}
