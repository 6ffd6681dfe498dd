/** What a component may do, and the Pod Security level its namespace needs for it. */
import type { Component } from "../model/component.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { containersOf } from "../resolve/containers.ts";

export type PodSecurityLevel = "restricted" | "baseline" | "privileged";
const order: readonly PodSecurityLevel[] = ["restricted", "baseline", "privileged"];

type Loosening = NonNullable<Component["security"]>["value"];

/** Capabilities the baseline level lets a container add (Kubernetes, Pod Security Standards). */
const baselineCapabilities = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** The loosest level any container or volume of the release needs. */
export function podSecurityLevel(release: Release): PodSecurityLevel {
  const hasHostVolume = release.service.volumes.some(({ volume }) => volume.holds === "host");
  const levels = release.service.components.map((component) => levelOfComponent(component));
  return [...levels, hasHostVolume ? ("privileged" as const) : ("restricted" as const)].reduce(
    (loosest, level) => (order.indexOf(level) > order.indexOf(loosest) ? level : loosest),
    "restricted",
  );
}

function levelOfComponent(component: ResolvedComponent): PodSecurityLevel {
  if (component.source.kind === "chart")
    return component.hostNetwork
      ? "privileged"
      : (component.source.spec.podSecurity?.value ?? "baseline");
  if (component.hostNetwork) return "privileged";
  const levels = containersOf(component).map(({ spec }) => levelOf(spec.security?.value));
  return levels.includes("privileged")
    ? "privileged"
    : levels.includes("baseline")
      ? "baseline"
      : "restricted";
}

function levelOf(loosening: Loosening | undefined): PodSecurityLevel {
  if (loosening === undefined) return "restricted";
  const {
    addCapabilities = [],
    privileged,
    devices,
    unconfined,
    hostProcesses,
    user,
    group,
    escalation,
  } = loosening;
  const beyondBaseline = addCapabilities.some(
    (capability) => !baselineCapabilities.has(capability),
  );
  if (
    privileged === true ||
    devices !== undefined ||
    unconfined === true ||
    hostProcesses === true ||
    beyondBaseline
  )
    return "privileged";
  const beyondRestricted = addCapabilities.some((capability) => capability !== "NET_BIND_SERVICE");
  return user === 0 || group === 0 || escalation === true || beyondRestricted
    ? "baseline"
    : "restricted";
}
