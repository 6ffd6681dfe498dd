/** `npm run new-service <name>`: authored files, the environment that runs it, rendered at once. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environmentFile, overlayFile, serviceFile, serviceFolder } from "../model/paths.ts";
import { evaluateFiles } from "../load/evaluate.ts";
import { authoredFiles, readTree } from "../load/tree.ts";
import type { Platform } from "../model/platform.ts";
import type { SourceTree } from "../model/tree.ts";
import { buildAsFarAsPossible } from "../pipeline.ts";
import { creation, creationIn } from "../problems/creation.ts";
import { hasErrors } from "../problems/problem.ts";
import type { AskedFor, Problem } from "../problems/problem.ts";
import { planNewService } from "../scaffold/new-service/new-service.ts";
import type { NewService, Scaffold } from "../scaffold/new-service/new-service.ts";
import { fileProblem } from "../write/file-problem.ts";
import { holdsMoreThanLibrary } from "../write/library-link.ts";
import type { Invocation } from "./arguments.ts";
import { exclude, exclusionText, takersOf } from "./excluded.ts";
import type { Excluded, Joining } from "./excluded.ts";
import { writeAll } from "./render-all.ts";
import { printProblems } from "../print-problems.ts";
import { repositoryRoot } from "./repository-paths.ts";
import { say } from "./say.ts";

const defaultEnvironment = "dev";

/** Exit code: 0 written and rendered, or written while other services that are asked for are still to come, 1 findings on rendered objects, 2 a mistake; unless 0 the tree is as it was. */
export async function newService(invocation: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const [name = ""] = invocation.names;
  const tree = readTree(root);
  const { platform, problems } = await builtAsFarAsPossible(tree);
  const isAwaited = awaiting(name, problems);
  const mistakes = problems.filter((problem) => !isAwaited(problem));
  if (hasErrors(mistakes)) return refuse(root, mistakes, invocation);
  const environment = invocation.environment ?? environmentUnlessSaid(tree);
  const planned = planNewService(tree, wantedService(platform, environment, invocation));
  if ("problem" in planned) {
    printProblems(root, [planned.problem], invocation.format);
    return 2;
  }
  const { code, excluded, left } = await writeOrUndo(
    tree,
    planned.scaffold,
    { name, heirs: heirsOf(tree, platform, { name, environment }), isAwaited },
    invocation,
  );
  if (code !== 0) {
    const overlay = overlayFile(environment, name);
    const first =
      planned.scaffold.unknown !== undefined || tree.sources.has(overlay)
        ? ""
        : ` What is to differ in ${environment} may be written first, into ${overlay}.`;
    process.stderr.write(`Nothing was kept of ${name}.${first}\n`);
    return code;
  }
  const written = readTree(root);
  const runsIn = (await builtAsFarAsPossible(written)).platform.releases
    .filter((release) => release.service.name === name)
    .map((release) => release.facts.name);
  const scaffold = withoutOverlays(planned.scaffold, name, excluded);
  say(
    nextSteps(name, runsIn, scaffold, tree) + exclusionText(excluded) + waitText(left),
    invocation.format,
  );
  return 0;
}

/** What was asked for, and what the tree says of it. */
function wantedService(
  { tree, authored: { environments, tiers }, releases }: Platform,
  environment: string,
  { names: [name = ""], image, port, environment: said }: Invocation,
): NewService {
  return {
    name,
    environment,
    isEnvironmentSaid: said !== undefined,
    image,
    port,
    present: new Set(
      releases
        .filter((release) => release.facts.name === environment)
        .map((release) => release.service.name),
    ),
    tiers,
    withoutProvider: takersOf(environments, environment).filter(
      (one) => environments.get(one)?.signIn === undefined,
    ),
    hasProvider: [...environments.values()].some(({ signIn }) => signIn !== undefined),
    isOccupied: holdsMoreThanLibrary(tree.root, name),
  };
}

/** Environments that would run it because they extend this one, and have nothing to say of it. */
const heirsOf = (
  { sources }: SourceTree,
  { authored }: Platform,
  { name, environment }: { readonly name: string; readonly environment: string },
): string[] =>
  takersOf(authored.environments, environment).filter(
    (one) => one !== environment && !sources.has(overlayFile(one, name)),
  );

/** Writes, and renders once nothing else is asked for; unless everything is right in the end, the tree is as it was before. */
async function writeOrUndo(
  before: SourceTree,
  scaffold: Scaffold,
  joining: Joining,
  invocation: Invocation,
): Promise<{ code: 0 | 1 | 2; excluded: readonly Excluded[]; left: readonly Waiting[] }> {
  const { root } = before;
  const { name, heirs, isAwaited } = joining;
  let code: 0 | 1 | 2 = 2;
  let excluded: readonly Excluded[] = [];
  let left: readonly Waiting[] = [];
  try {
    writeScaffold(root, scaffold);
    excluded = await exclude(before, joining, invocation);
    left = await stillToCome(root, isAwaited);
    code = left.length > 0 ? 0 : await writeAll(root, invocation);
  } catch (error) {
    const problem = fileProblem(error, serviceFolder(name), "Nothing was kept.");
    printProblems(root, [problem], invocation.format);
  } finally {
    if (code !== 0)
      undo(root, name, [...scaffold.files.keys(), ...heirs.map(environmentFile)], before);
  }
  return { code, excluded, left };
}

