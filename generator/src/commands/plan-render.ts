/** What a render would write: every stage, and the comparison with what is there. Nothing is written. */
import { deployedBy } from "../argocd/deployed.ts";
import { remainsOf } from "../argocd/remains.ts";
import type { Remains } from "../argocd/remains.ts";
import { judgedIn, memoryIn } from "../cache/memory.ts";
import type { ByHand } from "../check/by-hand.ts";
import { frozenRuleCount } from "../check/frozen.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import type { Platform, Release } from "../model/platform.ts";
import type { ExistingFile, OutputFile, WritePlan } from "../output/files.ts";
import { placeProblems } from "../problems/place.ts";
import { hasErrors } from "../problems/problem.ts";
import type { Problem } from "../problems/problem.ts";
import { archiveIsInput } from "../release/chart.ts";
import { absentLibrary } from "../render/library.ts";
import { ensureHelm } from "../tools/helm-carrier.ts";
import type { Helm } from "../tools/helm-carrier.ts";
import { isLasting } from "../tools/helm-probe.ts";
import { withoutLibrary } from "../write/library-link.ts";
import { planWrites } from "../write/plan.ts";
import { readTreeMeanwhile } from "../write/read-tree-meanwhile.ts";
import { canBeStamped } from "../write/stamp.ts";
import type { Invocation } from "./arguments.ts";
import { committedOnce, frozenFindings } from "./frozen.ts";
import type { Committed } from "./frozen.ts";
import {
  generatorCache,
  isRenderedIn,
  ownedRoots,
  sharedRoots,
  stateFolderOf,
} from "./repository-paths.ts";

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
  const isFirst = memory === undefined || memory.isEmpty;
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
    isFirst ? import("../judge.ts") : undefined,
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
  const absent = absentLibrary(root);
  if (absent !== undefined) return nothingPlanned([...built.problems, absent], waiting);
  const rendering = renderPlatform(built.value, { root, helm, cache });
  const committed = committedOnce(root);
  // A first run makes all files, and where some are new git is asked: it answers while Helm runs.
  if (isFirst) void committed();
  const together = await checkPlatform(built.value, isRenderedIn(root));
  const [rendered, existing] = await Promise.all([rendering, reading]);
  const problems = [...built.problems, ...together, ...rendered.problems];
  return rendered.value === undefined
    ? nothingPlanned(problems, frozenRuleCount)
    : compared({
        root,
        helm,
        platform: built.value,
        wanted: rendered.value,
        existing,
        committed,
        problems,
      });
}

/** Wanted files -> what has to change, judged by what must not. */
async function compared({
  root,
  helm,
  platform: { tree, authored, releases },
  wanted,
  existing,
  committed,
  problems,
}: {
  readonly root: string;
  readonly helm: Helm;
  readonly platform: Platform;
  readonly wanted: readonly OutputFile[];
  readonly existing: readonly ExistingFile[];
  readonly committed: Committed;
  /** What was found until now. */
  readonly problems: readonly Problem[];
}): Promise<PlannedRender> {
  const plan = planWrites(wanted, existing, {
    owned: ownedRoots,
    shared: sharedRoots,
    isDeployed: deployedBy(wanted),
  });
  const found = await frozenFindings(root, { plan, existing }, releases, committed);
  const frozen = await placeProblems(tree.sources, { problems: found.problems, rejections: [] });
  const all = [...problems, ...plan.problems, ...frozen];
  return {
    plan: hasErrors(all) ? undefined : plan,
    problems: all,
    releases,
    existing,
    byHand: found.byHand,
    remains: remainsOf(plan, existing, wanted, authored.environments),
    stampable:
      (await isLasting(helm.path)) &&
      canBeStamped(root, tree.sources) &&
      // Whether a migration has done its work is known by the last commit, which no fingerprint has in it.
      releases.every(
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
