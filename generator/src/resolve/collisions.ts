/** What two services may not both have: explicit claims to one name, each with a free proposal. */
import { overlayFile, serviceFolder } from "../model/paths.ts";
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { reservedNames } from "../model/names.ts";
import { claimsOf, gatewayClaims } from "./name-claims.ts";
import type { Claim } from "./name-claims.ts";
import { checkPins } from "./pinned-namespaces.ts";

/** Problems: NAME_RESERVED; NAMESPACE_FOREIGN; NAME_TAKEN for namespaces, hosts of routes, addresses and ports of load balancers, object names, those of Services among them. */
export function checkNames(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  return [
    ...reserved(facts, releases),
    ...checkPins(facts, releases),
    ...collisions(facts, releases),
  ];
}

function reserved(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  return releases
    .filter(({ service }) => reservedNames.includes(service.name))
    .map(({ service }) =>
      problemAt(
        "NAME_RESERVED",
        service.file,
        [],
        {
          message: `no service may be called \`${service.name}\``,
          expected: `another name than ${reservedNames.join(", ")}`,
          fix: `rename the folder ${serviceFolder(service.name)}`,
        },
        facts.name,
      ),
    );
}

function collisions(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const all = [...gatewayClaims(facts), ...releases.flatMap((release) => claimsOf(facts, release))];
  const byClaim = Map.groupBy(all, (claim) => claim.what);
  const taken = new Set(all.map((claim) => claim.name));
  return [...byClaim.values()].flatMap((claims) => {
    const [first, ...others] = claims.toSorted(
      (a, b) =>
        Number(a.explicit) - Number(b.explicit) ||
        Number(b.isOwnName ?? false) - Number(a.isOwnName ?? false),
    );
    return others.map((claim): Problem => {
      const message =
        first?.owner === claim.owner
          ? `${claim.shown} is claimed twice by ${claim.owner}`
          : `${claim.shown} is claimed by ${first?.owner} and ${claim.owner}`;
      const problem = problemAt(
        "NAME_TAKEN",
        claim.file,
        claim.keys,
        {
          message,
          found: claim.shown,
          expected: "a name nobody else has",
          fix: fixOf(taken, claim, first),
          target: claim.target,
        },
        facts.name,
      );
      return first === undefined || first.file === claim.file
        ? problem
        : {
            ...problem,
            related: [{ file: first.file, keys: first.keys, note: `${first.owner} has it` }],
          };
    });
  });
}

/** Which of two was there first is not known, so each may take another one, but what follows by itself or is its own name. */
function fixOf(taken: ReadonlySet<string>, claim: Claim, first: Claim | undefined): string {
  const free = firstFree(taken, claim);
  if (first === undefined || first.owner === claim.owner)
    return `take ${free}, or change the other one`;
  if (!first.explicit || first.isOwnName === true) return `take ${free}, or change ${first.owner}`;
  const other = firstFree(taken, first);
  const otherwise = other === free ? `or in ${first.owner}` : `or ${other} in ${first.owner}`;
  return `take ${free} in ${claim.owner}, ${otherwise}, whichever is newer`;
}

/**
 * Hosts, addresses and ports of gateways are unique on a cluster, not only in an environment. Told once per claim, at the
 * environment that comes later by its name. Problems: NAME_TAKEN.
 */
export function checkClusterNames(releases: readonly Release[]): Problem[] {
  const claims = releases.flatMap((release) =>
    claimsOf(release.facts, release).map((claim) => ({
      ...claim,
      environment: release.facts.name,
    })),
  );
  const shared = claims.filter(({ what }) => /^(host|address|listener) /.test(what));
  return [...Map.groupBy(shared, ({ what }) => what).values()].flatMap(([first, ...others]) =>
    others
      .filter(({ environment }) => environment !== first?.environment)
      .map((claim) => {
        const message = `${claim.shown} of ${claim.owner} is claimed in ${first?.environment} and ${claim.environment}, which share a cluster`;
        const fix = `give ${claim.environment} another one in ${overlayFile(claim.environment, claim.owner)}, or leave it out there: without: ["${claim.owner}"]`;
        return problemAt(
          "NAME_TAKEN",
          claim.file,
          claim.keys,
          { message, found: claim.what, expected: "what nobody else on the cluster has", fix },
          claim.environment,
        );
      }),
  );
}

function firstFree(taken: ReadonlySet<string>, claim: Claim): string {
  for (let suffix = 2; ; suffix++) {
    const proposal = claim.propose(suffix);
    if (!taken.has(claim.with(proposal))) return proposal;
  }
}
