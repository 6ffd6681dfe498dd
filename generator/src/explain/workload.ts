/** Names, workloads, their Services, what they keep, the order they start in. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { containersOf } from "../release/containers.ts";
import type { AuthoredContainer } from "../release/containers.ts";
import { isWorkload } from "../release/components.ts";
import type { WorkloadComponent } from "../release/components.ts";
import { derivedChecksums } from "../values/workload/files.ts";
import { derivedLayer, derivedNamespace } from "../values/namespace.ts";
import { derivedNeighbours, derivedSpread } from "../values/workload/placement.ts";
import { derivedProbes } from "../values/workload/probes.ts";
import { derivedData, derivedLogins } from "../values/postgres.ts";
import { derivedServices } from "../values/services.ts";
import { derivedClaims, derivedShares, derivedTemplates } from "../values/storage.ts";
import { derivedUpdateStrategy } from "../values/workload/update-strategy.ts";
import type { UpdateStrategy } from "../release/pods/update-strategy.ts";
import { derivedVariables } from "../values/workload/variables.ts";
import { derivedWaits } from "../values/workload/waits.ts";
import { derivedKind } from "../values/workload/workload.ts";
import type { ContainerValues, VariableValue } from "../model/values/container.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { WorkloadValues } from "../model/values/workload.ts";
import { consequence } from "./consequence.ts";
import type { Consequence } from "./consequence.ts";

/** In: a release. Out: what its facts make of it beside what the standards add. */
export function workloadConsequences(release: Release): Consequence[] {
  return [
    consequence(derivedNamespace(release), (name) => ({ about: "Namespace", says: name })),
    consequence(derivedLayer(release), (layer) => ({ about: "Layer", says: layer })),
    ...release.service.components
      .filter(isWorkload)
      .flatMap((component) => componentConsequences(release, component)),
    ...release.service.components.flatMap((component) => databaseConsequences(release, component)),
    ...derivedServices(release).map((derived) =>
      consequence(derived, ([name, values]) => ({
        about: `Service ${name}`,
        says: serviceWords(values),
      })),
    ),
    ...derivedClaims(release).map((derived) =>
      consequence(derived, ([name, values]) => ({
        about: `PersistentVolumeClaim ${name}`,
        says: claimWords(values),
      })),
    ),
    ...derivedShares(release).map((derived) =>
      consequence(derived, ([name, { server, path, size, options = [] }]) => ({
        about: `PersistentVolume ${name}`,
        says: `${path} of ${server}, ${size}${options.length === 0 ? "" : `, mounted with ${options.join(",")}`}`,
      })),
    ),
  ];
}

function databaseConsequences(release: Release, component: ResolvedComponent): Consequence[] {
  const { objectName } = component;
  const data = derivedData(release, component);
  return [
    ...(data === undefined
      ? []
      : [
          consequence(data, ({ instances, size, class: on }) => ({
            about: `Component ${component.name}`,
            says: `runs as the Cluster ${objectName} of its operator: instances: ${instances}, each with ${size} of class ${on}`,
          })),
        ]),
    ...derivedLogins(release, component).map((derived) =>
      consequence(derived, ({ login, secret, database, extensions }) => ({
        about: `role ${login} of ${objectName}`,
        says: `password of Secret ${secret}; ${database === undefined ? "reads every database" : `owns Database ${[database, ...extensions].join(", with ")}`}`,
      })),
    ),
  ];
}

function componentConsequences(release: Release, component: WorkloadComponent): Consequence[] {
  const kind = derivedKind(release, component);
  const about = `${kind.value} ${component.objectName}`;
  const parts = [
    ...podConsequences(release, component, kind.value, about),
    ...containerConsequences(release, component, about),
  ];
  return [
    consequence(kind, (value) => ({
      about: `Component ${component.name}`,
      says: `runs as a ${value}`,
    })),
    // They bear its kind in their names.
    ...parts.map((part) => ({ ...part, causes: [...part.causes, ...kind.causes] })),
  ];
}

