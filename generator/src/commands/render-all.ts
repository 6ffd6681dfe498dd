/** Authored files -> generated files, written when all is well. */
import { deployedBy } from "../argocd/deployed.ts";
import { remainsOf } from "../argocd/remains.ts";
import type { Remains } from "../argocd/remains.ts";
import type { ByHand } from "../check/by-hand.ts";
import { frozenRuleCount } from "../check/frozen.ts";
import { compiledFolder } from "../cache/folder.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { judgedIn, memoryIn } from "../cache/memory.ts";
import { pruneCache } from "../cache/prune.ts";
import { readTree } from "../load/tree.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { hasErrors } from "../problems/problem.ts";
import { placeProblems } from "../problems/place.ts";
import type { Problem } from "../problems/problem.ts";
import { ensureHelm } from "../tools/helm-carrier.ts";
import { helmIdentity } from "../tools/helm-identity.ts";
import { isLasting } from "../tools/helm-probe.ts";
import { applyWrites } from "../write/apply.ts";
import { keepHandEdited } from "../write/hand-edited.ts";
import { keepKnownOutputs } from "../write/known-outputs.ts";
import { libraryLink, linkLibrary, withoutLibrary } from "../write/library-link.ts";
import type { Release } from "../model/platform.ts";
import { planWrites } from "../write/plan.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import { readTreeMeanwhile } from "../write/read-tree-meanwhile.ts";
import { recoverJournal, withRepositoryLock } from "../write/repository-lock.ts";
import { archiveIsInput } from "../release/chart.ts";
import { canBeStamped, inputsFingerprint, outputsFingerprint, writeStamp } from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import {
  generatorCache,
  keptFolder,
  ownedRoots,
  sharedRoots,
  stateFolderOf,
  isRenderedIn,
} from "./repository-paths.ts";
import { frozenFindings } from "./frozen.ts";
import { say } from "./say.ts";
import { outdatedFile, outdatedFiles, summary } from "./summary.ts";

/** How long a second run waits for the first. */
const waitMs = 30_000;

/** Renders and writes under the lock. Exit code: 0 written; 1 findings on rendered objects, 2 mistakes, and nothing written. */
export async function writeAll(
  root: string,
  invocation: Invocation,
  inputs = inputsFingerprint(root, helmIdentity(process.env)),
): Promise<0 | 1 | 2> {
  const stateFolder = stateFolderOf(root);
  const locked = await withRepositoryLock(root, { stateFolder, waitMs }, async () => {
    const planned = await planRender(root, invocation);
    const { plan, existing, stampable, unlinked } = planned;
    if (plan === undefined) return planned;
    const problems = keepHandEdited(root, stateFolder, { plan, problems: planned.problems });
    if (hasErrors(problems)) return { ...planned, problems };
    const linked = linkLibrary(root, unlinked);
    const applied = hasErrors(linked.problems)
      ? linked
      : await applyWrites(root, plan, { stateFolder });
    const all = [...problems, ...applied.problems];
    if (hasErrors(all)) {
      linked.undo();
      return { ...planned, problems: all };
    }
    const known = keepKnownOutputs(root, stateFolder, { plan, existing });
    // With a warning to tell, the next run should tell it again.
    const files = new Set([
      ...existing.map((file) => file.path),
      ...plan.writes.map((write) => write.path),
      ...unlinked.map(libraryLink),
    ]).difference(new Set(plan.removals));
    if (stampable && all.length === 0)
      writeStamp(stateFolder, {
        inputs,
        outputs: outputsFingerprint(root, [...files], known),
        files: plan.writes.length + plan.unchanged,
      });
    return { ...planned, problems: all };
  });
  const problems = [...locked.problems, ...(locked.done ? locked.value.problems : [])];
  const waiting = locked.done ? locked.value.waiting : 0;
  await tell(root, { problems, waiting }, invocation.format);
  if (!locked.done || hasErrors(problems) || locked.value.plan === undefined)
    return exitCodeOf(problems);
  for (const folder of [keptFolder(), compiledFolder]) pruneCache(folder);
  const { plan, byHand, remains, unlinked } = locked.value;
  say(summary({ plan, byHand, remains, links: unlinked.map(libraryLink) }), invocation.format);
  return 0;
}

