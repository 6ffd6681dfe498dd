/**
 * References inside one service that no schema can check: ports, volumes, files, offers, and the
 * cluster's names. Everything after this stage takes them for granted.
 */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import type { Keys, ProblemText } from "../problems/report.ts";
import type { ProblemCode } from "../problems/codes.ts";
import { nearest } from "../problems/suggest.ts";
import { containersOf } from "./containers.ts";
import type { AuthoredContainer } from "./containers.ts";
import { addresses, portOfService } from "./connections.ts";
import { connectionsTo, offeredKeys, offerOf, peerKeys } from "./offers.ts";
import { healthPort } from "./ports.ts";

/** In: a release, the files under its config/. Problems: PORT_…, VOLUME_…, FILE_MISSING, FROM_…, and unknown cluster names. */
export function checkReferences(release: Release, configFiles: readonly string[]): Problem[] {
  const site: Site = {
    release,
    configFiles,
    report: (code, keys, text) =>
      problemAt(code, release.service.file, keys, text, release.facts.name),
  };
  return [
    ...release.service.components.flatMap((component) => checkComponent(site, component)),
    ...checkVolumes(site),
    ...checkWaysIn(site),
    ...checkTier(site),
  ];
}

interface Site {
  readonly release: Release;
  readonly configFiles: readonly string[];
  readonly report: (code: ProblemCode, keys: Keys, text: ProblemText) => Problem;
}

function checkComponent(site: Site, component: ResolvedComponent): Problem[] {
  return [
    ...containersOf(component).flatMap((container) => checkContainer(site, component, container)),
    ...checkOwnPorts(site, component),
    ...checkLanHosts(site, component),
  ];
}

function checkContainer(
  site: Site,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  const { spec, keys } = container;
  const volumes = site.release.service.volumes.map(({ name }) => name);
  const unknownVolumes = Object.keys(spec.mounts ?? {}).filter((name) => !volumes.includes(name));
  const missingFiles = Object.entries(spec.files ?? {}).filter(
    ([, file]) =>
      typeof file === "object" && "file" in file && !site.configFiles.includes(file.file),
  );
  return [
    ...unknownVolumes.map((name) =>
      site.report("VOLUME_UNKNOWN", [...keys, "mounts", name], {
        message: `${site.release.service.name} has no volume \`${name}\``,
        ...choice(name, volumes, "add it to storage"),
        target: "key",
      }),
    ),
    ...missingFiles.map(([path, file]) => {
      const wanted = typeof file === "object" && "file" in file ? file.file : "";
      return site.report("FILE_MISSING", [...keys, "files", path], {
        message: `there is no file \`${wanted}\` beside values.ts`,
        ...choice(
          wanted,
          site.configFiles,
          `create charts/services/${site.release.service.name}/${wanted}`,
        ),
      });
    }),
    ...Object.entries(spec.env ?? {}).flatMap(([name, value]) =>
      typeof value === "object" && "cluster" in value
        ? checkClusterFact(site, [...keys, "env", name, "cluster"], value.cluster)
        : [],
    ),
    ...(["env", "files"] as const).flatMap((field) =>
      Object.entries(spec[field] ?? {}).flatMap(([name, value]) =>
        typeof value === "object" && "from" in value
          ? checkOffer(site, component, [...keys, field, name], value)
          : [],
      ),
    ),
    ...checkHealth(site, component, container),
  ];
}

/** Facts a cluster file may leave out, and the field that has them. */
const optionalFacts: Readonly<
  Record<
    string,
    {
      readonly field: string;
      readonly of: (cluster: Release["facts"]["cluster"]) => string | undefined;
    }
  >
> = {
  gatewayAddress: {
    field: "gateways.internal.address",
    of: (cluster) => cluster.gateways.internal.address,
  },
  dnsAddress: { field: "addresses.dns", of: (cluster) => cluster.addresses?.["dns"] },
};

