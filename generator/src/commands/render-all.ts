/** Authored files -> generated files, written when all is well. */
import path from "node:path";
import { deployedBy } from "../argocd/deployed.ts";
import { checkFrozen, frozenRules } from "../check/frozen.ts";
import { cacheFolder, compiledFolder } from "../cache/folder.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { pruneCache } from "../cache/prune.ts";
import { readTree } from "../load/tree.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { hasErrors } from "../problems/problem.ts";
import { placeProblems } from "../problems/place.ts";
import type { Problem } from "../problems/problem.ts";
import { ensureHelm } from "../tools/helm-carrier.ts";
import { applyWrites } from "../write/apply.ts";
import { keepKnownOutputs, readKnownOutputs } from "../write/known-outputs.ts";
import { libraryLink, linkLibrary, withoutLibrary } from "../write/library-link.ts";
import { planWrites } from "../write/plan.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import { readOwnedTree } from "../write/read-tree.ts";
import { recoverJournal, withRepositoryLock } from "../write/repository-lock.ts";
import { archiveIsInput } from "../release/chart.ts";
import {
  canBeStamped,
  generatorFingerprint,
  inputsFingerprint,
  outputsFingerprint,
  writeStamp,
} from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import { ownedRoots, sharedRoots, stateFolder } from "./repository-paths.ts";

/** How long a second run waits for the first. */
const waitMs = 30_000;

/** Renders and writes under the lock. Exit code: 0 written; 1 findings on rendered objects, 2 mistakes, and nothing written. */
export async function writeAll(
  root: string,
  invocation: Invocation,
  inputs = inputsFingerprint(root, process.env),
): Promise<0 | 1 | 2> {
  const stateDirectory = stateFolder(root);
  const locked = await withRepositoryLock(root, { stateDirectory, waitMs }, async () => {
    const { plan, problems, existing, stampable, unlinked, waiting } = await planRender(
      root,
      invocation,
    );
    if (plan === undefined) return { plan, problems, waiting };
    const applied = await applyWrites(root, plan, { stateDirectory });
    for (const service of unlinked) linkLibrary(root, service);
    const all = [...problems, ...applied.problems];
    if (hasErrors(all)) return { plan, problems: all, waiting };
    const known = keepKnownOutputs(root, stateDirectory, { plan, existing });
    // With a warning to tell, the next run should tell it again.
    const files = new Set([
      ...existing.map((file) => file.path),
      ...plan.writes.map((write) => write.path),
      ...unlinked.map(libraryLink),
    ]).difference(new Set(plan.removals));
    if (stampable && all.length === 0)
      writeStamp(stateDirectory, {
        inputs,
        outputs: outputsFingerprint(root, [...files], known),
        files: plan.writes.length + plan.unchanged,
      });
    return { plan, problems: all, waiting };
  });
  const problems = [...locked.problems, ...(locked.done ? locked.value.problems : [])];
  const waiting = locked.done ? locked.value.waiting : 0;
  await tell(root, { problems, waiting }, invocation.format);
  if (!locked.done || hasErrors(problems) || locked.value.plan === undefined)
    return exitCodeOf(problems);
  for (const folder of [path.join(cacheFolder(process.env), "render"), compiledFolder])
    pruneCache(folder);
  process.stdout.write(summary(locked.value.plan));
  return 0;
}

/** Exit code: 0 up to date, 1 out of date or findings, 2 mistakes. */
export async function checkUpToDate(root: string, invocation: Invocation): Promise<0 | 1 | 2> {
  const recovered = await recoverJournal(root, { stateDirectory: stateFolder(root), waitMs });
  const { plan, problems, unlinked, waiting } = await planRender(root, invocation);
  const outdated =
    plan === undefined
      ? []
      : [
          ...outdatedFiles(plan),
          ...unlinked.map((service) => outdatedFile(libraryLink(service), "is missing")),
        ];
  const all = [...recovered, ...problems.map(asFoundByCheck), ...outdated];
  await tell(root, { problems: all, waiting }, invocation.format);
  const code = exitCodeOf(all);
  if (code === 0 && invocation.format === "human")
    process.stdout.write("rendered files are up to date\n");
  return code;
}

/** A render must not stop at a file it leaves alone; what is committed is not as rendered with one that is deployed. */
function asFoundByCheck(problem: Problem): Problem {
  return problem.code === "WRITE_UNKNOWN_DEPLOYED" ? { ...problem, severity: "error" } : problem;
}

