/** What Helm alone takes for the same charts: one process for each release, and the batches RZP runs. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { followedFiles } from "../src/cache/on-disk.ts";
import { load } from "js-yaml";
import type { HelmValues } from "../src/model/values/service.ts";
import { inBatches } from "../src/render/helm.ts";
import { inTurns } from "../src/render/in-turns.ts";
import { runHelm } from "../src/render/run-helm.ts";
import { batchArguments, stageBatch } from "../src/render/stage.ts";
import type { RenderItem } from "../src/render/stage.ts";
import { measure, runCommand } from "./measure.ts";
import type { Command, Figures } from "./measure.ts";
import { environments } from "./platform.ts";

/** More processes than these are not started: each costs the same, so the sum is reckoned from an even choice of them. */
const processesMost = 450;

/** In: a rendered repository. Costs of `helm template` for each service and environment, as many at once as there are cores. */
export async function helmPerService(
  helm: string,
  root: string,
): Promise<Figures & { readonly processes: number }> {
  const releases = releasesOf(root);
  const step = Math.ceil(releases.length / processesMost);
  const chosen = releases.filter((_release, index) => index % step === 0);
  const commands = chosen.map(({ environment, service }): Command => {
    const chart = `charts/services/${service}`;
    return {
      program: helm,
      args: ["template", service, chart, "--values", `${chart}/ci/${environment}-values.yaml`],
      cwd: root,
    };
  });
  const { wallSeconds, cpuSeconds, peakMebibytes } = await measure(() =>
    inTurns(commands, runCommand),
  );
  const factor = releases.length / chosen.length;
  return {
    wallSeconds: wallSeconds * factor,
    cpuSeconds: cpuSeconds * factor,
    peakMebibytes,
    processes: chosen.length,
  };
}

/** Costs of the bare Helm batches: staged before, output read and thrown away. */
export function helmBatch(helm: string, staged: readonly StagedBatch[]): Promise<Figures> {
  return measure(() =>
    inTurns(staged, ({ folder, chart }) => runHelm({ helm, args: batchArguments(chart), folder })),
  );
}

export interface StagedBatch {
  readonly folder: string;
  readonly chart: string;
}

/** In: a rendered repository. Out: its releases as RZP hands them to Helm. */
export function stageBatches(root: string): StagedBatch[] {
  return inBatches(releasesOf(root)).map((releases) => {
    const folder = mkdtempSync(`${root}.batch-`);
    return {
      folder,
      chart: stageBatch(
        root,
        folder,
        releases.map((release) => itemOf(root, release)),
      ),
    };
  });
}

interface ReleaseName {
  readonly environment: string;
  readonly service: string;
}

function releasesOf(root: string): ReleaseName[] {
  return environments.flatMap((environment) =>
    readdirSync(path.join(root, "kubernetes", environment))
      .filter((service) => !service.startsWith("_"))
      .map((service) => ({ environment, service })),
  );
}

function itemOf(root: string, { environment, service }: ReleaseName): RenderItem {
  const values = load(
    readFileSync(
      path.join(root, `charts/services/${service}/ci/${environment}-values.yaml`),
      "utf8",
    ),
  ) as HelmValues;
  const mounts = Object.values(values.service.configMaps).some((files) =>
    Object.values(files).some((file) => "file" in file),
  );
  return { environment, service, values, files: mounts ? configOf(root, service) : [] };
}

function configOf(root: string, service: string): RenderItem["files"] {
  const folder = `charts/services/${service}`;
  return followedFiles(root, `${folder}/config`).map((file) => [
    file.slice(folder.length + 1),
    readFileSync(path.join(root, file), "utf8"),
  ]);
}
