import { expect, test } from "vitest";
import type { OutputFile } from "../output/files.ts";
import { deployedBy } from "./deployed.ts";

const application = (name: string, spec: string): OutputFile => ({
  path: `kubernetes/prod/_argocd/application-${name}.yaml`,
  content: `# marker\nkind: Application\nspec:\n${spec}`,
});
const isDeployed = deployedBy([
  application(
    "sonarr",
    '  source: { path: kubernetes/prod/sonarr, directory: { include: "*.yaml" } }\n',
  ),
  application("one", "  source: { path: kubernetes/prod/mixed, directory: { include: a.yaml } }\n"),
  application(
    "two",
    '  source: { path: kubernetes/prod/mixed, directory: { include: "{b.yaml,c.yaml}" } }\n',
  ),
  application(
    "chart",
    '  sources: [{ chart: x, repoURL: y }, { path: kubernetes/prod/x, directory: { include: "*.yaml" } }]\n',
  ),
  { path: "kubernetes/prod/_argocd/appproject-prod.yaml", content: "kind: AppProject\n" },
]);

test.for([
  ["any yaml file of a folder that is deployed as a whole", "kubernetes/prod/sonarr/mine.yaml"],
  ["also beside the objects of an upstream chart", "kubernetes/prod/x/mine.yaml"],
  ["a file that is listed", "kubernetes/prod/mixed/c.yaml"],
] as const)("deployed: %s", ([, path]) => {
  expect(isDeployed(path)).toBe(true);
});

test.for([
  ["a file of another kind", "kubernetes/prod/sonarr/notes.md"],
  ["Argo CD looks into no folder below", "kubernetes/prod/sonarr/old/mine.yaml"],
  ["a folder of no service", "kubernetes/prod/gone/mine.yaml"],
  ["the same folder of another environment", "kubernetes/dev/sonarr/mine.yaml"],
  ["a file beside the listed ones", "kubernetes/prod/mixed/d.yaml"],
  ["a file above all services", "kubernetes/prod/mine.yaml"],
] as const)("not deployed: %s", ([, path]) => {
  expect(isDeployed(path)).toBe(false);
});
