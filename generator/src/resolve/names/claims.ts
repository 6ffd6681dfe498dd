/** The names a release claims: its namespace, hosts, addresses, and the objects whose names another may have too. */
import type {
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../../model/platform.ts";
import { pathText } from "../../problems/issues/text.ts";
import type { Keys } from "../../model/reading.ts";
import { isAddressKnown } from "../../release/network/address-pool.ts";
import { hasService } from "../../release/components.ts";
import { containersOf, fileVolumeNames } from "../../release/containers.ts";
import {
  concernName,
  configVolume,
  filesName,
  namespaceOf,
  objectName,
  podsServiceName,
  postgresServiceNames,
  soleComponent,
} from "../../model/names.ts";
import { clusterFile } from "../../model/paths.ts";
import type { Claim, MakeClaim } from "./claim.ts";
import { exposedHostClaims, hostClaims } from "./host-claims.ts";
import { listenerClaims } from "./listeners.ts";
import { isPostgresCluster } from "../../release/postgres.ts";

/** All names a release claims in an environment. */
export function releaseClaims(facts: EnvironmentFacts, release: Release): Claim[] {
  const { file, name, components } = release.service;
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
  const main = components.find((component) => component.name === soleComponent);
  const sameName = components.find((component) => component.name === name);
  const areBothThere = main !== undefined && sameName !== undefined;
  return [
    namespaceClaim(facts, release, claim),
    ...hostClaims(facts, release, claim),
    ...exposedHostClaims(release, claim),
    ...listenerClaims(release, claim),
    ...addressClaims(facts, release, claim),
    ...(areBothThere ? mainTwice(name, claim) : []),
    // That two components have one name is told above.
    ...serviceClaims(
      release,
      components.filter((component) => !areBothThere || component !== sameName),
      claim,
    ),
    ...configMapClaims(release, claim),
  ];
}

function namespaceClaim(
  { environment: { prefix } }: EnvironmentFacts,
  { service: { name, namespace, spec } }: Release,
  claim: MakeClaim,
): Claim {
  const pinned = spec.pins?.namespace;
  return claim(`namespace ${namespace}`, ["pins", "namespace"], {
    propose: (suffix) => `${pinned ?? namespace}-${suffix}`,
    with: (proposal) =>
      `namespace ${namespaceOf(name, { ...spec, pins: { namespace: proposal } }, prefix)}`,
    shown: `namespace ${pinned ?? namespace}`,
    explicit: pinned !== undefined,
    field: "namespace",
  });
}

/** Addresses of load balancers; one that the cluster does not have is told where the reference is checked. */
const addressClaims = (
  { cluster }: EnvironmentFacts,
  { service }: Release,
  claim: MakeClaim,
): Claim[] =>
  Object.entries(service.spec.exposes ?? {}).flatMap(([exposure, { address }]) =>
    address === undefined || !isAddressKnown(cluster, address)
      ? []
      : [
          claim(
            `address ${cluster.addresses?.[address] ?? address}`,
            ["exposes", exposure, "address"],
            {
              propose: () => "another address of the pool",
              with: (proposal) => `address ${proposal}`,
            },
          ),
        ],
  );

/** The component `main` has the name of the service itself, which another one has as well. */
function mainTwice(name: string, claim: MakeClaim): Claim[] {
  const another = {
    propose: (suffix: number) => `${name}-${suffix}`,
    with: (proposal: string) => `component ${proposal}`,
    target: "key" as const,
  };
  return [name, soleComponent].map((key) =>
    claim(`component ${name}`, ["components", key], another),
  );
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

/** ConfigMaps of mounted files: `x-files-side` may be those of a sidecar or those of a component. */
function configMapClaims({ service }: Release, claim: MakeClaim): Claim[] {
  return service.components.flatMap((component) =>
    containersOf(component)
      .filter((container) => fileVolumeNames(container).includes(configVolume(container.name)))
      .map(({ name, keys }) => {
        const nameOf = (key: string) =>
          name === undefined
            ? filesName(objectName(service.name, key), undefined)
            : filesName(component.objectName, key);
        const object = filesName(component.objectName, name);
        return claim(`ConfigMap ${service.namespace}/${object}`, keys, {
          propose: (suffix) => `${keys.at(-1) ?? service.name}-${suffix}`,
          with: (proposal) => `ConfigMap ${service.namespace}/${nameOf(proposal)}`,
          owner:
            keys.length === 0 ? `${service.name} itself` : `${pathText(keys)} of ${service.name}`,
          shown: `ConfigMap ${object}`,
          explicit: name !== undefined,
          target: "key",
        });
      }),
  );
}

/** Addresses the cluster has given to its gateways: no load balancer of a service may have them too. */
export function gatewayClaims(facts: EnvironmentFacts): Claim[] {
  return Object.entries(facts.cluster.gateways).flatMap(([audience, gateway]): Claim[] => {
    if (gateway?.address === undefined) return [];
    const what = `address ${gateway.address}`;
    return [
      {
        file: clusterFile(facts.clusterName),
        keys: ["gateways", audience, "address"],
        owner: `the ${audience} gateway of cluster ${facts.clusterName}`,
        what,
        shown: what,
        name: what,
        explicit: false,
        propose: () => "another address of the pool",
        with: (proposal) => `address ${proposal}`,
        target: "value",
      },
    ];
  });
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
    const { objectName: base, path } = component;
    const { spec } = component.source;
    const implied = (object: string) => [
      ...(hasService(component) ? [object] : []),
      ...(spec.runs?.as === "statefulSet" ? [podsServiceName(object)] : []),
      ...(isPostgresCluster(component) ? Object.values(postgresServiceNames(object)) : []),
    ];
    return [
      ...implied(base).map((object, index) => ({
        object,
        keys: path,
        explicit: false,
        rename: (key: string) => implied(objectName(service.name, key))[index] ?? object,
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