function refuse(root: string, mistakes: readonly Problem[], { names, format }: Invocation): 2 {
  printProblems(root, mistakes, format);
  process.stderr.write(`Nothing was kept of ${names[0]}: this is to be mended first.\n`);
  return 2;
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

function undo(root: string, name: string, files: readonly string[], before: SourceTree): void {
  if (!before.services.includes(name))
    rmSync(path.join(root, serviceFolder(name)), { recursive: true, force: true });
  for (const file of files) {
    const text = before.sources.get(file);
    if (text === undefined) rmSync(path.join(root, file), { force: true });
    else writeFileSync(path.join(root, file), text);
  }
}

const builtAsFarAsPossible = (tree: SourceTree) =>
  buildAsFarAsPossible(tree, evaluateFiles(tree.root, authoredFiles(tree)));

/**
 * What asks for a service may be there before it is: an overlay, a consumer, the list of an environment. Another service may be
 * asked for too, unless its name is rather a slip: one that was none before the new service was there is none beside it.
 * One that is there is not missed where it does not run, unless it is the new one: it comes to one environment after the other.
 */
function awaiting(name: string, before: readonly Problem[]): Joining["isAwaited"] {
  const isNoSlip = ({ near }: AskedFor) => near === undefined;
  const asked = before.flatMap(({ asksFor }) => asksFor ?? []).filter(isNoSlip);
  const awaited = new Set(asked.map(({ service }) => service));
  return ({ code, asksFor }) => {
    if (asksFor === undefined || asksFor.service === name) return asksFor !== undefined;
    return code !== "CONSUMES_NOT_ENABLED" && (isNoSlip(asksFor) || awaited.has(asksFor.service));
  };
}

/** A service that is asked for where it does not run. */
interface Waiting {
  readonly service: string;
  readonly isThere: boolean;
  /** Where it is to run first; undefined where nothing says so. */
  readonly environment: string | undefined;
}

/** Services that are asked for and are still to come, where nothing else is wrong: until they are there, nothing can be rendered. */
async function stillToCome(root: string, isAwaited: Joining["isAwaited"]): Promise<Waiting[]> {
  const tree = readTree(root);
  const { platform, problems } = await builtAsFarAsPossible(tree);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (!errors.every(isAwaited)) return [];
  const asked = errors.flatMap(({ asksFor }) => asksFor ?? []);
  const { environments } = platform.authored;
  return [...Map.groupBy(asked, ({ service }) => service)].sort().map(([service, of]) => {
    const where = of.flatMap(({ environment }) => environment ?? []);
    return {
      service,
      isThere: tree.services.includes(service),
      // Those that take its list over have it then too.
      environment: where.find((one) => !where.includes(environments.get(one)?.extends ?? "")),
    };
  });
}

function waitText(left: readonly Waiting[]): string {
  const commands = left.map(({ service, environment, isThere }) =>
    environment === undefined ? creation(service) : creationIn(environment, service, isThere),
  );
  return commands.length === 0
    ? ""
    : `  nothing is rendered yet, as more is asked for that is not there: ${commands.join("; ")}\n`;
}

/** What was written in the end: an environment that leaves it out has no overlay for it. */
function withoutOverlays(
  { files, open, ...rest }: Scaffold,
  name: string,
  excluded: readonly Excluded[],
): Scaffold {
  const isOut = (environment: string) => excluded.some((one) => one.environment === environment);
  const overlays = open.filter(isOut).map((environment) => overlayFile(environment, name));
  return {
    ...rest,
    files: new Map([...files].filter(([file]) => !overlays.includes(file))),
    open: open.filter((environment) => !isOut(environment)),
  };
}

function nextSteps(
  name: string,
  environments: readonly string[],
  { files, unknown, left, missed, open, saysNobody }: Scaffold,
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
  return [
    `\n${name} runs in ${environments.join(" and ")}: ${serviceFile(name)}`,
    ...told("written beside it", written),
    ...told("edited", edited),
    ...edges,
    ...missing,
    ...asks,
    ...says,
    ...guesses(unknown),
    "",
  ].join("\n");
}

function guesses(unknown: Scaffold["unknown"]): string[] {
  if (unknown === undefined) return [];
  if (!unknown.isProgramKnown)
    return [
      "  look at its port, routes, health, storage and security: nobody knows this image, so they are guesses",
    ];
  const guessed = unknown.hasRoute ? "route, storage and security" : "storage and security";
  return [
    `  look at its ${guessed}, which are guesses: its program is known, and with it the rest${unknown.lacks === undefined ? "" : " but its configuration"}`,
    ...(unknown.lacks === undefined ? [] : [`  without ${unknown.lacks}`]),
    ...(unknown.losesData
      ? [
          "  where its image keeps its data is not known: without a volume there it cannot write any, as its root file system is read-only",
        ]
      : []),
  ];
}
