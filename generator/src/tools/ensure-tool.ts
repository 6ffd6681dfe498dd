/** The one door to the outside tools: ask for a name, get a path that can be run. */
import type { Problem } from "../problems/problem.ts";
import { guardCache } from "./cache-problem.ts";
import { ensureCrds } from "./crds.ts";
import { ensureGoTool } from "./go-build.ts";
import { goTools, type GoToolName } from "./go-tools.ts";
import { currentHost, type Host } from "./host.ts";
import { isProblem } from "./problems.ts";
import { markUsed, pruneTools } from "./prune-tools.ts";
import { ensurePythonTool, pythonTools, type PythonToolName } from "./python.ts";
import { ensureRedis, redisTools, type RedisToolName } from "./redis.ts";
import { ensureRustTool } from "./rust-build.ts";
import { rustTools, type RustToolName } from "./rust-tools.ts";
import { linkIntoTree } from "./tree-link.ts";

const crds = { crds: { purpose: "the CRDs that objects are checked against" } } as const;

/** Every tool by name, with what it is for. */
export const toolList: Readonly<Record<ToolName, { readonly purpose: string }>> = {
  ...goTools,
  ...pythonTools,
  ...rustTools,
  ...redisTools,
  ...crds,
};

/** `helm` is the one built from its module; to render, take `ensureHelm`, which chooses. */
export type ToolName =
  | GoToolName
  | PythonToolName
  | RustToolName
  | RedisToolName
  | keyof typeof crds;

/** Says whether a word is the name of a tool. */
export function isToolName(word: string): word is ToolName {
  return Object.hasOwn(toolList, word);
}

/**
 * Gives a tool, building or installing it when its pinned version is not in the cache yet, and links
 * it as `.tools/bin/<name>` for people.
 * In: its name. Out: the absolute path of the binary (for `crds`: of the folder). Problems:
 * TOOL_MISSING and TOOL_TOO_OLD (Go, Python or Rust), TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT,
 * TOOL_BUILD_FAILED, TOOL_CACHE_UNUSABLE.
 */
export async function ensureTool(
  name: ToolName,
  host: Host = currentHost(),
): Promise<string | Problem> {
  const path = await guardCache(host, () => provide(name, host));
  if (isProblem(path)) return path;
  await linkIntoTree(name, path, host);
  await markUsed(path, host);
  await pruneTools(host);
  return path;
}

async function provide(name: ToolName, host: Host): Promise<string | Problem> {
  if (name === "crds") {
    const found = await ensureCrds(host);
    return isProblem(found) ? found : found.folder;
  }
  if (name === "redis-server") return ensureRedis(host);
  if (isRustTool(name)) return ensureRustTool(name, host);
  return isPythonTool(name) ? ensurePythonTool(name, host) : ensureGoTool(name, host);
}

function isPythonTool(name: ToolName): name is PythonToolName {
  return Object.hasOwn(pythonTools, name);
}

function isRustTool(name: ToolName): name is RustToolName {
  return Object.hasOwn(rustTools, name);
}
