/** Files of a pinned Go module that are used as they are: stages, definitions, a script. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { goTools, type GoToolName } from "./go-tools.ts";
import { checkGo, goEnvironment, goProblem } from "./go.ts";
import type { Host } from "./host.ts";
import { run } from "./process.ts";

/**
 * Gives the folder of a module that a tool is built from, fetching it when Go's own cache has lost it.
 * In: the tool and the module's path. Out: the folder, which is read-only. Problems: TOOL_MISSING and TOOL_TOO_OLD
 * (Go), TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT, TOOL_BUILD_FAILED.
 */
export async function goModuleFolder(
  tool: GoToolName,
  module: string,
  host: Host,
): Promise<string | Problem> {
  const folder = `tools/${goTools[tool].module}`;
  const options = {
    cwd: join(host.root, folder),
    environment: { ...host.environment, ...goEnvironment(host) },
  };
  const file = `${folder}/go.mod`;
  const missing = await checkGo(
    options.cwd,
    { file, text: await readFile(join(host.root, file), "utf8") },
    host,
  );
  if (missing !== undefined) return missing;
  const outcome = await run("go", ["mod", "download", "-json", module], options);
  if (outcome.exitCode !== 0) return goProblem(`Fetching ${module}`, file, outcome);
  return (JSON.parse(outcome.stdout) as { readonly Dir: string }).Dir;
}
