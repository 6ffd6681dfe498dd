/** One authored container -> its values. */
import type { Health } from "../model/ports.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ContainerValues, ProbeValues } from "../model/values/container.ts";
import type { AuthoredContainer } from "../release/containers.ts";
import { mirrored } from "../release/mirrors.ts";
import { requestsOf } from "../release/requests.ts";
import { secretOfFolder } from "../model/names.ts";
import { healthPort } from "../release/ports.ts";
import { compact } from "./compact.ts";
import { fileMounts } from "./files.ts";
import { deviceMounts, volumeMounts } from "./mounts.ts";
import { seconds } from "../model/units.ts";
import { variableValue } from "./variables.ts";

/** In: a container of a component. Out: all its values but name and ports. */
export function containerValues(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): ContainerValues {
  const { spec } = container;
  const main = container.role === "main";
  return compact({
    image: mirrored(spec.image, release.facts.cluster.mirrors ?? {}),
    command: spec.command,
    args: spec.args,
    folder: spec.folder,
    env: Object.fromEntries(
      Object.entries(spec.env ?? {}).map(([name, variable]) => [
        name,
        variableValue(release, component, variable),
      ]),
    ),
    envFrom: spec.envFrom?.map(secretOfFolder),
    ports: main
      ? Object.fromEntries(
          component.ports.map((port) => [
            port.containerName,
            compact({
              port: port.number,
              protocol: port.protocol === "UDP" ? ("UDP" as const) : undefined,
            }),
          ]),
        )
      : undefined,
    probes: probes(component, container),
    resources: compact({ ...requestsOf(release.facts, spec) }),
    mounts: [
      ...volumeMounts(release, spec.mounts ?? {}),
      ...fileMounts(release, component, container),
      ...deviceMounts(spec.security?.value.devices ?? []),
    ],
    security: securityValues(container),
  });
}

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

const probeDefaults = { every: "10s", timeout: "3s", failures: 3, startsWithin: "2m" } as const;
/** While it starts it is asked often, so that a fast start is seen fast. */
const startupEverySeconds = 5;

function probes(
  component: ResolvedComponent,
  { spec, role }: AuthoredContainer,
): ContainerValues["probes"] {
  if (role === "init" || spec.health === undefined || "because" in spec.health) return undefined;
  const { health } = spec;
  const {
    every = probeDefaults.every,
    timeout = probeDefaults.timeout,
    failures = probeDefaults.failures,
    startsWithin = probeDefaults.startsWithin,
  } = health;
  const question = probeQuestion(component.ports, health, role);
  const asked = { ...question, every: seconds(every), timeout: seconds(timeout), failures };
  return {
    startup: {
      ...asked,
      every: startupEverySeconds,
      failures: Math.max(1, Math.ceil(seconds(startsWithin) / startupEverySeconds)),
    },
    readiness: asked,
    liveness: asked,
  };
}

/** Only the main container declares the ports, so a sidecar is asked by number; the pod has one address. */
function probeQuestion(
  ports: readonly ResolvedPort[],
  health: Health,
  role: AuthoredContainer["role"],
): Pick<ProbeValues, "http" | "tcp" | "grpc" | "exec"> {
  if (health.exec !== undefined) return { exec: health.exec };
  const port = healthPort(ports, health.port);
  const target = role === "main" ? (port?.containerName ?? "") : (port?.number ?? 0);
  if (health.http !== undefined)
    return {
      http: compact({
        path: health.http,
        port: target,
        https: health.https,
        headers: health.headers,
      }),
    };
  if (health.grpc !== undefined)
    return {
      grpc: compact({
        port: port?.number ?? 0,
        service: health.grpc === true ? undefined : health.grpc,
      }),
    };
  return { tcp: { port: target } };
}
