/** How a container is asked whether it is well. */
import type { Derived } from "../../model/derived.ts";
import type { Health } from "../../model/ports.ts";
import type {
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import { seconds } from "../../model/units.ts";
import type { ContainerValues, ProbeValues } from "../../model/values/container.ts";
import { containerFact } from "../../release/causes.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { healthPort } from "../../release/ports.ts";
import { compact } from "../compact.ts";

const probeDefaults = { every: "10s", timeout: "3s", failures: 3, startsWithin: "2m" } as const;
/** While it starts it is asked often, so that a fast start is seen fast. */
const startupEverySeconds = 5;

/** In: a container. Out: how it is asked; undefined for one that runs before, or says that nothing asks. */
export function derivedProbes(
  { service }: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Derived<NonNullable<ContainerValues["probes"]>> | undefined {
  const { spec, role } = container;
  if (role === "init" || spec.health === undefined || "because" in spec.health) return undefined;
  const { health } = spec;
  if (container.exporterPort !== undefined) return exporterProbes(service, component, container);
  const {
    every = probeDefaults.every,
    timeout = probeDefaults.timeout,
    failures = probeDefaults.failures,
    startsWithin = probeDefaults.startsWithin,
  } = health;
  const question = probeQuestion(component.ports, health, role);
  const asked = { ...question, every: seconds(every), timeout: seconds(timeout), failures };
  const startup = {
    ...asked,
    every: startupEverySeconds,
    failures: Math.max(1, Math.ceil(seconds(startsWithin) / startupEverySeconds)),
  };
  return {
    value: { startup, readiness: asked, liveness: asked },
    rule: "health-probes",
    causes: [containerFact(service, component, container, "health")],
  };
}

/** A pod is ready, and starts, without its exporter: it is only restarted when it hangs. */
function exporterProbes(
  service: ResolvedService,
  component: ResolvedComponent,
  container: AuthoredContainer,
): ReturnType<typeof derivedProbes> {
  const { exporterPort, spec } = container;
  const path = spec.health === undefined || "because" in spec.health ? undefined : spec.health.http;
  const port = exporterPort?.number ?? 0;
  const question = path === undefined ? { tcp: { port } } : { http: { path, port } };
  const { every, timeout, failures } = probeDefaults;
  return {
    value: {
      liveness: { ...question, every: seconds(every), timeout: seconds(timeout), failures },
    },
    rule: "health-probes",
    causes: [containerFact(service, component, container)],
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
