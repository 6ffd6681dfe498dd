/**
 * The CRDs that objects are checked against. They are taken from the Go modules of the projects that
 * own them, pinned in `tools/crds/crds.json`; none is kept in the repository.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import type { Problem } from "../problems/problem.ts";
import { checkGo, goEnvironment, goProblem } from "./go.ts";
import type { Host } from "./host.ts";
import { withLock } from "./lock.ts";
import { isProblem, toolProblem } from "./problems.ts";
import { run } from "./process.ts";
import { withProgress } from "./progress.ts";
import { crdName, readCrdModules, type CrdModule } from "./crd-list.ts";

const listFile = "tools/crds/crds.json";

/** Raise it when the folder's layout changes. */
const layout = "2";

export interface Crds {
  /** Holds a folder for each API group, with a YAML file for each CRD of the group. */
  readonly folder: string;
  /** Changes with the list, and so with what the folder holds. */
  readonly hash: string;
}

/**
 * Gives the folder with all pinned CRDs, fetching them when this list was never fetched here.
 * Problems: TOOL_MISSING and TOOL_TOO_OLD (Go), TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT (another checksum
 * than pinned), TOOL_BUILD_FAILED (a pinned folder that holds no CRD).
 */
export async function ensureCrds(host: Host): Promise<Crds | Problem> {
  const list = await readFile(join(host.root, listFile), "utf8");
  const hash = createHash("sha256").update(`${layout}\n`).update(list).digest("hex").slice(0, 16);
  const folder = join(host.cache, `crds-${hash}`);
  if (await isThere(folder)) return { folder, hash };
  const problem = await withLock(
    folder,
    () => host.report("waiting for another run that fetches the CRDs …"),
    async () =>
      (await isThere(folder)) ? undefined : fetchAll(readCrdModules(list), folder, host),
  );
  return problem ?? { folder, hash };
}

async function isThere(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined)) !== undefined;
}

async function fetchAll(
  modules: readonly CrdModule[],
  folder: string,
  host: Host,
): Promise<Problem | undefined> {
  // Outside any module, so that no go.mod of this tree is asked or changed.
  const cwd = tmpdir();
  const problem = await checkGo(cwd, { file: listFile, text: "go 1.24" }, host);
  if (problem !== undefined) return problem;
  const unfinished = `${folder}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    return await withProgress(`fetching the CRDs of ${modules.length} projects`, host, async () => {
      const downloads = await download(modules, cwd, host);
      if (isProblem(downloads)) return downloads;
      await mkdir(unfinished, { recursive: true });
      for (const [index, module] of modules.entries()) {
        const failure = await takeCrds(module, downloads[index]?.Dir ?? "", unfinished);
        if (failure !== undefined) return failure;
      }
      await rename(unfinished, folder);
      return undefined;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

interface Download {
  readonly Dir?: string;
  readonly Sum?: string;
  readonly Error?: string;
}

/** One call for all modules: Go fetches them side by side and prints one JSON object for each. */
async function download(
  modules: readonly CrdModule[],
  cwd: string,
  host: Host,
): Promise<readonly Download[] | Problem> {
  const args = ["mod", "download", "-json", ...modules.map(({ module }) => module)];
  const environment = { ...host.environment, ...goEnvironment(host), GOFLAGS: "" };
  const outcome = await run("go", args, { cwd, environment });
  const downloads = outcome.stdout
    .split(/(?<=^\})\n/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as Download);
  const refused = downloads.find((entry) => entry.Error !== undefined);
  if (outcome.exitCode !== 0 || refused !== undefined) {
    const said = refused?.Error === undefined ? outcome : { ...outcome, stderr: refused.Error };
    return goProblem("Fetching the CRDs", listFile, said);
  }
  const changed = modules.findIndex(({ sum }, index) => downloads[index]?.Sum !== sum);
  return changed < 0 ? downloads : wrongSum(modules[changed], downloads[changed]);
}

function wrongSum(module: CrdModule | undefined, found: Download | undefined): Problem {
  return toolProblem("TOOL_CORRUPT", {
    file: listFile,
    message: `The CRDs of "${module?.module}" have another checksum than the pinned one.`,
    found: found?.Sum ?? "none",
    expected: module?.sum ?? "",
    fix: "With a new version its `sum` must be pinned too; with the same one, do not use the module.",
  });
}

async function takeCrds(
  module: CrdModule,
  source: string,
  target: string,
): Promise<Problem | undefined> {
  for (const folder of module.folders) {
    const names = await readdir(join(source, folder)).catch(() => []);
    const files = names.filter((name) => name.endsWith(".yaml")).toSorted();
    const taken = await Promise.all(
      files.map((name) => takeIfCrd(join(source, folder, name), target)),
    );
    if (!taken.includes(true)) return noCrds(module, folder);
  }
  return undefined;
}

/** Such folders also hold kustomizations and admission policies, which are no schemas. */
async function takeIfCrd(source: string, target: string): Promise<boolean> {
  const text = await readFile(source, "utf8");
  const name = crdName(text);
  if (name === undefined) return false;
  await mkdir(join(target, name.group), { recursive: true });
  await writeFile(join(target, name.group, name.file), text);
  return true;
}

function noCrds(module: CrdModule, folder: string): Problem {
  return toolProblem("TOOL_BUILD_FAILED", {
    file: listFile,
    message: `"${folder}" of ${module.module} holds no CustomResourceDefinition.`,
    fix: "Look up the folder of this version and correct `folders`.",
  });
}
