/**
 * References inside one service that no schema can check: ports, volumes, files, offers, and the
 * cluster's names. Everything after this stage takes them for granted.
 */
import { exampleText } from "../../model/example-text.ts";
import type { Variable } from "../../model/component.ts";
import { clusterFile } from "../../model/paths.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { ConfigFile } from "../../model/tree.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { nearest } from "../../problems/suggest.ts";
import { containersOf } from "../../release/containers.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { siteOf } from "../site.ts";
import type { Site } from "../site.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { containerKeys } from "../../release/entry-keys.ts";
import { checkInObjects } from "./in-objects.ts";
import { checkOffer } from "./offers.ts";
import type { OfferSite } from "./offers.ts";
import { checkVariableReferences } from "./variables.ts";
import { checkCalledPorts } from "./called-ports.ts";
import { checkConfigFiles } from "./config-files.ts";
import { checkHealth, checkOwnPorts, checkWaysIn } from "./ports.ts";
import { checkRouteHost } from "./route-hosts.ts";
import { checkWrittenFiles } from "./written-files.ts";
import { checkClusterFact, checkLanHost, checkLanHosts, checkTier } from "./cluster.ts";

/** In: a release, the files under its config/, its neighbours. Problems: PORT_…, VOLUME_…, CLASS_UNKNOWN, SHARE_UNKNOWN, FILE_…, FROM_…, VARIABLE_UNKNOWN, ROUTE_HOST_UNKNOWN, REFERENCE_OUT_OF_PLACE, and unknown cluster names. */
export function checkReferences(
  release: Release,
  configFiles: readonly ConfigFile[],
  { services, existing, hosts }: Pick<OfferSite, "services" | "existing" | "hosts">,
): Problem[] {
  const site = { ...siteOf(release), services, existing, hosts };
  return [
    ...release.service.components.flatMap((component) =>
      checkComponent(site, component, configFiles),
    ),
    ...checkVolumes(site),
    ...checkWaysIn(site),
    ...checkInObjects(site, configFiles),
    ...checkTier(site),
  ];
}

function checkComponent(
  site: OfferSite,
  component: ResolvedComponent,
  configFiles: readonly ConfigFile[],
): Problem[] {
  return [
    ...containersOf(component).flatMap((container) => [
      ...checkMounts(site, container),
      ...checkConfigFiles(site, component, container, configFiles),
      ...checkWrittenFiles(site, component, container),
      ...checkVariables(site, component, container),
      ...checkVariableReferences(site, component, container),
      ...checkHealth(site, component, container),
    ]),
    ...checkOwnPorts(site, component),
    ...checkCalledPorts(site, component),
    ...checkLanHosts(site, component),
  ];
}

function checkMounts(
  { release: { service }, report }: Site,
  { spec, keys }: AuthoredContainer,
): Problem[] {
  const volumes = service.volumes.map(({ name }) => name);
  return Object.keys(spec.mounts ?? {})
    .filter((name) => !volumes.includes(name))
    .map((name) =>
      report("VOLUME_UNKNOWN", [...keys, "mounts", name], {
        message: `${service.name} has no volume \`${name}\``,
        ...choice(name, volumes, "add it to storage"),
        target: "key",
        causes: [
          {
            does: "removes",
            keys: ["storage", name],
            fix: `remove the mount too: remove: ["storage.${name}", ${JSON.stringify([...keys, "mounts", name].join("."))}], or take it out of remove`,
          },
        ],
      }),
    );
}

/** What variables and files read from elsewhere: the cluster, its hosts, other services. */
function checkVariables(
  site: OfferSite,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  const { spec } = container;
  const keysOf = (field: "env" | "files", name: string) =>
    containerKeys({ service: site.release.service, component }, container, field, name);
  return [
    ...Object.entries(spec.env ?? {}).flatMap(([name, value]) =>
      typeof value === "object" ? checkFact(site, keysOf("env", name), value) : [],
    ),
    ...(["env", "files"] as const).flatMap((field) =>
      Object.entries(spec[field] ?? {}).flatMap(([name, value]) =>
        typeof value === "object" && "from" in value
          ? checkOffer(site, component, keysOf(field, name), value)
          : [],
      ),
    ),
  ];
}

/** A name the cluster's file has, or a route of the service. */
function checkFact(site: Site, keys: Keys, value: Extract<Variable, object>): Problem[] {
  if ("cluster" in value) return checkClusterFact(site, [...keys, "cluster"], value.cluster);
  if ("lan" in value) return checkLanHost(site, [...keys, "lan"], value.lan);
  if ("routeHost" in value) return checkRouteHost(site, [...keys, "routeHost"], value.routeHost);
  return [];
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
  const isPostgres = service.components.some(isPostgresCluster);
  const addTo = (field: string) => `add it to ${field} in ${clusterFile("<cluster>")}`;
  return service.volumes.flatMap(({ name, volume }) => {
    const keys = ["storage", name];
    const problems: Problem[] = [];
    if (!mounted.has(name) && !(isPostgres && volume.holds === "database")) {
      const [expected, fix] =
        service.kind === "service"
          ? ["`at` in each volume", "say where with at"]
          : [
              "a component that mounts it",
              `mount it in a component: mounts: ${exampleText({ [name]: "/path" })}`,
            ];
      problems.push(
        site.report("VOLUME_NOT_MOUNTED", keys, {
          message: `volume \`${name}\` is mounted nowhere`,
          expected,
          fix: `${fix}, or delete it`,
          target: "key",
        }),
      );
    }
    if (volume.holds === "share" && facts.cluster.shares?.[volume.share] === undefined) {
      problems.push(
        site.report("SHARE_UNKNOWN", [...keys, "share"], {
          message: `cluster <cluster> has no share \`${volume.share}\``,
          ...choice(volume.share, Object.keys(facts.cluster.shares ?? {}), addTo("shares")),
        }),
      );
    }
    const purpose = "size" in volume && "class" in volume ? volume.class : undefined;
    if (purpose !== undefined && facts.cluster.storageClasses[purpose] === undefined) {
      problems.push(
        site.report("CLASS_UNKNOWN", [...keys, "class"], {
          message: `cluster <cluster> has no storage class for \`${purpose}\``,
          ...choice(purpose, Object.keys(facts.cluster.storageClasses), addTo("storageClasses")),
        }),
      );
    }
    return problems;
  });
}
