/** What two services may not both have: explicit claims to one name, each with a free proposal. */
import type {
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../model/platform.ts";
import { pathText } from "../problems/issues/text.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../problems/report.ts";
import { hasService } from "../values/monitors.ts";
import { fullHost } from "./gateways.ts";
import { concernName, namespaceOf, objectName, reservedNames, soleComponent } from "./names.ts";

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
  /** Another name as it would be written. */
  readonly propose: (suffix: number) => string;
  /** What the claim would be with that name, to be compared with `what`, or with `name` where that differs. */
  readonly with: (proposal: string) => string;
  /** `what` without what makes it shareable: a proposal shares with nobody. */
  readonly name: string;
  readonly target: "key" | "value";
}

/** Problems: NAME_RESERVED; NAME_TAKEN for namespaces, hosts of routes, addresses and ports of load balancers, object names, those of Services among them. */
export function checkNames(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  return [...reserved(facts, releases), ...collisions(facts, releases)];
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
          fix: `rename the folder charts/services/${service.name}`,
        },
        facts.name,
      ),
    );
}

function collisions(facts: EnvironmentFacts, releases: readonly Release[]): Problem[] {
  const all = releases.flatMap((release) => claimsOf(facts, release));
  const byClaim = Map.groupBy(all, (claim) => claim.what);
  const taken = new Set(all.map((claim) => claim.name));
  return [...byClaim.values()].flatMap((claims) => {
    const [first, ...others] = claims.toSorted((a, b) => Number(a.explicit) - Number(b.explicit));
    return others.map((claim): Problem => {
      const message = `${claim.shown} is claimed by ${first?.owner} and ${claim.owner}`;
      const problem = problemAt(
        "NAME_TAKEN",
        claim.file,
        claim.keys,
        {
          message,
          found: claim.shown,
          expected: "a name nobody else has",
          fix: `take ${firstFree(taken, claim)}, or change ${first?.owner}`,
          target: claim.target,
        },
        facts.name,
      );
      return first === undefined || first.file === claim.file
        ? problem
        : { ...problem, related: [{ file: first.file, note: `${first.owner} has it` }] };
    });
  });
}

/**
 * Hosts and addresses are unique on a cluster, not only in an environment. Told once per claim, at the
 * environment that comes later by its name. Problems: NAME_TAKEN.
 */
