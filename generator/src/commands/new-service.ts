/** `npm run new-service <name>`: authored files, the environment that runs it, rendered at once. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environmentFile, serviceFolder } from "../model/paths.ts";
import { readTree } from "../load/tree.ts";
import type { SourceTree } from "../model/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { planNewService } from "../scaffold/new-service.ts";
import type { Scaffold } from "../scaffold/new-service.ts";
import { fileProblem } from "../write/file-problem.ts";
import type { Invocation } from "./arguments.ts";
import { writeAll } from "./render-all.ts";
import { report } from "./report.ts";
import { repositoryRoot } from "./repository-paths.ts";

const defaultEnvironment = "dev";

/** Exit code: 0 written and rendered, 2 a mistake; then the tree is as it was. */
export async function newService(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  if (value === undefined) {
    report(root, problems, invocation.format);
    return 2;
  }
  const environment = invocation.environment ?? defaultEnvironment;
  const present = new Set(
    value.releases
      .filter((release) => release.facts.name === environment)
      .map((release) => release.service.name),
  );
  const planned = planNewService(tree, {
    name,
    environment,
    image: invocation.image,
    port: invocation.port,
    present,
    tiers: value.authored.tiers,
    isOccupied: existsSync(path.join(root, serviceFolder(name))),
  });
  if ("problem" in planned) {
    report(root, [planned.problem], invocation.format);
    return 2;
  }
  let kept = false;
  try {
    writeScaffold(root, planned.scaffold);
    kept = (await writeAll(root, invocation)) === 0;
  } catch (error) {
    report(root, [fileProblem(error, serviceFolder(name), "Nothing was kept.")], invocation.format);
  } finally {
    if (!kept) undo(root, name, environment, tree);
  }
  if (!kept) {
    process.stderr.write(`Nothing was kept of ${name}.\n`);
    return 2;
  }
  const runsIn = (await buildPlatform(readTree(root))).value?.releases
    .filter((release) => release.service.name === name)
    .map((release) => release.facts.name) ?? [environment];
  process.stdout.write(nextSteps(name, runsIn, planned.scaffold));
  return 0;
}

function writeScaffold(root: string, { files }: Scaffold): void {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

function undo(root: string, name: string, environment: string, before: SourceTree): void {
  rmSync(path.join(root, serviceFolder(name)), { recursive: true, force: true });
  writeFileSync(
    path.join(root, environmentFile(environment)),
    before.sources.get(environmentFile(environment)) ?? "",
  );
}

function nextSteps(
  name: string,
  environments: readonly string[],
  { known, left }: Scaffold,
): string {
  const edges =
    left.length === 0 ? [] : [`  left out, because they do not run there: ${left.join(", ")}`];
  const look = known
    ? []
    : ["  look at health, storage and security: nobody knows this image, so they are guesses"];
  return [
    `\n${name} runs in ${environments.join(" and ")}: charts/services/${name}/values.ts`,
    ...edges,
    ...look,
    "",
  ].join("\n");
}
