/** One authored container -> its values. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { ContainerValues } from "../../model/values/container.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { mirrored } from "../../release/images/mirrors.ts";
import { requestsOf } from "../../release/resources/container-requests.ts";
import { withoutChains } from "../../release/pods/variable-texts.ts";
import { secretOfFolder } from "../../model/names.ts";
import { compact } from "../compact.ts";
import { fileMounts } from "./files.ts";
import { deviceMounts, volumeMounts } from "./mounts.ts";
import { derivedProbes } from "./probes.ts";
import { variableValue } from "./variables.ts";

/** In: a container of a component. Out: all its values but name and ports. */
export function containerValues(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): ContainerValues {
  const { spec } = container;
  const ports = portsOf(component, container);
  return compact({
    image: mirrored(spec.image, release.facts.cluster.mirrors ?? {}),
    command: spec.command,
    args: spec.args,
    folder: spec.folder,
    env: withoutChains(
      Object.fromEntries(
        Object.entries(spec.env ?? {}).map(([name, variable]) => [
          name,
          variableValue(release, component, variable),
        ]),
      ),
    ),
    envFrom: spec.envFrom?.map(secretOfFolder),
    ports:
      ports === undefined
        ? undefined
        : Object.fromEntries(
            ports.map((port) => [
              port.containerName,
              compact({
                port: port.number,
                protocol: port.protocol === "UDP" ? ("UDP" as const) : undefined,
              }),
            ]),
          ),
    probes: derivedProbes(release, component, container)?.value,
    resources: compact({ ...requestsOf(release.facts, spec) }),
    mounts: [
      ...volumeMounts(release, spec),
      ...fileMounts(release, component, container),
      ...deviceMounts(spec.security?.value.devices ?? []),
    ],
    security: securityValues(container),
  });
}

/** The main container declares the ports of the component, whoever in the pod listens. */
const portsOf = (component: ResolvedComponent, { role, exporterPort }: AuthoredContainer) =>
  role === "main" ? component.ports : exporterPort === undefined ? undefined : [exporterPort];

function securityValues({ spec }: AuthoredContainer) {
  if (spec.security === undefined) return undefined;
  const { user, group, addCapabilities, writableRoot, escalation, privileged, unconfined } =
    spec.security.value;
  return compact({
    user,
    group,
    addCapabilities,
    writableRoot,
    escalation,
    privileged,
    unconfined,
  });
}
