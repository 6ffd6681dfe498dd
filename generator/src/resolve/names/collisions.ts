/** What two services may not both have: explicit claims to one name, each with a free proposal. */
import { overlayFile, serviceFolder } from "../../model/paths.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { reservedNames } from "../../model/names.ts";
import { releaseClaims, gatewayClaims } from "./claims.ts";
import type { Claim } from "./claim.ts";
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
  const all = [
    ...gatewayClaims(facts),
    ...releases.flatMap((release) => releaseClaims(facts, release)),
  ];
  const taken = new Set(all.map((claim) => claim.name));
  const inOrder = all.toSorted(
    (a, b) =>
      Number(a.explicit) - Number(b.explicit) ||
      Number(b.isOwnName ?? false) - Number(a.isOwnName ?? false) ||
      // Who has all of a host has more of it than who takes a part away.
      Number(a.sharing?.isPart ?? false) - Number(b.sharing?.isPart ?? false),
  );
  return meetings(inOrder).map(({ claim, first }): Problem => {
    const message =
      first.owner === claim.owner
        ? `${claim.shown} is claimed twice by ${claim.owner}`
        : `${claim.shown} is claimed by ${first.owner} and ${claim.owner}`;
    const problem = problemAt(
      "NAME_TAKEN",
      claim.file,
      claim.keys,
      {
        message,
        found: claim.shown,
        expected: "a name nobody else has",
        fix: `${fixOf(taken, claim, first)}${orShare(claim, first)}`,
        target: claim.target,
      },
      facts.name,
    );
    return first.file === claim.file
      ? problem
      : {
          ...problem,
          related: [ownerOf(first)],
        };
  });
}

const ownerOf = ({ file, keys, owner }: Claim) => ({ file, keys, note: `${owner} has it` });

const thereOf = ({ file, keys, owner, environment }: ClaimThere) => ({
  file,
  keys,
  note: `${owner} has it in ${environment}`,
  environment,
});

/** A claim among those of all environments of a cluster. */
type ClaimThere = Claim & { readonly environment: string };

interface Meeting<C extends Claim> {
  readonly claim: C;
  /** Who has it. */
  readonly first: C;
}

/** In: claims, those that stay before others, and which of them may be compared. Out: what may not be, once for each place. */
function meetings<C extends Claim>(
  claims: readonly C[],
  isCompared: (first: C, claim: C) => boolean = () => true,
): Meeting<C>[] {
  return [...Map.groupBy(claims, ({ name }) => name).values()].flatMap((group) => {
    const found = group.flatMap((claim, index): Meeting<C>[] => {
      const before = group.slice(0, index).filter((first) => isCompared(first, claim));
      const first =
        before.find(({ what }) => what === claim.what) ??
        before.find((other) => areApart(other, claim) || areStrangers(other, claim));
      return first === undefined ? [] : [{ claim, first }];
    });
    const places = Map.groupBy(found, ({ claim }) => `${claim.file} ${claim.keys.join(".")}`);
    return [...places.values()].flatMap(
      (here) => here.find(({ claim, first }) => claim.what === first.what) ?? here[0] ?? [],
    );
  });
}

/** Whether one of them goes with no other. */
const areApart = (one: Claim, other: Claim): boolean => one.alone === true || other.alone === true;

/** Whether two services have a host, path by path, and neither says why: the one that asks for more of a request would take it from the other. */
const areStrangers = (one: Claim, other: Claim): boolean =>
  one.owner !== other.owner && one.sharing?.isSaid === false && other.sharing?.isSaid === false;

/** Which of two was there first is not known, so each may take another one, but what follows by itself or is its own name. */
function fixOf(taken: ReadonlySet<string>, claim: Claim, first: Claim): string {
  const free = firstFree(taken, claim);
  const said = claim.field === undefined ? `take ${free}` : `write ${proposed(claim, free)}`;
  if (first.owner === claim.owner) return `${said}, or change the other one`;
  if (!first.explicit || first.isOwnName === true)
    return `${said}, or change ${first.field === undefined ? "" : `the ${first.field} of `}${first.owner}`;
  const other = firstFree(taken, first);
  const otherwise =
    other === free ? `or in ${first.owner}` : `or ${proposed(first, other)} in ${first.owner}`;
  return `${said} in ${claim.owner}, ${otherwise}, whichever is newer`;
}

/** A value with its field, as it would be pasted. */
const proposed = ({ field }: Claim, free: string): string =>
  field === undefined ? free : `${field}: ${JSON.stringify(free)}`;

/** Two services may have a host where each has its own part of it. */
const orShare = (claim: Claim, first: Claim): string =>
  claim.sharing === undefined || claim.what === first.what || areApart(claim, first)
    ? ""
    : `; where the two are one to people, write ${claim.sharing.said}`;

/**
 * Hosts, addresses and ports of gateways are unique on a cluster, not only in an environment. Told once per claim, at the one that
 * says a name in full, else at the environment that comes later by its name. Problems: NAME_TAKEN.
 */
export function checkClusterNames(releases: readonly Release[]): Problem[] {
  const claims = releases.flatMap((release) =>
    releaseClaims(release.facts, release).map((claim) => ({
      ...claim,
      environment: release.facts.name,
    })),
  );
  const shared = claims
    .filter(({ what }) => /^(host|address|listener) /.test(what))
    .toSorted((a, b) => Number(a.isFull ?? false) - Number(b.isFull ?? false));
  return meetings(shared, (first, claim) => first.environment !== claim.environment).map(
    ({ claim, first }) => {
      const message = `${claim.shown} of ${claim.owner} is claimed in ${first.environment} and ${claim.environment}, which share a cluster`;
      const fix = `give ${claim.environment} another one in ${overlayFile(claim.environment, claim.owner)}, or leave it out there: without: ["${claim.owner}"]`;
      return problemAt(
        "NAME_TAKEN",
        claim.file,
        claim.keys,
        {
          message,
          found: claim.what,
          expected: "what nobody else on the cluster has",
          fix: `${fix}${orShare(claim, first)}`,
          ...(first.owner === claim.owner ? {} : { related: [thereOf(first)] }),
        },
        claim.environment,
      );
    },
  );
}

function firstFree(taken: ReadonlySet<string>, claim: Claim): string {
  for (let suffix = 2; ; suffix++) {
    const proposal = claim.propose(suffix);
    if (!taken.has(claim.with(proposal))) return proposal;
  }
}
