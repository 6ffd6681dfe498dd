/** `npm run bootstrap -- --environment prod`: prints what a person does by hand, once. */
import { argocdService } from "../model/known-services.ts";
import { environmentFile } from "../model/paths.ts";
import { bootstrapText, rootText } from "../argocd/bootstrap.ts";
import type { Problem } from "../problems/problem.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";
import { secretTiers } from "./secret-tiers.ts";

/** Exit code: 0 printed, 2 a mistake. */
export async function bootstrap(invocation: Invocation): Promise<0 | 2> {
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  const { tree } = platform;
  const name = invocation.environment ?? "";
  const releases = platform.releases.filter((release) => release.facts.name === name);
  const [first] = releases;
  if (first === undefined) {
    printProblems(tree.root, [unknownEnvironment(name, tree)], invocation.format);
    return 2;
  }
  const { facts } = first;
  const { carrier } = facts.cluster;
  const argocd = platform.releases.find(
    (release) => release.service.name === argocdService && release.facts.name === carrier,
  );
  if (argocd === undefined) {
    printProblems(tree.root, [noArgocd(carrier, facts.clusterName)], invocation.format);
    return 2;
  }
  const tiers = secretTiers(releases);
  const commands = carrier === name ? bootstrapText(facts, argocd, tiers) : rootText(facts, tiers);
  process.stdout.write(
    invocation.format === "json"
      ? `${JSON.stringify({ environment: name, cluster: facts.clusterName, commands }, null, 2)}\n`
      : commands,
  );
  return 0;
}

const noArgocd = (carrier: string, cluster: string): Problem => ({
  code: "SERVICE_UNKNOWN",
  severity: "error",
  place: { file: environmentFile(carrier) },
  message: `${argocdService} does not run in ${carrier}, which carries cluster ${cluster}`,
  expected: `${argocdService} among its services`,
  fix: `npm run new-service ${argocdService} -- --environment ${carrier}`,
});
