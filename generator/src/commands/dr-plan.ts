/** `npm run dr-plan -- --environment prod`: how it comes back when its cluster is lost, and how long that takes. */
import { argocdService } from "../model/known-services.ts";
import { argocdCommands, byHand } from "../argocd/bootstrap.ts";
import { backedClusters } from "../backup/cluster.ts";
import { makerHeld } from "../backup/maker-held.ts";
import { checkRecovery } from "../backup/recovery-check.ts";
import { recoveryText } from "../backup/recovery-text.ts";
import { recoveryPlan } from "../backup/recovery.ts";
import { storeInside } from "../backup/store-inside.ts";
import { environmentFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { placeProblems } from "../problems/place.ts";
import type { Problem } from "../problems/problem.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";
import { isRenderedIn } from "./repository-paths.ts";
import { secretTiers } from "./secret-tiers.ts";

/** Exit code: 0 back in time, 1 too slow, 2 mistakes in authored files, or nothing to come back from or with: no backup, in a store that is lost as well, or a Velero that waits for its own data. */
export async function drPlan(invocation: Invocation): Promise<0 | 1 | 2> {
  const { environment = "", format } = invocation;
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  const { tree, releases: all } = platform;
  const releases = all.filter(({ facts }) => facts.name === environment);
  const [first] = releases;
  const plan = first === undefined ? undefined : recoveryPlan(releases, handsOn(releases, first));
  if (plan === undefined) {
    const why =
      first === undefined ? unknownEnvironment(environment, tree) : nothingBackedUp(environment);
    printProblems(tree.root, [why], format);
    return 2;
  }
  const ofCluster = all.filter(({ facts }) => facts.clusterName === first?.facts.clusterName);
  const lost = backedClusters(ofCluster).flatMap((cluster) => [
    ...storeInside(cluster),
    ...makerHeld(cluster),
  ]);
  if (lost.some(({ severity }) => severity === "error")) {
    const placed = await placeProblems(tree.sources, { problems: lost, rejections: [] });
    printProblems(tree.root, placed, format);
    return 2;
  }
  process.stdout.write(
    format === "json" ? `${JSON.stringify(plan, null, 2)}\n` : recoveryText(plan),
  );
  const found = await placeProblems(tree.sources, {
    problems: [...lost, ...checkRecovery(releases, isRenderedIn(tree.root))],
    rejections: [],
  });
  if (format === "human") printProblems(tree.root, found, format);
  return exitCodeOf(found);
}

function handsOn(releases: readonly Release[], { facts }: Release) {
  const argocd = releases.find(({ service }) => service.name === argocdService);
  return {
    argocd: argocd === undefined ? [] : argocdCommands(facts, argocd),
    credentials: byHand(facts, secretTiers(releases)),
  };
}

const nothingBackedUp = (environment: string): Problem => ({
  code: "BACKUP_NOTHING",
  severity: "error",
  place: { file: environmentFile(environment) },
  message: `nothing of ${environment} is backed up, so there is nothing to come back from`,
  expected: "`backup` in the file of its cluster, and a volume that is backed up",
  fix: `see docs/guide-backup.md, or ask for another environment; \`npm run backup -- --environment ${environment}\` says why each volume is not`,
});
