/** The provider of Cloudflare: the one plugin that is not built from pinned modules, as its own cannot be had that way. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { toolProblem } from "../../../generator/src/tools/problems.ts";
import { pulumiHome } from "./stack.ts";

/** That of the package of the same name: provisioning/package.json. */
const pluginVersion = "6.22.1";
const program = "pulumi-resource-cloudflare";

/**
 * The engine downloads nothing by itself, so that nothing is downloaded unseen. In: PATH, folders with the engine. Out: TOOL_MISSING
 * with the command that installs the plugin, where it is not there.
 */
export function checkPlugin(
  searched = process.env["PATH"] ?? "",
  [engine = ""]: readonly string[],
): Problem | undefined {
  const installed = path.join(pulumiHome(), "plugins", `resource-cloudflare-v${pluginVersion}`);
  const folders = [installed, ...searched.split(path.delimiter).filter((folder) => folder !== "")];
  const isThere = folders.some((folder) => existsSync(path.join(folder, program)));
  if (isThere) return undefined;
  return toolProblem("TOOL_MISSING", {
    file: "provisioning/package.json",
    message: `Pulumi's plugin for Cloudflare, ${pluginVersion}, is not installed: records cannot be kept without.`,
    expected: path.join(installed, program),
    fix: `PULUMI_HOME=${pulumiHome()} ${path.join(engine, "pulumi")} plugin install resource cloudflare ${pluginVersion}`,
  });
}
