/** Where the sign-in provider of an environment answers in truth, seen by all releases of its cluster. */
import { environmentFile } from "../../model/paths.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import { fullHosts } from "../../release/network/gateways.ts";
import { isStopped } from "../connections/stopped-providers.ts";
import type { Addresses } from "./addresses.ts";
import { ownHosts } from "./own-addresses.ts";
import type { Own } from "./own-addresses.ts";

/**
 * A provider that is a service of this platform is behind a gateway, and then the environment says so. In: all
 * releases of one cluster, and the addresses of their load balancers. Problems: SIGN_IN_PROVIDER_ELSEWHERE, and
 * ADDRESS_UNDECLARED and CONSUMES_STOPPED, warnings.
 */
export function checkProviderPlaces(releases: readonly Release[], addresses: Addresses): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  const ownHost = ownHosts(releases, addresses);
  return environments.flatMap((facts) => {
    const elsewhere = checkPlace(facts, releases);
    if (elsewhere.length > 0) return elsewhere;
    const { at } = facts.environment.signIn ?? {};
    const address = typeof at === "object" ? facts.cluster.hosts?.[at.lan] : undefined;
    const own = address === undefined ? undefined : ownHost(facts.cluster, address);
    return address === undefined || own === undefined || isConsumed(own, releases)
      ? []
      : [atOwnAddress(facts, address, own)];
  });
}

/** Whether who asks for sign-ins has another way to the pods behind the address. */
const isConsumed = ({ by }: Own, releases: readonly Release[]) =>
  releases.some(({ outgoing }) =>
    outgoing.some(
      ({ consumer, provider }) =>
        consumer.component.source.spec.reaches?.signIn === true &&
        provider.service === by?.release.service,
    ),
  );

function atOwnAddress({ name, environment }: EnvironmentFacts, address: string, own: Own): Problem {
  const { hostname } = new URL(environment.signIn?.issuer ?? "");
  return problemAt(
    "ADDRESS_UNDECLARED",
    environmentFile(name),
    ["signIn", "at", "lan"],
    {
      severity: "warning",
      message: `the provider is to answer at ${address}, ${own.words}: network policies know pods by their labels alone, and refuse what the gateways ask there`,
      found: address,
      expected: "the audience of the provider's route, or a host outside the cluster",
      fix: `give the provider a route for ${hostname} with signIn: "own", and write the audience of that route, as in at: "internal"`,
    },
    name,
  );
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
        ? [{ facts, service, audience: route.audience }]
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
        message: `${hostname} is ${answering.service.name}, behind the ${answering.audience} gateway`,
        found: JSON.stringify(at ?? "internet"),
        expected: `at: ${JSON.stringify(answering.audience)}`,
        fix: `write at: ${JSON.stringify(answering.audience)}`,
      }),
    ];
  if (answering !== undefined)
    return isStopped(answering.service) ? unanswered(name, answering, releases) : [];
  const isBehindGateway =
    (at === "internal" || at === "public") && cluster.gateways[at] !== undefined;
  if (!isBehindGateway || isOneMissing(releases)) return [];
  return [
    report({
      message: `no service of cluster ${clusterName} has a route for ${hostname}`,
      found: JSON.stringify(at),
      expected: "the provider behind that gateway",
      fix: "give the provider a route for it, or take `at` out if it is on the internet",
    }),
  ];
}

/** A service with a mistake of its own may be the provider: that mistake is told, and nothing that follows from it. */
function isOneMissing(releases: readonly Release[]): boolean {
  return [...Map.groupBy(releases, ({ facts }) => facts)].some(([facts, mine]) => {
    const known = new Set(mine.map(({ service }) => service.name));
    return facts.services.some((service) => !known.has(service));
  });
}

/** It may be meant for a while. Where nothing that runs asks with `sso`, nobody misses the provider. */
function unanswered(
  environment: string,
  provider: Pick<Release, "facts" | "service">,
  releases: readonly Release[],
): Problem[] {
  const asking = releases.filter(
    ({ facts, service }) =>
      facts.name === environment &&
      !isStopped(service) &&
      Object.values(service.spec.routes ?? {}).some(({ signIn }) => signIn === "sso"),
  );
  if (asking.length === 0) return [];
  const { file, name } = provider.service;
  const place = provider.facts.name;
  const who = place === environment ? name : `${name} of ${place}`;
  const names = asking.map(({ service }) => service.name).join(", ");
  return [
    problemAt(
      "CONSUMES_STOPPED",
      environmentFile(environment),
      ["signIn", "issuer"],
      {
        severity: "warning",
        message: `people sign in at ${who}, which is stopped: nobody gets to routes with \`sso\`, those of ${names}`,
        found: `${who} with stopped: true`,
        expected: `${who} to run where routes ask with \`sso\``,
        fix: `take stopped out of ${who}, or say in an overlay of each who asks meanwhile: signIn: "own", or because("none", "say why here")`,
        related: [{ file, keys: ["stopped"], note: `stops ${who}`, environment: place }],
      },
      environment,
    ),
  ];
}
