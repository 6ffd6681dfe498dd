/** What a cluster's first Argo CD is made of: rendered files and the chart, as the repository has them. */
import { argocdService, secretsOperator } from "../../../generator/src/model/known-services.ts";
import path from "node:path";
import { execa } from "execa";
import { priorityFiles } from "../../../generator/src/argocd/bootstrap.ts";
import { helmSource } from "../../../generator/src/argocd/charts.ts";
import { argocdNamespace, rootName } from "../../../generator/src/model/names.ts";
import { argocdFolder, chartValuesPath } from "../../../generator/src/model/paths.ts";
import type { Release } from "../../../generator/src/model/platform.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { upstreamChart } from "../../../generator/src/release/chart.ts";
import { toolProblem } from "../../../generator/src/tools/problems.ts";
import type { Bootstrap } from "./argo-cd.ts";
import type { BootstrapCredentials } from "./credentials.ts";
import { readText } from "../read-text.ts";

/**
 * In: root of the repository, the carrier of the cluster, Argo CD's release there, Helm, credentials. Out: what to bring. Problems:
 * BOOTSTRAP_INCOMPLETE where something is not rendered.
 */
export function bringArgoCd(
  repository: string,
  environment: string,
  argocd: Release,
  { helm, credentials }: { readonly helm: string; readonly credentials: BootstrapCredentials },
): Bootstrap | readonly Problem[] {
  const folder = argocdFolder(environment);
  const name = rootName(environment);
  const files = {
    before: [
      `kubernetes/${environment}/${argocdService}/namespace-${argocdNamespace}.yaml`,
      ...priorityFiles(argocd),
    ],
    root: [`${folder}/appproject-${name}.yaml`, `${folder}/application-${name}.yaml`],
    stores: credentials.forStores === "" ? [] : [storesNamespace(environment, argocd)],
  };
  const texts = new Map(
    Object.values(files)
      .flat()
      .map((file) => [file, readText(path.join(repository, file))]),
  );
  const missing = [...texts].flatMap(([file, text]) => (text === undefined ? [file] : []));
  if (missing.length > 0) return missing.map(notRendered);
  const textOf = (mine: readonly string[]) =>
    mine.map((file) => texts.get(file) ?? "").join("---\n");
  return {
    before: textOf(files.before),
    credentials,
    storesNamespace: textOf(files.stores),
    root: textOf(files.root),
    rootName: name,
    renderChart: () => renderChart(repository, environment, argocd, helm),
  };
}

/** Where External Secrets runs, and looks for what its stores sign in with. */
const storesNamespace = (environment: string, { facts }: Release): string =>
  `kubernetes/${environment}/${secretsOperator}/namespace-${facts.operators.secrets}.yaml`;

const notRendered = (file: string): Problem =>
  toolProblem("BOOTSTRAP_INCOMPLETE", {
    file,
    message: `${file} is not there, so Argo CD would have nothing to begin with`,
    expected: "a rendered tree, committed and pushed",
    fix: "npm run render, then commit and push",
  });

/** The chart with its definitions, as `helm upgrade --install` would bring it. */
async function renderChart(
  repository: string,
  environment: string,
  argocd: Release,
  helm: string,
): Promise<string> {
  const { exitCode, stdout, stderr } = await execa(
    helm,
    [
      "template",
      upstreamChart(argocd)?.release ?? argocdService,
      ...helmSource(argocd),
      "--namespace",
      argocdNamespace,
      "--include-crds",
      "--values",
      chartValuesPath(argocdService, environment),
    ],
    { cwd: repository, reject: false },
  );
  if (exitCode !== 0) throw new ChartUnavailable(stderr);
  return stdout;
}

/** Helm could not fetch or render the chart. */
export class ChartUnavailable extends Error {
  override readonly name = "ChartUnavailable";
}