/** Exit code: 0 up to date, 1 out of date or findings, 2 mistakes. */
export async function checkUpToDate(root: string, invocation: Invocation): Promise<0 | 1 | 2> {
  const recovered = await recoverJournal(root, { stateFolder: stateFolderOf(root), waitMs });
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
  if (code === 0) say("rendered files are up to date\n", invocation.format);
  return code;
}

/** A render must not stop at a file it leaves alone; what is committed is not as rendered with one that is deployed. */
function asFoundByCheck(problem: Problem): Problem {
  return problem.code === "WRITE_UNKNOWN_DEPLOYED" ? { ...problem, severity: "error" } : problem;
}

/** What a render would write, or the problems that stop it. */
export async function planRender(
  root: string,
  options: Pick<Invocation, "noCache">,
): Promise<PlannedRender> {
  try {
    return await planOnce(root, options);
  } catch (error) {
    const { LostRelease } = await import("../render/kept-releases.ts");
    if (!(error instanceof LostRelease)) throw error;
    // Something that was counted on is not there any more: what is there is looked at.
    (await import("../render/ledger.ts")).forgetLedger(generatorCache(), root);
    return planOnce(root, options);
  }
}

async function planOnce(
  root: string,
  { noCache }: Pick<Invocation, "noCache">,
): Promise<PlannedRender> {
  const tree = readTree(root);
  const cache = noCache ? undefined : generatorCache();
  const memory = cache === undefined ? undefined : memoryIn(judgedIn(cache, root));
  // Authored files run in a thread of their own: meanwhile this one loads what comes after.
  const [
    evaluation,
    { buildPlatform, checkPlatform, platformRuleCount, renderPlatform },
    { manifestRuleCount },
    helm,
  ] = await Promise.all([
    evaluateCached(tree, cache),
    import("../pipeline.ts"),
    import("../check/manifests.ts"),
    ensureHelm(),
    memory === undefined || memory.isEmpty ? import("../judge.ts") : undefined,
  ]);
  const reading = readTreeMeanwhile({
    root,
    ownedRoots,
    stateFolder: noCache ? undefined : stateFolderOf(root),
  });
  const built = await buildPlatform(tree, evaluation, memory);
  const waiting = platformRuleCount + manifestRuleCount + frozenRuleCount;
  if (built.value === undefined) return nothingPlanned(built.problems, waiting);
  if ("code" in helm) return nothingPlanned([...built.problems, helm], waiting);
  const rendering = renderPlatform(built.value, { root, helm, cache });
  const together = await checkPlatform(built.value, isRenderedIn(root));
  const [rendered, existing] = await Promise.all([rendering, reading]);
  const problems = [...built.problems, ...together, ...rendered.problems];
  if (rendered.value === undefined) return nothingPlanned(problems, frozenRuleCount);
  const plan = planWrites(rendered.value, existing, {
    owned: ownedRoots,
    shared: sharedRoots,
    isDeployed: deployedBy(rendered.value),
  });
  const found = await frozenFindings(root, { plan, existing }, built.value.releases);
  const frozen = await placeProblems(tree.sources, { problems: found.problems, rejections: [] });
  const all = [...problems, ...plan.problems, ...frozen];
  return {
    plan: hasErrors(all) ? undefined : plan,
    problems: all,
    releases: built.value.releases,
    existing,
    byHand: found.byHand,
    remains: remainsOf(plan, existing, rendered.value, built.value.authored.environments),
    stampable:
      (await isLasting(helm.path)) &&
      canBeStamped(tree.sources) &&
      // Whether a migration has done its work is known by the last commit, which no fingerprint has in it.
      built.value.releases.every(
        ({ service }) => archiveIsInput(service) && service.spec.migrations === undefined,
      ),
    unlinked: withoutLibrary(root, tree.services),
    waiting: 0,
  };
}

const nothingPlanned = (problems: readonly Problem[], waiting: number): PlannedRender => ({
  plan: undefined,
  problems,
  releases: [],
  waiting,
  existing: [],
  byHand: [],
  remains: [],
  stampable: false,
  unlinked: [],
});

export interface PlannedRender {
  /** Undefined when a mistake stopped it: then nothing may be written. */
  readonly plan: WritePlan | undefined;
  readonly problems: readonly Problem[];
  readonly releases: readonly Release[];
  /** What there was before. */
  readonly existing: readonly ExistingFile[];
  /** What a person does beside the push. */
  readonly byHand: readonly ByHand[];
  /** What stays on the cluster once it is written. */
  readonly remains: readonly Remains[];
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
