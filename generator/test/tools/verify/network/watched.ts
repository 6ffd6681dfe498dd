/** What those call that look after all services: the scraper, the prober, and the restore drill in its own namespace. */
import type { Component } from "../../../../src/model/component.ts";
import type { Volume } from "../../../../src/model/storage.ts";
import type { EnvironmentServices } from "../../../../src/model/tree.ts";
import { named, outside, pods, type Edge, type Port } from "./ends.ts";

interface Watched {
  readonly name: string;
  readonly kind: "service" | "composed" | "chart";
  readonly whole: { readonly stopped?: true | undefined };
  readonly own: Partial<Component> & { readonly hostNetwork?: unknown };
}

/** Where the known exporters listen, by their own documentation. */
const exporters = { exportarr: 9707, postgres: 9187, valkey: 9121, mosquitto: 9234 };

/** What the scraper reads. */
export function read(part: Watched): (port: Port) => boolean {
  const { metrics } = part.own;
  if (metrics === undefined) return () => false;
  return "exporter" in metrics
    ? outside(`${exporters[metrics.exporter]}`)
    : named(part, metrics.port, "TCP");
}

/** It serves what it heard last, whether or not the broker lives. */
const outlives = "mosquitto";

/** What the prober asks: one TCP port of what no metrics say lives, keeps running and is reached over a Service. */
export function asked(part: Watched): (port: Port) => boolean {
  const { kind, whole, own } = part;
  const runs = own.runs?.as ?? "deployment";
  const isUp = whole.stopped === undefined && own.replicas !== 0;
  const tells =
    own.metrics !== undefined && !("exporter" in own.metrics && own.metrics.exporter === outlives);
  if (tells || kind === "chart" || !isUp) return () => false;
  if (runs !== "deployment" && runs !== "statefulSet") return () => false;
  const ports = Object.entries(own.ports ?? {}).flatMap(([name, port]) =>
    typeof port === "number" || "grpc" in port || port.tcp !== undefined ? [name] : [],
  );
  const said = own.health !== undefined && "port" in own.health ? own.health.port : undefined;
  const usual = ports.includes("http") ? "http" : ports[0];
  return named(part, said ?? usual ?? [], "TCP");
}

type Own = Partial<Component>;
interface Whole extends Own {
  readonly components?: Readonly<Record<string, Own>>;
  readonly storage?: Readonly<Record<string, Volume>>;
  readonly needs?: readonly string[];
  readonly stopped?: true;
}

/** A service the drill starts on its restored volumes, as it is found in the drill's namespace. */
export interface Started {
  /** Of the service that drills: `prod/restore-drill`. */
  readonly drill: string;
  readonly pod: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: number;
}

/** It starts what keeps data that is backed up, needs nobody and loosens nothing, and asks its health. */
export function started(environments: readonly EnvironmentServices[]): Started[] {
  const drill = environments.flatMap(({ facts, services }) =>
    services.has("restore-drill") ? [`${facts.name}/restore-drill`] : [],
  )[0];
  if (drill === undefined) return [];
  return environments.filter(isBackedUp).flatMap(({ facts, services }) =>
    [...services].flatMap(([name, { kind, spec }]) => {
      const whole = spec as Whole;
      const parts = Object.entries(whole.components ?? { main: whole });
      if (
        kind === "chart" ||
        !isAlone(
          whole,
          parts.map(([, own]) => own),
        )
      )
        return [];
      const pod = `${drill}/started/${facts.name}/${name}`;
      return parts
        .flatMap(([component, own]) => {
          const port = healthPort(own);
          const podLabels = {
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/component": component,
          };
          return port === undefined ? [] : { drill, pod, podLabels, port };
        })
        .slice(0, 1);
    }),
  );
}

/** Of a component that answers over HTTP. */
function healthPort({ ports = {}, health }: Own): number | undefined {
  if (health === undefined || "because" in health || health.http === undefined) return undefined;
  const [only, ...others] = Object.values(ports);
  const port = ports[health.port ?? "http"] ?? (others.length === 0 ? only : undefined);
  return typeof port === "number" ? port : undefined;
}

const isBackedUp = ({ facts: { environment, cluster } }: EnvironmentServices): boolean =>
  cluster.backup !== undefined &&
  !(environment.backup !== undefined && "because" in environment.backup);

const needsSomebody = ["consumes", "reaches", "account", "gpu", "network", "calledBy"] as const;

function isAlone(whole: Whole, parts: readonly Own[]): boolean {
  const volumes = Object.values(whole.storage ?? {});
  const isKept = volumes.some(
    (volume) =>
      "holds" in volume &&
      (volume.holds === "state" || volume.holds === "database") &&
      !(volume.restored !== undefined && "because" in volume.restored),
  );
  const isShared = volumes.some((volume) => "because" in volume || volume.holds === "share");
  const isAsking = [whole, ...parts].some((own) =>
    needsSomebody.some((field) => own[field] !== undefined),
  );
  const loosens = parts.some((own) =>
    [own, ...Object.values({ ...own.sidecars, ...own.init })].some(({ security }) => security),
  );
  const runs = parts.every(({ runs: how }) =>
    ["deployment", "statefulSet"].includes(how?.as ?? "deployment"),
  );
  const isHeld = whole.needs !== undefined || whole.stopped !== undefined;
  return isKept && runs && !isShared && !isAsking && !loosens && !isHeld;
}

/** The drill, to what it has started. */
export const drills = (environments: readonly EnvironmentServices[]): Edge[] =>
  started(environments).map(({ drill, pod, port }) => [
    pods(`${drill}/main`),
    pods(pod),
    outside(`${port}`),
  ]);
