/** Files of a pinned Go module that are used as they are: stages, definitions, a script. */
import { join } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { goTools, type GoToolName } from "./go-tools.ts";
import { goEnvironment, goProblem } from "./go.ts";
import type { Host } from "./host.ts";
import { run } from "./process.ts";

/**
 * Gives the folder of a module that a tool is built from, fetching it when Go's own cache has lost it.
 * In: the tool and the module's path. Out: the folder, which is read-only. Problems: TOOL_DOWNLOAD_FAILED, TOOL_CORRUPT.
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
  const outcome = await run("go", ["mod", "download", "-json", module], options);
  if (outcome.exitCode !== 0) return goProblem(`Fetching ${module}`, `${folder}/go.mod`, outcome);
  return (JSON.parse(outcome.stdout) as { readonly Dir: string }).Dir;
}
