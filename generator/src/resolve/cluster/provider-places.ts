/** Where the sign-in provider of an environment answers in truth, seen by all releases of its cluster. */
import { environmentFile } from "../../model/paths.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import { fullHosts } from "../../release/network/gateways.ts";

/**
 * A provider that is a service of this platform is behind a gateway, and then the environment says so. In: all
 * releases of one cluster. Problems: SIGN_IN_PROVIDER_ELSEWHERE.
 */
export function checkProviderPlaces(releases: readonly Release[]): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  return environments.flatMap((facts) => checkPlace(facts, releases));
}

function checkPlace(
  { name, environment, cluster, clusterName }: EnvironmentFacts,
  releases: readonly Release[],
): Problem[] {
  if (environment.signIn === undefined) return [];
  const { issuer, at } = environment.signIn;
  const { hostname } = new URL(issuer);
  const [answering] = releases.flatMap(({ facts, service }) =>
    Object.values(service.spec.routes ?? {}).flatMap((route) =>
      fullHosts(route, facts.environment.domain).includes(hostname)
        ? [{ service: service.name, audience: route.audience }]
        : [],
    ),
  );
  const report = (text: ProblemText) =>
    problemAt(
      "SIGN_IN_PROVIDER_ELSEWHERE",
      environmentFile(name),
      at === undefined ? ["signIn", "issuer"] : ["signIn", "at"],
      text,
      name,
    );
  if (answering !== undefined && answering.audience !== at)
    return [
      report({
        message: `${hostname} is ${answering.service}, behind the ${answering.audience} gateway`,
        found: JSON.stringify(at ?? "internet"),
        expected: `at: ${JSON.stringify(answering.audience)}`,
        fix: `write at: ${JSON.stringify(answering.audience)}`,
      }),
    ];
  const isBehindGateway =
    (at === "internal" || at === "public") && cluster.gateways[at] !== undefined;
  if (answering !== undefined || !isBehindGateway) return [];
  return [
    report({
      message: `no service of cluster ${clusterName} has a route for ${hostname}`,
      found: JSON.stringify(at),
      expected: "the provider behind that gateway",
      fix: "give the provider a route for it, or take `at` out if it is on the internet",
    }),
  ];
}
