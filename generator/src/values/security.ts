/** The Pod Security level a namespace needs, and what of RZP's rules its pods need not keep. */
import type { Derived } from "../model/derived.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import { componentFact, serviceFact } from "../release/causes.ts";
import { containersOf } from "../release/containers.ts";
import { allowedItems } from "../security/allowed.ts";
import { declaredBreaches } from "../security/breaches.ts";
import type { DeclaredBreach } from "../security/breaches.ts";
import { levelOfChart, podSecurityLevel } from "../security/level.ts";

/** What its pods need not keep, as the policies on the cluster read it. */
export function allows(service: ResolvedService): string[] | undefined {
  const items = allowedItems(service);
  return items.length === 0 ? undefined : items;
}

export interface PodSecurity {
  readonly level: PodSecurityLevel;
  /** Paths of the facts that need it. */
  readonly needs: readonly (readonly string[])[];
}

/** The level with what needs it; where nothing does, with what could have. */
export function derivedPodSecurity(release: Release): Derived<PodSecurity> {
  const { service } = release;
  const level = podSecurityLevel(service);
  const ofCharts = service.components
    .filter(({ source }) => source.kind === "chart")
    .filter((component) => level !== "restricted" && levelOfChart(component) === level)
    .map(({ path, hostNetwork }) => [...path, hostNetwork ? "hostNetwork" : "podSecurity"]);
  const facts = declaredBreaches(service).flatMap((breach) =>
    breach.needs === level && level !== "restricted" ? breach.facts : [],
  );
  const needs = distinct([...ofCharts, ...facts]);
  return {
    value: { level, needs },
    rule: "pod-security-least",
    causes: [
      ...needs.map((path) => serviceFact(service, ...path)),
      ...unsaid(release).filter(({ absent }) => absent),
    ],
  };
}

/** What would loosen something, where it is not said. */
function unsaid({ service }: Release) {
  return service.components.flatMap((component) =>
    component.source.kind === "chart"
      ? [
          componentFact(service, component, "podSecurity"),
          componentFact(service, component, "hostNetwork"),
        ]
      : [
          ...containersOf(component).map(({ keys }) => serviceFact(service, ...keys, "security")),
          componentFact(service, component, "network", "host"),
        ],
  );
}

export interface ContainerSecurity {
  readonly component: string;
  readonly container: string;
  /** Rules it does not keep. */
  readonly loosened: readonly DeclaredBreach["rule"][];
}

/** Each container with the rules it need not keep. */
export function derivedContainerSecurity({ service }: Release): Derived<ContainerSecurity>[] {
  const breaches = declaredBreaches(service);
  return service.components.flatMap((component) =>
    containersOf(component).map(({ name = component.name, keys }) => {
      const fact = serviceFact(service, ...keys, "security");
      const loosened = breaches
        .filter((breach) => breach.component === component && breach.container === name)
        .map(({ rule }) => rule);
      return {
        value: { component: component.objectName, container: name, loosened },
        rule: "restricted-unless-said",
        causes: [fact],
      } satisfies Derived<ContainerSecurity>;
    }),
  );
}

const distinct = (paths: readonly (readonly string[])[]): (readonly string[])[] => [
  ...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