/** Of the pods as a whole: how they are replaced, where they run, what each keeps. */
function podConsequences(
  release: Release,
  component: WorkloadComponent,
  kind: WorkloadValues["runs"],
  about: string,
): Consequence[] {
  const spread = derivedSpread(release, component);
  const neighbours = derivedNeighbours(release, component);
  return [
    ...(kind === "Deployment"
      ? [
          consequence(derivedUpdateStrategy(release, component), (value) => ({
            about: `${about}, new version`,
            says: updateWords(value),
          })),
        ]
      : []),
    ...(spread === undefined
      ? []
      : [consequence(spread, (over) => ({ about: `${about}, spread`, says: `over ${over}` }))]),
    ...(neighbours === undefined
      ? []
      : [
          consequence(neighbours, ({ together, volumes }) => ({
            about: `${about}, node`,
            says: `that of ${together.join(", ")}${volumes.length === 0 ? "" : `, as only one node may write to ${volumes.join(", ")}`}`,
          })),
        ]),
    ...derivedTemplates(release, component).map((derived) =>
      consequence(derived, ([name, values]) => ({
        about: `${about}, claim ${name} of each pod`,
        says: claimWords(values),
      })),
    ),
  ];
}

/** Of its containers: probes, variables, files, and those that wait. */
const containerConsequences = (
  release: Release,
  component: WorkloadComponent,
  about: string,
): Consequence[] => [
  ...containersOf(component).flatMap((container) => {
    const probes = derivedProbes(release, component, container);
    return probes === undefined
      ? []
      : [
          consequence(probes, (values) => ({
            about: `${about}, probes of ${containerWords(container)}`,
            says: probeWords(values),
          })),
        ];
  }),
  ...containersOf(component).flatMap((container) =>
    derivedVariables(release, component, container).map((derived) =>
      consequence(derived, ([name, value]) => ({
        about: `${about}, variable ${name} of ${containerWords(container)}`,
        says: variableWords(value),
      })),
    ),
  ),
  ...derivedChecksums(release, component).map((derived) =>
    consequence(derived, ({ configMap, paths }) => ({
      about: `${about}, restart`,
      says: `when ConfigMap ${configMap} changes: ${paths.join(", ")}`,
    })),
  ),
  ...derivedWaits(release, component).map((derived) =>
    consequence(derived, ({ name, command = [] }) => ({
      about: `${about}, init container ${name}`,
      says: command.at(-1) ?? "",
    })),
  ),
];

const claimWords = ({ size, access, ...from }: ServiceValues["claims"][string]) =>
  `${size}, ${access}, ${"class" in from ? `of class ${from.class}` : `bound to volume ${from.volume}`}`;

const containerWords = ({ name }: AuthoredContainer) => name ?? "the main container";

function variableWords(value: VariableValue): string {
  if (typeof value === "string") return value;
  return "secret" in value
    ? `key ${value.key} of Secret ${value.secret}`
    : `field ${value.field} of the pod`;
}

function updateWords({ type, volumes, hostPorts }: UpdateStrategy): string {
  const reasons = [
    ...(volumes.length === 0 ? [] : [`may write to ${volumes.join(", ")}`]),
    ...(hostPorts.length === 0 ? [] : [`of a node may have ${hostPorts.join(", ")}`]),
  ];
  return reasons.length === 0 ? type : `${type}, as only one pod ${reasons.join(", and ")}`;
}

function probeWords({ startup, readiness }: NonNullable<ContainerValues["probes"]>): string {
  if (readiness === undefined) return "none";
  const asked =
    readiness.http !== undefined
      ? `HTTP ${readiness.http.path} at port ${readiness.http.port}`
      : readiness.grpc !== undefined
        ? `gRPC at port ${readiness.grpc.port}`
        : readiness.tcp !== undefined
          ? `TCP port ${readiness.tcp.port}`
          : `command ${(readiness.exec ?? []).join(" ")}`;
  return `${asked}, every ${readiness.every} s within ${readiness.timeout} s, out after ${readiness.failures} failures${startup === undefined ? "" : `; ${startup.every * startup.failures} s to start`}`;
}

function serviceWords({
  ports,
  headless,
  loadBalancer,
}: ServiceValues["services"][string]): string {
  const listed = Object.entries(ports).map(
    ([name, { port, protocol }]) => `${name} ${port}/${(protocol ?? "TCP").toLowerCase()}`,
  );
  return [
    listed.join(", "),
    ...(headless === undefined ? [] : ["a name for each pod"]),
    ...(loadBalancer === undefined
      ? []
      : [
          `at ${loadBalancer.address ?? "an address of the pool"} for ${loadBalancer.clients?.join(", ") ?? "everybody"}`,
        ]),
  ].join("; ");
}
