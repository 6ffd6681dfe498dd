/** What a component may do, and the Pod Security level its namespace needs for it. */
import type { Component } from "../model/component.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { isLooser, levelOfCapabilities } from "../model/pod-security.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import { containersOf } from "../release/containers.ts";

type Loosening = NonNullable<Component["security"]>["value"];

/** The loosest level any container or volume of the release needs. */
export function podSecurityLevel(release: Release): PodSecurityLevel {
  const hasHostVolume = release.service.volumes.some(({ volume }) => volume.holds === "host");
  const levels = release.service.components.map((component) => levelOfComponent(component));
  return [...levels, hasHostVolume ? ("privileged" as const) : ("restricted" as const)].reduce(
    (loosest, level) => (isLooser(level, loosest) ? level : loosest),
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
  const ofCapabilities = levelOfCapabilities(addCapabilities);
  if (
    privileged === true ||
    devices !== undefined ||
    unconfined === true ||
    hostProcesses === true ||
    ofCapabilities === "privileged"
  )
    return "privileged";
  return user === 0 || group === 0 || escalation === true ? "baseline" : ofCapabilities;
}