function checkClusterFact(site: Site, keys: Keys, name: string): Problem[] {
  const { cluster, clusterName } = site.release.facts;
  const fact = optionalFacts[name];
  if (fact === undefined || fact.of(cluster) !== undefined) return [];
  return [
    site.report("CLUSTER_FACT_MISSING", keys, {
      message: `cluster ${clusterName} does not say \`${name}\``,
      expected: `${fact.field} in environments/clusters/${clusterName}.ts`,
      fix: `add ${fact.field} there`,
    }),
  ];
}

function checkOffer(
  site: Site,
  component: ResolvedComponent,
  keys: Keys,
  { from, key }: { from: string; key: string },
): Problem[] {
  const { release } = site;
  const offered = offerOf(release, component, from, key);
  if (from.startsWith("./")) return checkPeerOffer(site, component, keys, { from, key });
  if (
    offered?.kind === "login" &&
    !connectionsTo(release, component, from).some((edge) => edge.login !== undefined)
  ) {
    const fix = `consumes: { ${from}: { login: "${release.service.name}" } }`;
    return [
      site.report("FROM_WITHOUT_LOGIN", [...keys, "key"], {
        message: `\`${key}\` of ${from} belongs to a login, and it consumes ${from} without one`,
        found: JSON.stringify(key),
        expected: `a login to ${from} in consumes`,
        fix,
      }),
    ];
  }
  if (offered !== undefined) return [];
  const edge = release.outgoing.find(
    (candidate) =>
      candidate.consumer.component === component && candidate.provider.service.name === from,
  );
  // A consumed service that is unknown or absent has its own problem at the edge.
  if (edge === undefined && (from in component.consumes || isMeantByAnother(component, from)))
    return [];
  if (edge === undefined) {
    return [
      site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
        message: `it reads from ${from} without consuming it`,
        found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
        expected: `${from} in consumes`,
        fix: `add ${from} to consumes, with the port it calls`,
      }),
    ];
  }
  const valid = [...offeredKeys(edge.provider.service, release.facts).keys()];
  return [
    site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
      message: `${from} does not offer \`${key}\``,
      ...choice(key, valid, `add it to offers in ${edge.provider.service.file}`),
    }),
  ];
}

/** A misspelt name in `consumes` is one mistake, told at the edge. */
const isMeantByAnother = (component: ResolvedComponent, from: string): boolean =>
  Object.keys(component.consumes).some((target) => nearest(target, [from]) !== undefined);

/** A component of the same service gives its ports; it must be there and be consumed. */
function checkPeerOffer(
  site: Site,
  component: ResolvedComponent,
  keys: Keys,
  { from, key }: { from: string; key: string },
): Problem[] {
  const { service, facts } = site.release;
  const peer = service.components.find((candidate) => candidate.name === from.slice(2));
  if (peer === undefined) {
    const peers = service.components
      .filter((candidate) => candidate !== component)
      .map(({ name }) => `./${name}`);
    return [
      site.report("COMPONENT_UNKNOWN", [...keys, "from"], {
        message: `\`${from}\` is not a component of ${service.name}`,
        ...choice(from, peers, "add the component"),
      }),
    ];
  }
  const valid = peerKeys({ service, component: peer }, facts);
  if (!valid.has(key))
    return [
      site.report("FROM_UNKNOWN_KEY", [...keys, "key"], {
        message: `${from} does not offer \`${key}\``,
        ...choice(key, [...valid.keys()], `add a port to ${from}`),
      }),
    ];
  if (peer === component || from in component.consumes || isMeantByAnother(component, from))
    return [];
  return [
    site.report("FROM_WITHOUT_CONSUMES", [...keys, "from"], {
      message: `it reads from ${from} without consuming it`,
      found: `from(${JSON.stringify(from)}, ${JSON.stringify(key)})`,
      expected: `${from} in consumes`,
      fix: `add "${from}" to consumes, with the port it calls`,
    }),
  ];
}

