/** API groups that nothing on a cluster brings: its API server refuses their objects, and what waits for them never starts. */
import {
  addressesOperator,
  backupService,
  certificatesOperator,
  gatewayOperator,
  metricsOperator,
  postgresOperator,
  secretsOperator,
} from "../model/known-services.ts";
import { clusterFile, serviceFile } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import type { RenderedRelease } from "../model/rendered.ts";
import { groupOf } from "../model/scopes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { nativeVersions } from "./api-versions.ts";

/** Services of the catalogue that bring a group; a test holds it to what they say. */
export const bringers: Readonly<Record<string, string>> = {
  "cert-manager.io": certificatesOperator,
  "external-secrets.io": secretsOperator,
  "gateway.envoyproxy.io": gatewayOperator,
  "gateway.networking.k8s.io": gatewayOperator,
  "metallb.io": addressesOperator,
  "monitoring.coreos.com": metricsOperator,
  "postgresql.cnpg.io": postgresOperator,
  "velero.io": backupService,
};

/** Problems: OPERATOR_MISSING, a warning, one a group and cluster: somebody may have installed it in another way. */
export function missingOperators(releases: readonly RenderedRelease[]): Problem[] {
  const byCluster = Map.groupBy(releases, ({ release }) => release.facts.clusterName);
  return [...byCluster.values()].flatMap((mine) => {
    const there = broughtBy(mine);
    const missing = mine.flatMap(({ release, manifests }) =>
      manifests
        .filter(({ apiVersion }) => !isServed(groupOf(apiVersion), there))
        .map((manifest) => ({ release, manifest })),
    );
    const charts = new Set(
      mine.flatMap(({ release: { service } }) => (service.kind === "chart" ? service.name : [])),
    );
    return [...Map.groupBy(missing, ({ manifest }) => groupOf(manifest.apiVersion))].flatMap(
      ([group, objects]) => problemOf(group, objects, charts),
    );
  });
}

const isServed = (group: string, there: ReadonlySet<string>) =>
  nativeVersions[group] !== undefined || there.has(group);

/** Groups that charts say they bring, that definitions in the tree are of, and that the cluster serves by itself. */
function broughtBy(releases: readonly RenderedRelease[]): ReadonlySet<string> {
  const [first] = releases;
  return new Set([
    ...(first?.release.facts.cluster.apiVersionsServed ?? []).map(groupOf),
    ...releases.flatMap(({ release, manifests }) => [
      ...(release.service.kind === "chart" ? (release.service.spec.chart.brings ?? []) : []),
      ...manifests.flatMap(({ kind, name }) =>
        // Its name is the plural and the group.
        kind === "CustomResourceDefinition" ? name.slice(name.indexOf(".") + 1) : [],
      ),
    ]),
  ]);
}

function problemOf(
  group: string,
  objects: readonly { readonly release: Release; readonly manifest: ManifestHeader }[],
  charts: ReadonlySet<string>,
): Problem[] {
  const [first] = objects;
  if (first === undefined) return [];
  const { facts, service } = first.release;
  const kinds = [...new Set(objects.map(({ manifest }) => manifest.kind))].sort().join(", ");
  const served = `apiVersionsServed: [${JSON.stringify(first.manifest.apiVersion)}]`;
  return [
    problemAt("OPERATOR_MISSING", clusterFile(facts.clusterName), [], {
      severity: "warning",
      message: `nothing on \`${facts.clusterName}\` brings ${group}: its API server refuses what is of it (${kinds})`,
      found: `${kinds} of ${group}, as in ${service.name} of ${facts.name}`,
      expected: "a chart on the cluster that says it brings the group",
      fix: `${bringing(group, facts.cluster.carrier, charts)}; where the cluster has it already, add to its file: ${served}`,
    }),
  ];
}

/** How to get a group: the service that has it, or would. */
function bringing(group: string, carrier: string, charts: ReadonlySet<string>): string {
  const bringer = bringers[group];
  const say = `brings: [${JSON.stringify(group)}]`;
  if (bringer === undefined)
    return `run a chart that installs its definitions, and say ${say} beside its version`;
  return charts.has(bringer)
    ? `say ${say} beside the chart's version in ${serviceFile(bringer)}, if it installs its definitions`
    : `npm run new-service ${bringer} -- --environment ${carrier}`;
}
