/** What two services may not both have: explicit claims to one name, each with a free proposal. */
import type { EnvironmentFacts, Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../problems/report.ts";
import { fullHost } from "./gateways.ts";
import { reservedNames, soleComponent } from "./names.ts";

interface Claim {
  readonly file: string;
  readonly keys: Keys;
  readonly owner: string;
  /** What must be unique, e.g. `host sonarr.example.com`. */
  readonly what: string;
  /** The same as it was written, where that is shorter: one mistake in two environments is told once. */
  readonly shown: string;
  /** Whether the file says the name; one that follows by itself was there first. */
  readonly explicit: boolean;
  readonly propose: (suffix: number) => string;
}

/** Problems: NAME_RESERVED; NAME_TAKEN for namespaces, hosts of routes, addresses and ports of load balancers, object names. */
export function checkNames(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  return [...reserved(facts, releases), ...collisions(facts, releases)];
}

function reserved(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  return releases
    .filter(({ service }) => reservedNames.includes(service.name))
    .map(({ service }) => problemAt("NAME_RESERVED", service.file, [], { message: `no service may be called \`${service.name}\``, expected: `another name than ${reservedNames.join(", ")}`, fix: `rename the folder charts/services/${service.name}` }, facts.name));
}

function collisions(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const byClaim = Map.groupBy(releases.flatMap((release) => claimsOf(facts, release)), (claim) => claim.what);
  const taken = new Set(byClaim.keys());
  return [...byClaim.values()].flatMap((claims) => {
    const [first, ...others] = claims.toSorted((a, b) => Number(a.explicit) - Number(b.explicit));
    return others.map((claim): Problem => {
      const message = `${claim.shown} is claimed by ${first?.owner} and ${claim.owner}`;
      const problem = problemAt("NAME_TAKEN", claim.file, claim.keys, { message, found: claim.shown, expected: "a name nobody else has", fix: `take ${firstFree(taken, claim)}, or change ${first?.owner}` }, facts.name);
      return first === undefined || first.file === claim.file ? problem : { ...problem, related: [{ file: first.file, note: `${first.owner} has it` }] };
    });
  });
}

/**
 * Hosts and addresses are unique on a cluster, not only in an environment. Told once per claim, at the
 * environment that comes later by its name. Problems: NAME_TAKEN.
 */
export function checkClusterNames(releases: readonly Release[]): Problem[] {
  const claims = releases.flatMap((release) => claimsOf(release.facts, release).map((claim) => ({ ...claim, environment: release.facts.name })));
  const shared = claims.filter(({ what }) => what.startsWith("host ") || what.startsWith("address "));
  return [...Map.groupBy(shared, ({ what }) => what).values()].flatMap(([first, ...others]) =>
    others
      .filter(({ environment }) => environment !== first?.environment)
      .map((claim) => {
        const message = `${claim.shown} of ${claim.owner} is claimed in ${first?.environment} and ${claim.environment}, which share a cluster`;
        const fix = `give ${claim.environment} another one in environments/${claim.environment}/${claim.owner}.ts, or leave it out there: without: ["${claim.owner}"]`;
        return problemAt("NAME_TAKEN", claim.file, claim.keys, { message, found: claim.what, expected: "what nobody else on the cluster has", fix }, claim.environment);
      }),
  );
}

function firstFree(taken: ReadonlySet<string>, claim: Claim): string {
  const kind = claim.what.slice(0, claim.what.indexOf(" "));
  for (let suffix = 2; ; suffix++) {
    const proposal = claim.propose(suffix);
    if (!taken.has(`${kind} ${proposal}`)) return proposal;
  }
}

function claimsOf(facts: EnvironmentFacts, { service }: Release): Claim[] {
  const { file, spec, name } = service;
  const claim = (what: string, keys: Keys, propose: (suffix: number) => string, more: Partial<Claim> = {}): Claim => ({ file, keys, owner: name, what, shown: what, explicit: true, propose, ...more });
  const main = service.components.find((component) => component.name === soleComponent);
  const sameName = service.components.find((component) => component.name === name);
  return [
    claim(`namespace ${service.namespace}`, ["pins", "namespace"], (suffix) => `${service.namespace}-${suffix}`, { explicit: spec.pins?.namespace !== undefined }),
    ...Object.entries(spec.routes ?? {}).flatMap(([route, value]) =>
      [value.host ?? []].flat().flatMap((host) => {
        const full = fullHost(host, facts.environment.domain);
        // Two rules for one host are legal when they differ in path or gateway port.
        const share = `${value.audience} ${value.listener ?? ""}${(value.paths ?? []).join(",")}${Object.values(value.rules ?? {}).map((rule) => rule.path).join(",")}`.trim();
        return [claim(`host ${full} (${share})`, ["routes", route, "host"], (suffix) => `${host}-${suffix}`, { shown: `host ${host}` })];
      }),
    ),
    ...Object.entries(spec.exposes ?? {}).flatMap(([exposure, value]) =>
      value.address === undefined ? [] : [claim(`address ${facts.cluster.addresses?.[value.address] ?? value.address}`, ["exposes", exposure, "address"], () => "another address of the pool")],
    ),
    ...(main !== undefined && sameName !== undefined ? [claim(`component ${name}`, ["components", name], (suffix) => `${name}-${suffix}`), claim(`component ${name}`, ["components", soleComponent], (suffix) => `${name}-${suffix}`)] : []),
  ];
}