function checkHealth(
  site: Site,
  component: ResolvedComponent,
  { spec, keys, role, name }: AuthoredContainer,
): Problem[] {
  const runs = component.source.kind === "workload" ? component.source.spec.runs?.as : undefined;
  const ends = runs === "schedule" || runs === "job" || runs === "postgresCluster";
  if (role === "init") return [];
  const what = name ?? component.name;
  if (spec.health === undefined && ends) return [];
  if (spec.health === undefined) {
    const fix =
      'add health, e.g. { http: "/health" } or { exec: ["true"] }, or health: because(false, "why")';
    return [
      site.report("HEALTH_MISSING", keys, {
        message: `${what} keeps running and has no health`,
        expected: "health: how it is asked whether it is alive",
        fix,
      }),
    ];
  }
  if ("because" in spec.health || spec.health.exec !== undefined) return [];
  const valid = [
    ...new Set(component.ports.filter((port) => port.protocol === "TCP").map((port) => port.name)),
  ];
  const { port } = spec.health;
  if (port !== undefined && !valid.includes(port))
    return [
      site.report("PORT_UNKNOWN", [...keys, "health", "port"], {
        message: `${what} has no TCP port \`${port}\``,
        ...choice(port, valid, "add it to ports"),
      }),
    ];
  if (port === undefined && healthPort(component.ports, undefined) === undefined) {
    return [
      site.report("PORT_AMBIGUOUS", [...keys, "health"], {
        message: `health does not say which port is asked`,
        found: `ports ${valid.join(", ") || "(none)"}`,
        expected: "one port, or one named http, or `port`",
        fix: "add port to health",
      }),
    ];
  }
  return [];
}

function checkOwnPorts(site: Site, component: ResolvedComponent): Problem[] {
  if (component.source.kind === "chart") return [];
  const { metrics, services } = component.source.spec;
  const valid = [...new Set(component.ports.map((port) => port.name))];
  const unknown = (name: string, keys: Keys) =>
    valid.includes(name)
      ? []
      : [
          site.report("PORT_UNKNOWN", keys, {
            message: `${component.name} has no port \`${name}\``,
            ...choice(name, valid, "add it to ports"),
          }),
        ];
  return [
    ...(metrics !== undefined && "port" in metrics
      ? unknown(metrics.port, [...component.path, "metrics", "port"])
      : []),
    ...Object.entries(services ?? {}).flatMap(([name, service]) =>
      service.ports.flatMap((port, index) =>
        unknown(port, [...component.path, "services", name, "ports", index]),
      ),
    ),
  ];
}

function checkLanHosts(site: Site, component: ResolvedComponent): Problem[] {
  const valid = Object.keys(site.release.facts.cluster.hosts ?? {});
  return Object.keys(component.source.spec.reaches?.lan ?? {})
    .filter((host) => !valid.includes(host))
    .map((host) =>
      site.report("LAN_HOST_UNKNOWN", [...component.path, "reaches", "lan", host], {
        message: `cluster ${site.release.facts.clusterName} knows no host \`${host}\``,
        ...choice(
          host,
          valid,
          `add it to hosts in environments/clusters/${site.release.facts.clusterName}.ts`,
        ),
        target: "key",
      }),
    );
}

