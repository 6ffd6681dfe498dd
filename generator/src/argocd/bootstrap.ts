/** The two commands a person gives by hand once: Argo CD from its chart, then the root. */
import { chartValuesPath } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { argocdFolder, argocdNamespace } from "./applications.ts";
import { rootName } from "../model/names.ts";
import { upstreamChart } from "../release/chart.ts";
import { chartInstallation } from "./charts.ts";
import { backendOf } from "./secret-backends/choose.ts";

/** The service that is Argo CD itself. */
export const argocdService = "argo-cd";

/** In: Argo CD's release in an environment, names of its stores' credentials. Out: text for a terminal. */
export function bootstrapText(
  facts: EnvironmentFacts,
  argocd: Release,
  tiers: readonly string[],
): string {
  const chart = chartInstallation(argocd);
  const archive = upstreamChart(argocd)?.archive?.file;
  const source =
    chart === undefined
      ? archive
      : `${chart.chart} --repo ${chart.repoURL} --version ${chart.version}`;
  const release = upstreamChart(argocd)?.release ?? argocdService;
  const folder = argocdFolder(facts.name);
  const root = rootName(facts.name);
  return [
    `# ${facts.name} on cluster ${facts.clusterName}: run these two, from the root of the repository.`,
    `helm upgrade --install ${release} ${source} --namespace ${argocdNamespace} --create-namespace --values ${chartValuesPath(argocdService, facts.name)}`,
    `kubectl apply --filename ${folder}/appproject-${root}.yaml --filename ${folder}/application-${root}.yaml`,
    "# From then on Argo CD keeps itself and everything else.",
    ...byHand(facts, tiers),
    "",
  ].join("\n");
}

/** Credentials nobody can commit: those of the repository, and what the stores need. */
function byHand(facts: EnvironmentFacts, tiers: readonly string[]): string[] {
  const repository = `# If ${facts.cluster.repository.url} is private, give Argo CD its credential first (Argo CD, "Private Repositories").`;
  return [repository, ...backendOf(facts).byHand(tiers)];
}
