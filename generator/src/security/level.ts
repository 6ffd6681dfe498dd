/** The Pod Security level a namespace needs. */
import type { ResolvedComponent, ResolvedService } from "../model/platform.ts";
import { loosest } from "../model/pod-security.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import { declaredBreaches } from "./breaches.ts";

/** The least level that all pods of the service need. */
export function podSecurityLevel(service: ResolvedService): PodSecurityLevel {
  return loosest([
    ...service.components.map(levelOfChart),
    operatorLevel(service),
    ...declaredBreaches(service).map(({ needs }) => needs),
  ]);
}

/** Of pods an operator makes, as the service says. */
export const operatorLevel = (service: ResolvedService): PodSecurityLevel =>
  service.kind === "chart" ? "restricted" : (service.spec.operatorPods?.value ?? "restricted");

/** A chart's pods as its component says; their fields are not known, so `baseline` unless it does. */
export function levelOfChart({ source, hostNetwork }: ResolvedComponent): PodSecurityLevel {
  if (source.kind !== "chart") return "restricted";
  if (hostNetwork) return "privileged";
  const said = source.spec.podSecurity ?? "baseline";
  return typeof said === "string" ? said : said.value;
}
