/** `npm run bootstrap -- --environment prod`: prints what a person does by hand, once. */
import { tiersWithSecrets } from "../argocd/platform.ts";
import { environmentFile } from "../model/paths.ts";
import { argocdService, bootstrapText } from "../argocd/bootstrap.ts";
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import { toHelmValues } from "../values/helm-values.ts";
import type { Invocation } from "./arguments.ts";
import { report } from "./report.ts";
import { repositoryRoot } from "./repository-paths.ts";

/** Exit code: 0 printed, 2 a mistake. */
export async function bootstrap(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  if (value === undefined) {
    report(root, problems, invocation.format);
    return 2;
  }
  const name = invocation.environment ?? "";
  const releases = value.releases.filter((release) => release.facts.name === name);
  const [first] = releases;
  if (first === undefined) {
    report(root, [unknownEnvironment(name, tree.environments)], invocation.format);
    return 2;
  }
  const argocd = releases.find((release) => release.service.name === argocdService);
  if (argocd === undefined) {
    const carrier = first.facts.cluster.carrier;
    report(
      root,
      [
        {
          code: "SERVICE_UNKNOWN",
          severity: "error",
          place: { file: environmentFile(name) },
          message: `${argocdService} does not run in ${name}`,
          expected: "the environment that carries the platform",
          fix:
            carrier === name
              ? `npm run new-service ${argocdService} -- --environment ${name}`
              : `npm run bootstrap -- --environment ${carrier}; Argo CD takes ${name} from kubernetes/${name}/_argocd once its root is applied`,
        },
      ],
      invocation.format,
    );
    return 2;
  }
  const tiers = tiersWithSecrets(
    releases.map((release) => ({ release, values: toHelmValues(release) })),
  );
  process.stdout.write(bootstrapText(first.facts, argocd, tiers));
  return 0;
}
