/**
 * `npm run validate [-- --kubernetes-version 1.35]`: checks every rendered object as the API server
 * would, CEL rules included, against the schemas of its cluster's Kubernetes and the CRDs.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Problem } from "../problems/problem.ts";
import { guardCache } from "./cache-problem.ts";
import { crdsByEnvironment } from "./crd-sets.ts";
import { ensureCrds, type Crds } from "./crds.ts";
import { ensureTool } from "./ensure-tool.ts";
import type { Host } from "./host.ts";
import { validateFiles, type Validator, type Verdict } from "./kubectl-validate.ts";
import { clusterVersions, sameVersion } from "./kubernetes-versions.ts";
import { isProblem, toolProblem } from "./problems.ts";
import { markUsed } from "./prune-tools.ts";
import { readRenderedFiles, type RenderedFile } from "./rendered-files.ts";
import { addPassed, readPassed } from "./validated-cache.ts";

/** The validator uses one core. Two halves load some CRDs twice; more parts would cost more than win. */
const processes = 2;

export interface Validation {
  readonly problems: readonly Problem[];
  readonly counts: {
    readonly objects: number;
    readonly unchanged: number;
    readonly checked: number;
  };
}

/**
 * The command: `[--kubernetes-version 1.35]`, which goes before the versions of the clusters. In: its
 * arguments; out: the problems of `validateRendered`, or TOOL_USAGE. Reports the counts.
 */
export async function validateCommand(
  args: readonly string[],
  host: Host,
): Promise<readonly Problem[]> {
  const asked = readVersion(args);
  if (isProblem(asked)) return [asked];
  const { problems, counts } = await validateRendered(host, asked.version);
  host.report(
    `${counts.objects} objects: ${counts.unchanged} unchanged, ${counts.checked} checked`,
  );
  return problems;
}

/**
 * Checks everything under kubernetes/, each environment as its cluster's Kubernetes would. In: the host,
 * whose root holds the tree, and a version such as `1.35` when one is to go for all. Out: the problems
 * (MANIFEST_INVALID, MANIFEST_NO_SCHEMA, TOOL_FAILED, TOOL_CACHE_UNUSABLE, and those of `clusterVersions` and
 * `ensureTool`), and how many files were checked.
 */
export async function validateRendered(host: Host, version?: string): Promise<Validation> {
  const files = await readRenderedFiles(host.root);
  const none = { objects: files.length, unchanged: 0, checked: 0 };
  if (files.length === 0) return { problems: [nothingRendered()], counts: none };
  const environments = [...new Set(files.map((file) => file.environment))];
  const { versions, problems } =
    version === undefined
      ? await clusterVersions(host.root, environments)
      : sameVersion(version, environments);
  if (versions.size === 0) return { problems, counts: none };
  const path = await ensureTool("kubectl-validate", host);
  if (isProblem(path)) return { problems: [...problems, path], counts: none };
  const pinned = await guardCache(host, () => ensureCrds(host));
  if (isProblem(pinned)) return { problems: [...problems, pinned], counts: none };
  await markUsed(pinned.folder, host);

  const sets = await guardCache(host, () => crdsByEnvironment(files, pinned, host));
  if (isProblem(sets)) return { problems: [...problems, sets], counts: none };
  const groups = groupByServer(files, versions, sets);
  const rules = await hashOfRules();
  const verdicts: Verdict[] = [];
  let unchanged = 0;
  for (const { crds, kubernetesVersion, members } of groups) {
    const combination = [basename(dirname(path)), crds.hash, kubernetesVersion, rules].join("-");
    const passed = await readPassed(combination, host);
    const unchecked = members.filter((file) => !passed.has(file.hash));
    unchanged += members.length - unchecked.length;
    const crdGroups = new Set(await readdir(crds.folder));
    const validator = { path, kubernetesVersion, crdFolder: crds.folder, crdGroups };
    const found = await validateInParts(validator, unchecked, host);
    await addPassed(
      combination,
      found.flatMap((verdict) => verdict.passed.map(({ hash }) => hash)),
      host,
    );
    verdicts.push(...found);
  }
  const known = groups.reduce((sum, { members }) => sum + members.length, 0);
  return {
    problems: [...problems, ...verdicts.flatMap((verdict) => verdict.problems)],
    counts: { objects: files.length, unchanged, checked: known - unchanged },
  };
}

function validateInParts(
  validator: Validator,
  files: readonly RenderedFile[],
  host: Host,
): Promise<Verdict[]> {
  return Promise.all(splitByGroup(files).map((part) => validateFiles(validator, part, host)));
}

/**
 * Halves the files with those of one API group together, so that hardly any CRD is loaded twice.
 * In: the files; out: at most two parts, none empty.
 */
export function splitByGroup(files: readonly RenderedFile[]): RenderedFile[][] {
  const sorted = files.toSorted((a, b) => {
    const [left, right] = [a.groups.join() + a.file, b.groups.join() + b.file];
    return left < right ? -1 : 1;
  });
  const size = Math.max(1, Math.ceil(sorted.length / processes));
  const parts = Array.from({ length: processes }, (_, index) =>
    sorted.slice(index * size, (index + 1) * size),
  );
  return parts.filter((part) => part.length > 0);
}

/** What an API server knows: its version, its CRDs. */
interface Server {
  readonly kubernetesVersion: string;
  readonly crds: Crds;
}

/** Environments nearly always have the same version and CRDs; then they are checked together. */
function groupByServer(
  files: readonly RenderedFile[],
  versions: ReadonlyMap<string, string>,
  sets: ReadonlyMap<string, Crds>,
): (Server & { members: RenderedFile[] })[] {
  const groups = new Map<string, Server & { members: RenderedFile[] }>();
  for (const file of files) {
    const kubernetesVersion = versions.get(file.environment);
    const crds = sets.get(file.environment);
    if (crds === undefined || kubernetesVersion === undefined) continue;
    const key = `${kubernetesVersion} ${crds.hash}`;
    const group = groups.get(key) ?? { kubernetesVersion, crds, members: [] };
    group.members.push(file);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What passed under an older reading of the reports proves nothing, so the code is part of the key. */
async function hashOfRules(): Promise<string> {
  const code = await readFile(join(import.meta.dirname, "kubectl-validate.ts"));
  return createHash("sha256").update(code).digest("hex").slice(0, 8);
}

function readVersion(args: readonly string[]): { version: string | undefined } | Problem {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { "kubernetes-version": { type: "string" } },
    });
    const asked = values["kubernetes-version"];
    if (asked === undefined) return { version: undefined };
    const version = /^v?(\d+\.\d+)(\.\d+)?$/.exec(asked)?.[1];
    return version === undefined ? wrongUsage(`"${asked}" is no Kubernetes version.`) : { version };
  } catch (error) {
    return wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wrongUsage(message: string): Problem {
  return toolProblem("TOOL_USAGE", {
    file: "package.json",
    message,
    fix: "Usage: npm run validate [-- --kubernetes-version 1.35]",
  });
}

function nothingRendered(): Problem {
  return toolProblem("MANIFEST_INVALID", {
    file: "kubernetes",
    message: "There is no rendered file under kubernetes/, so nothing was checked.",
    fix: "Run `npm run render` first.",
  });
}
