/** The commands a person gives by hand once: Argo CD from its chart, then the root of each environment. */
import { argocdService } from "../model/known-services.ts";
import { argocdFolder, chartValuesPath, rootFile } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import { ownFolder } from "./applications.ts";
import { argocdNamespace, priorityClassName, rootName } from "../model/names.ts";
import { upstreamChart } from "../release/chart.ts";
import { helmSource } from "./charts.ts";
import { backendOf } from "./secret-backends/choose.ts";

/** In: Argo CD's release in an environment, names of its stores' credentials. Out: text for a terminal. */
export function bootstrapText(
  facts: EnvironmentFacts,
  argocd: Release,
  tiers: readonly string[],
): string {
  return [
    `# ${facts.name} on cluster ${facts.clusterName}: run these in their order, from the root of the repository.`,
    ...argocdCommands(facts, argocd),
    ...repositoryByHand(facts.cluster),
    rootCommand(facts),
    "# From then on Argo CD keeps itself and everything else.",
    ...backendOf(facts).byHand(tiers),
    "",
  ].join("\n");
}

/** Argo CD from its chart, as a person gives the commands. */
export function argocdCommands(facts: EnvironmentFacts, argocd: Release): string[] {
  const release = upstreamChart(argocd)?.release ?? argocdService;
  const priorities = priorityFiles(argocd).map((file) => `--filename ${file}`);
  return [
    ...(priorities.length === 0 ? [] : [`kubectl apply ${priorities.join(" ")}`]),
    `helm upgrade --install ${release} ${helmSource(argocd).join(" ")} --namespace ${argocdNamespace} --create-namespace --values ${chartValuesPath(argocdService, facts.name)}`,
  ];
}

/**
 * Files of the priorities that Argo CD's own pods ask for. It brings them itself, but the API server refuses a pod whose
 * priority class is not there (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/).
 */
export function priorityFiles(argocd: Release): string[] {
  const asked = JSON.stringify(upstreamChart(argocd)?.values ?? {});
  return Object.keys(argocd.facts.tiers)
    .map(priorityClassName)
    .filter((name) => asked.includes(`"priorityClassName":${JSON.stringify(name)}`))
    .map((name) => `${ownFolder(argocd.facts.name)}/priorityclass-${name}.yaml`);
}

/** The same for an environment on a cluster that has Argo CD: only its root is new to it. */
export function rootText(facts: EnvironmentFacts, tiers: readonly string[]): string {
  const { clusterName, cluster, name } = facts;
  return [
    `# ${name} on cluster ${clusterName}: run this, from the root of the repository, once Argo CD of ${cluster.carrier} is there.`,
    rootCommand(facts),
    `# From then on Argo CD of ${cluster.carrier} keeps ${name} too.`,
    ...backendOf(facts).byHand(tiers),
    "",
  ].join("\n");
}

function rootCommand({ name }: EnvironmentFacts): string {
  return `kubectl apply --filename ${argocdFolder(name)}/appproject-${rootName(name)}.yaml --filename ${rootFile(name)}`;
}

/** Credentials nobody can commit: those of the repository, and what the stores need. */
export function byHand(facts: EnvironmentFacts, tiers: readonly string[]): string[] {
  return [...repositoryByHand(facts.cluster), ...backendOf(facts).byHand(tiers)];
}

/**
 * What Argo CD reads a private repository with (its "Declarative Setup", repositories): a password over HTTPS, else a key. No
 * password is an argument, which every user of the computer can read, or in the history of a shell.
 */
export function repositoryByHand({ repository }: EnvironmentFacts["cluster"]): string[] {
  const { url } = repository;
  const make = `kubectl create secret generic repository --namespace ${argocdNamespace}`;
  const isWeb = /^https?:/.test(url);
  return [
    `# Only if ${url} is private, as soon as the namespace ${argocdNamespace} is there, before the root: ${
      isWeb
        ? "the first command (bash, zsh) reads two lines, the user and the password or token, which is not shown."
        : "with your file of a key that may read it."
    }`,
    isWeb
      ? `#   read -r user && read -rs password && printf 'type=git\\nurl=%s\\nusername=%s\\npassword=%s\\n' '${url}' "$user" "$password" | ${make} --from-env-file=/dev/stdin`
      : `#   ${make} --from-literal=type=git --from-literal=url='${url}' --from-file=sshPrivateKey=<file>`,
    `#   kubectl label secret repository --namespace ${argocdNamespace} argocd.argoproj.io/secret-type=repository`,
  ];
}