/** What a render would write, or the problems that stop it. */
export async function planRender(
  root: string,
  { noCache }: Pick<Invocation, "noCache">,
): Promise<PlannedRender> {
  const tree = readTree(root);
  // Another generator may make something else of the same input, so each has a cache of its own.
  const cache = noCache
    ? undefined
    : path.join(cacheFolder(process.env), "render", generatorFingerprint().slice(0, 16));
  // Authored files run in a thread of their own: meanwhile this one loads what comes after.
  const [evaluation, { buildPlatform, manifestRules, renderPlatform }, helm] = await Promise.all([
    evaluateCached(tree, cache),
    import("../pipeline.ts"),
    ensureHelm(),
  ]);
  const built = await buildPlatform(tree, evaluation);
  const waiting = manifestRules + frozenRules;
  if (built.value === undefined) return nothingPlanned(built.problems, waiting);
  if ("code" in helm) return nothingPlanned([...built.problems, helm], waiting);
  const rendering = renderPlatform(built.value, { root, helm, cache });
  // Helm runs in other processes: meanwhile this one looks at what there is.
  const existing = readOwnedTree(
    root,
    ownedRoots,
    noCache ? new Map() : readKnownOutputs(stateFolder(root)),
  );
  const rendered = await rendering;
  const problems = [...built.problems, ...rendered.problems];
  if (rendered.value === undefined) return nothingPlanned(problems, frozenRules);
  const plan = planWrites(rendered.value, existing, {
    owned: ownedRoots,
    shared: sharedRoots,
    isDeployed: deployedBy(rendered.value),
  });
  const frozen = await placeProblems(tree.sources, {
    problems: checkFrozen(plan, existing, built.value.releases),
    rejections: [],
  });
  const all = [...problems, ...plan.problems, ...frozen];
  return {
    plan: hasErrors(all) ? undefined : plan,
    problems: all,
    existing,
    stampable:
      canBeStamped(tree.sources) &&
      built.value.releases.every(({ service }) => archiveIsInput(service)),
    unlinked: withoutLibrary(root, tree.services),
    waiting: 0,
  };
}

const nothingPlanned = (problems: readonly Problem[], waiting: number): PlannedRender => ({
  plan: undefined,
  problems,
  waiting,
  existing: [],
  stampable: false,
  unlinked: [],
});

export interface PlannedRender {
  /** Undefined when a mistake stopped it: then nothing may be written. */
  readonly plan: WritePlan | undefined;
  readonly problems: readonly Problem[];
  /** What there was before. */
  readonly existing: readonly ExistingFile[];
  /** Services whose chart has no link to the library. */
  readonly unlinked: readonly string[];
  /** Whether the next run may decide on fingerprints alone. */
  readonly stampable: boolean;
  /** How many checks could not judge anything yet, because of the mistakes that were found before. */
  readonly waiting: number;
}

/** What puts problems into words is loaded when there are some. */
async function tell(
  root: string,
  { problems, waiting }: Pick<PlannedRender, "problems" | "waiting">,
  format: Invocation["format"],
): Promise<void> {
  if (problems.length > 0 || format !== "human")
    (await import("./report.ts")).report(root, problems, format, waiting);
}

function outdatedFiles(plan: WritePlan): Problem[] {
  const verb = { create: "is missing", update: "is out of date" };
  return [
    ...plan.writes.map(({ path: file, kind }) => outdatedFile(file, verb[kind])),
    ...plan.removals.map((file) => outdatedFile(file, "is no longer rendered")),
  ];
}

function outdatedFile(file: string, what: string): Problem {
  return {
    code: "OUTPUT_OUT_OF_DATE",
    severity: "error",
    message: `${file} ${what}`,
    place: { file },
    fix: "npm run render, and commit the result",
  };
}

const listedMost = 20;

function summary(plan: WritePlan): string {
  const lines = [
    ...plan.writes.map(({ path: file, kind }) => `${kind === "create" ? "+" : "~"} ${file}`),
    ...plan.removals.map((file) => `- ${file}`),
  ];
  const shown = lines.slice(0, listedMost);
  const more = lines.length > shown.length ? [`… and ${lines.length - shown.length} more`] : [];
  const created = plan.writes.filter(({ kind }) => kind === "create").length;
  const total = `${created} created, ${plan.writes.length - created} changed, ${plan.removals.length} removed, ${plan.unchanged} unchanged`;
  return `${[...shown, ...more, total].join("\n")}\n`;
}