function checkVolumes(site: Site): Problem[] {
  const { service, facts } = site.release;
  const names = service.volumes.map(({ name }) => name);
  // A misspelt mount is told at the mount, and means the volume it is nearest to.
  const mounted = new Set(
    service.components.flatMap((component) =>
      containersOf(component).flatMap(({ spec }) =>
        Object.keys(spec.mounts ?? {}).map((name) => nearest(name, names) ?? name),
      ),
    ),
  );
  const isPostgres = service.components.some(
    (component) =>
      component.source.kind === "workload" && component.source.spec.runs?.as === "postgresCluster",
  );
  const clusterFile = `environments/clusters/${facts.clusterName}.ts`;
  return service.volumes.flatMap(({ name, volume }) => {
    const keys = ["storage", name];
    const problems: Problem[] = [];
    if (!mounted.has(name) && !(isPostgres && volume.holds === "database")) {
      const fix =
        service.kind === "service"
          ? "say where with at"
          : `mount it in a component: mounts: { ${name}: "/path" }`;
      problems.push(
        site.report("VOLUME_NOT_MOUNTED", keys, {
          message: `volume \`${name}\` is mounted nowhere`,
          fix: `${fix}, or delete it`,
          target: "key",
        }),
      );
    }
    if (volume.holds === "share" && facts.cluster.shares?.[volume.share] === undefined) {
      problems.push(
        site.report("SHARE_UNKNOWN", [...keys, "share"], {
          message: `cluster ${facts.clusterName} has no share \`${volume.share}\``,
          ...choice(
            volume.share,
            Object.keys(facts.cluster.shares ?? {}),
            `add it to shares in ${clusterFile}`,
          ),
        }),
      );
    }
    const purpose = "size" in volume && "class" in volume ? volume.class : undefined;
    if (purpose !== undefined && facts.cluster.storageClasses[purpose] === undefined) {
      problems.push(
        site.report("CLASS_UNKNOWN", [...keys, "class"], {
          message: `cluster ${facts.clusterName} has no storage class for \`${purpose}\``,
          ...choice(
            purpose,
            Object.keys(facts.cluster.storageClasses),
            `add it to storageClasses in ${clusterFile}`,
          ),
        }),
      );
    }
    return problems;
  });
}

/** Routes, exposures and offers lead to own ports, through gateways and addresses that are there. */
function checkWaysIn(site: Site): Problem[] {
  const { service, facts } = site.release;
  const valid = addresses(service);
  const target = (address: string, keys: Keys) =>
    portOfService(service, address) === undefined
      ? [
          site.report("PORT_UNKNOWN", keys, {
            message: `${service.name} has no port \`${address}\``,
            ...choice(address, valid, "add it to ports"),
          }),
        ]
      : [];
  const pool = facts.cluster.addresses ?? {};
  return [
    ...Object.entries(service.spec.routes ?? {}).flatMap(([name, route]) => [
      ...target(route.to, ["routes", name, "to"]),
      ...Object.entries(route.rules ?? {}).flatMap(([rule, { to }]) =>
        to === undefined ? [] : target(to, ["routes", name, "rules", rule, "to"]),
      ),
      ...(facts.cluster.gateways[route.audience] === undefined
        ? [
            site.report("GATEWAY_MISSING", ["routes", name, "audience"], {
              message: `cluster ${facts.clusterName} has no ${route.audience} gateway`,
              ...choice(
                route.audience,
                Object.keys(facts.cluster.gateways),
                `add it to gateways in environments/clusters/${facts.clusterName}.ts`,
              ),
            }),
          ]
        : []),
    ]),
    ...Object.entries(service.spec.exposes ?? {}).flatMap(([name, exposure]) => [
      ...Object.entries(exposure.ports).flatMap(([outside, address]) =>
        target(address, ["exposes", name, "ports", outside]),
      ),
      ...(exposure.address === undefined ||
      /[.:]/.test(exposure.address) ||
      exposure.address in pool
        ? []
        : [
            site.report("ADDRESS_UNKNOWN", ["exposes", name, "address"], {
              message: `cluster ${facts.clusterName} has no address \`${exposure.address}\``,
              ...choice(
                exposure.address,
                Object.keys(pool),
                `add it to addresses in environments/clusters/${facts.clusterName}.ts`,
              ),
            }),
          ]),
    ]),
    ...Object.entries(service.spec.offers ?? {}).flatMap(([name, offer]) =>
      "port" in offer ? target(offer.port, ["offers", name, "port"]) : [],
    ),
  ];
}

function checkTier(site: Site): Problem[] {
  const { service, facts } = site.release;
  // No tiers at all: their file has mistakes, which are told there.
  if (facts.tiers[service.tier] !== undefined || Object.keys(facts.tiers).length === 0) return [];
  return [
    site.report("TIER_UNKNOWN", ["tier"], {
      message: `there is no tier \`${service.tier}\``,
      ...choice(service.tier, Object.keys(facts.tiers), "add it to environments/tiers.ts"),
    }),
  ];
}