export function checkClusterNames(releases: readonly Release[]): Problem[] {
  const claims = releases.flatMap((release) =>
    claimsOf(release.facts, release).map((claim) => ({
      ...claim,
      environment: release.facts.name,
    })),
  );
  const shared = claims.filter(
    ({ what }) => what.startsWith("host ") || what.startsWith("address "),
  );
  return [...Map.groupBy(shared, ({ what }) => what).values()].flatMap(([first, ...others]) =>
    others
      .filter(({ environment }) => environment !== first?.environment)
      .map((claim) => {
        const message = `${claim.shown} of ${claim.owner} is claimed in ${first?.environment} and ${claim.environment}, which share a cluster`;
        const fix = `give ${claim.environment} another one in environments/${claim.environment}/${claim.owner}.ts, or leave it out there: without: ["${claim.owner}"]`;
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

type MakeClaim = (
  what: string,
  keys: Keys,
  more: Pick<Claim, "propose" | "with"> & Partial<Claim>,
) => Claim;

function claimsOf(facts: EnvironmentFacts, release: Release): Claim[] {
  const { file, spec, name, namespace, components } = release.service;
  const claim: MakeClaim = (what, keys, more) => ({
    file,
    keys,
    owner: name,
    what,
    shown: what,
    name: what,
    explicit: true,
    target: "value",
    ...more,
  });
  const { prefix } = facts.environment;
  const main = components.find((component) => component.name === soleComponent);
  const sameName = components.find((component) => component.name === name);
  const another = {
    propose: (suffix: number) => `${name}-${suffix}`,
    with: (proposal: string) => `component ${proposal}`,
    target: "key" as const,
  };
  return [
    claim(`namespace ${namespace}`, ["pins", "namespace"], {
      propose: (suffix) => `${spec.pins?.namespace ?? namespace}-${suffix}`,
      with: (proposal) =>
        `namespace ${namespaceOf(name, { ...spec, pins: { namespace: proposal } }, prefix)}`,
      shown: `namespace ${spec.pins?.namespace ?? namespace}`,
      explicit: spec.pins?.namespace !== undefined,
    }),
    ...hostClaims(facts, release, claim),
    ...Object.entries(spec.exposes ?? {}).flatMap(([exposure, value]) =>
      value.address === undefined
        ? []
        : [
            claim(
              `address ${facts.cluster.addresses?.[value.address] ?? value.address}`,
              ["exposes", exposure, "address"],
              {
                propose: () => "another address of the pool",
                with: (proposal) => `address ${proposal}`,
              },
            ),
          ],
    ),
    ...(main !== undefined && sameName !== undefined
      ? [
          claim(`component ${name}`, ["components", name], another),
          claim(`component ${name}`, ["components", soleComponent], another),
        ]
      : []),
    // That two components have one name is told above.
    ...serviceClaims(
      release,
      components.filter((component) => component !== sameName || main === undefined),
      claim,
    ),
  ];
}

function hostClaims(facts: EnvironmentFacts, { service }: Release, claim: MakeClaim): Claim[] {
  const { domain } = facts.environment;
  return Object.entries(service.spec.routes ?? {}).flatMap(([route, value]) => {
    // Two rules for one host are legal when they differ in path or gateway port.
    const paths = [
      ...(value.paths ?? []),
      ...Object.values(value.rules ?? {}).map((rule) => rule.path),
    ];
    const share = `${value.audience} ${value.listener ?? ""}${paths.join(",")}`.trim();
    return [value.host ?? []].flat().map((host) => {
      const full = fullHost(host, domain);
      return claim(`host ${full} (${share})`, ["routes", route, "host"], {
        propose: (suffix) => suffixedHost(host, suffix),
        with: (proposal) => `host ${fullHost(proposal, domain)}`,
        shown: `host ${host}`,
        name: `host ${full}`,
      });
    });
  });
}

function serviceClaims(
  { service }: Release,
  components: readonly ResolvedComponent[],
  claim: MakeClaim,
): Claim[] {
  const what = (object: string) => `Service ${service.namespace}/${object}`;
  return serviceNames(service, components).map(({ object, keys, explicit, rename }) => {
    const key = String(keys.at(-1) ?? service.name);
    return claim(what(object), keys, {
      propose: (suffix) => `${key}-${suffix}`,
      with: (proposal) => what(rename(proposal)),
      owner: keys.length === 0 ? `${service.name} itself` : `${pathText(keys)} of ${service.name}`,
      shown: `Service ${object}`,
      explicit,
      target: "key",
    });
  });
}

/** The suffix belongs to the first label: the rest is a domain that exists. */
function suffixedHost(host: string, suffix: number): string {
  return host.replace(/^(\*\.)?[^.]+/, (first) => `${first}-${suffix}`);
}

interface ServiceName {
  readonly object: string;
  /** Where the key stands that makes the name. */
  readonly keys: Keys;
  readonly explicit: boolean;
  /** The object's name if the key were another. */
  readonly rename: (key: string) => string;
}

/** Objects of kind Service by name: those of values/services.ts, and what CloudNativePG makes for a cluster. */
function serviceNames(
  service: ResolvedService,
  components: readonly ResolvedComponent[],
): ServiceName[] {
  const ofComponents = components.flatMap((component): ServiceName[] => {
    if (component.source.kind === "chart") return [];
    const {
      objectName: base,
      path,
      source: { spec },
    } = component;
    const as = spec.runs?.as;
    const implied = [
      ...(hasService(component) ? [""] : []),
      ...(as === "statefulSet" ? ["-pods"] : []),
      ...(as === "postgresCluster" ? ["-rw", "-ro", "-r"] : []),
    ];
    return [
      ...implied.map((suffix) => ({
        object: `${base}${suffix}`,
        keys: path,
        explicit: false,
        rename: (key: string) => `${objectName(service.name, key)}${suffix}`,
      })),
      ...Object.keys(spec.services ?? {}).map((extra) => ({
        object: concernName(base, extra),
        keys: [...path, "services", extra],
        explicit: true,
        rename: (key: string) => concernName(base, key),
      })),
    ];
  });
  const ofExposures = Object.keys(service.spec.exposes ?? {}).map((exposure) => ({
    object: concernName(service.name, exposure),
    keys: ["exposes", exposure],
    explicit: true,
    rename: (key: string) => concernName(service.name, key),
  }));
  return [...ofComponents, ...ofExposures];
}
