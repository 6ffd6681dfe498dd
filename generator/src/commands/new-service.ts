/** `npm run new-service <name>`: authored files, the environment that runs it, rendered at once. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Environment } from "../model/environment.ts";
import { serviceFile, serviceFolder } from "../model/paths.ts";
import { readTree } from "../load/tree.ts";
import type { SourceTree } from "../model/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { planNewService } from "../scaffold/new-service/new-service.ts";
import type { Scaffold } from "../scaffold/new-service/new-service.ts";
import { fileProblem } from "../write/file-problem.ts";
import { holdsMoreThanLibrary } from "../write/library-link.ts";
import type { Invocation } from "./arguments.ts";
import { writeAll } from "./render-all.ts";
import { report } from "./report.ts";
import { repositoryRoot } from "./repository-paths.ts";
import { say } from "./say.ts";

const defaultEnvironment = "dev";

/** Exit code: 0 written and rendered, 1 findings on rendered objects, 2 a mistake; unless 0 the tree is as it was. */
export async function newService(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  if (value === undefined) {
    report(root, problems, invocation.format);
    return 2;
  }
  const environment = invocation.environment ?? environmentUnlessSaid(tree);
  const present = new Set(
    value.releases
      .filter((release) => release.facts.name === environment)
      .map((release) => release.service.name),
  );
  const planned = planNewService(tree, {
    name,
    environment,
    isEnvironmentSaid: invocation.environment !== undefined,
    image: invocation.image,
    port: invocation.port,
    present,
    tiers: value.authored.tiers,
    withoutProvider: withoutProvider(value.authored.environments, environment),
    hasProvider: [...value.authored.environments.values()].some(
      ({ signIn }) => signIn !== undefined,
    ),
    isOccupied: holdsMoreThanLibrary(root, name),
  });
  if ("problem" in planned) {
    report(root, [planned.problem], invocation.format);
    return 2;
  }
  let code: 0 | 1 | 2 = 2;
  try {
    writeScaffold(root, planned.scaffold);
    code = await writeAll(root, invocation);
  } catch (error) {
    report(root, [fileProblem(error, serviceFolder(name), "Nothing was kept.")], invocation.format);
  } finally {
    if (code !== 0) undo(root, name, planned.scaffold, tree);
  }
  if (code !== 0) {
    process.stderr.write(`Nothing was kept of ${name}.\n`);
    return code;
  }
  const runsIn = (await buildPlatform(readTree(root))).value?.releases
    .filter((release) => release.service.name === name)
    .map((release) => release.facts.name) ?? [environment];
  say(nextSteps(name, runsIn, planned.scaffold, tree), invocation.format);
  return 0;
}

/** The one there is, where a repository has no `dev` and nothing to choose from. */
function environmentUnlessSaid({ environments }: SourceTree): string {
  const [only, ...others] = environments;
  return only === undefined || others.length > 0 ? defaultEnvironment : only;
}

function writeScaffold(root: string, { files }: Scaffold): void {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

function undo(root: string, name: string, { files }: Scaffold, before: SourceTree): void {
  if (!before.services.includes(name))
    rmSync(path.join(root, serviceFolder(name)), { recursive: true, force: true });
  for (const file of files.keys()) {
    const text = before.sources.get(file);
    if (text === undefined) rmSync(path.join(root, file), { force: true });
    else writeFileSync(path.join(root, file), text);
  }
}

/** Environments that list it or take the list over, and have no provider. */
function withoutProvider(
  environments: ReadonlyMap<string, Environment>,
  environment: string,
): string[] {
  const takesOver = (name: string): boolean => {
    const base = environments.get(name)?.extends;
    return name === environment || (base !== undefined && takesOver(base));
  };
  return [...environments]
    .filter(([name, { signIn }]) => signIn === undefined && takesOver(name))
    .map(([name]) => name);
}

function nextSteps(
  name: string,
  environments: readonly string[],
  { files, known, left, missed, open, saysNobody }: Scaffold,
  before: SourceTree,
): string {
  const own = [...files.keys()].filter((file) => file !== serviceFile(name));
  const [edited, written] = [true, false].map((isEdited) =>
    own.filter((file) => before.sources.has(file) === isEdited),
  );
  const told = (word: string, some: readonly string[] = []) =>
    some.length === 0 ? [] : [`  ${word}: ${some.join(", ")}`];
  const edges =
    left.length === 0 ? [] : [`  left out, because they do not run there: ${left.join(", ")}`];
  const missing = missed.map((edge) => `  to use ${name} where it was left out, write ${edge}`);
  const asks =
    open.length === 0
      ? []
      : [
          `  nobody asks for a password at the gateway in ${open.join(" and ")}, which has no signIn: its overlay says so`,
        ];
  const says = saysNobody
    ? [
        '  its route does not say who asks for a password: add signIn: "own" if it does so itself; no environment has a gateway that could',
      ]
    : [];
  const look = known
    ? []
    : [
        "  look at the port and its route, health, storage and security: nobody knows this image, so they are guesses",
      ];
  return [
    `\n${name} runs in ${environments.join(" and ")}: ${serviceFile(name)}`,
    ...told("written beside it", written),
    ...told("edited", edited),
    ...edges,
    ...missing,
    ...asks,
    ...says,
    ...look,
    "",
  ].join("\n");
}
