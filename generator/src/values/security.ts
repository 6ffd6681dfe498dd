/** The Pod Security level a namespace needs, and what of RZP's rules its pods need not keep. */
import { asTree } from "../model/data.ts";
import type { Cause, Derived } from "../model/derived.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import {
  componentFact,
  containerFact,
  namespaceFact,
  noOtherComponent,
  serviceFact,
} from "../release/causes.ts";
import { containersOf } from "../release/containers.ts";
import type { AuthoredContainer } from "../release/containers.ts";
import { isPostgresCluster } from "../release/postgres.ts";
import { allowedItems } from "../security/allowed.ts";
import { declaredBreaches } from "../security/breaches.ts";
import type { DeclaredBreach } from "../security/breaches.ts";
import { levelOfChart, operatorLevel, podSecurityLevel } from "../security/level.ts";

/** What its pods need not keep, as the policies on the cluster read it. */
export function allows(service: ResolvedService): string[] | undefined {
  const items = allowedItems(service);
  return items.length === 0 ? undefined : items;
}

export interface PodSecurity {
  readonly level: PodSecurityLevel;
  /** Path of a fact that needs it; undefined where nothing needs more than restricted. */
  readonly need: readonly string[] | undefined;
  /** Components of a chart that all need no more; none where something does. */
  readonly content: readonly string[];
}

/** The level, once for each fact that needs more than restricted. */
export function derivedPodSecurity(release: Release): Derived<PodSecurity>[] {
  const { service } = release;
  const level = podSecurityLevel(service);
  const ofCharts = service.components
    .filter((component) => component.source.kind === "chart" && levelOfChart(component) === level)
    .map(({ path, hostNetwork }) => [...path, hostNetwork ? "hostNetwork" : "podSecurity"]);
  const facts = declaredBreaches(service).flatMap((breach) =>
    breach.needs === level && level !== "restricted" ? breach.facts : [],
  );
  const ofOperator =
    level !== "restricted" && operatorLevel(service) === level ? [["operatorPods"]] : [];
  const needs = distinct([...ofCharts, ...ofOperator, ...facts]);
  // Nothing could make it looser than privileged.
  const others = [...(level === "privileged" ? [] : unsaid(release)), namespaceFact(service)];
  const derived = (need: PodSecurity["need"], causes: readonly Cause[]): Derived<PodSecurity> => ({
    value: { level, need, content: need === undefined ? chartComponents(service) : [] },
    rule: "pod-security-least",
    causes: [...causes, ...others],
  });
  // It is restricted as long as all of them say so, and looser as long as one does.
  return level === "restricted"
    ? [
        derived(
          undefined,
          needs.map((need) => serviceFact(service, ...need)),
        ),
      ]
    : needs.map((need) => derived(need, needFacts(service, need)));
}

const chartComponents = ({ kind, components }: ResolvedService) =>
  kind === "chart" ? components.map(({ name }) => name) : [];

/** What a chart's component says of its level matters while it is not on the node's network. */
function needFacts(service: ResolvedService, need: readonly string[]): Cause[] {
  const fact = serviceFact(service, ...need);
  return need.at(-1) === "podSecurity"
    ? [fact, serviceFact(service, ...need.slice(0, -1), "hostNetwork")]
    : [fact];
}

/** What would loosen something, where it is not said. */
function unsaid({ service }: Release): Cause[] {
  const ofComponents = service.components
    .flatMap((component) =>
      component.source.kind === "chart"
        ? [componentFact(service, component, "hostNetwork")]
        : [
            ...containersOf(component)
              .filter(({ exporterPort }) => exporterPort === undefined)
              .map(({ keys }) => serviceFact(service, ...keys, "security")),
            componentFact(service, component, "network", "host"),
            ...["sidecars", "init"].map((field) => none(service, ...component.path, field)),
            none(service, "storage"),
            serviceFact(service, "operatorPods"),
          ],
    )
    .filter(({ absent }) => absent);
  return [
    ...ofComponents,
    ...(service.kind === "chart" ? noOtherComponent(service, "that needs more") : []),
  ];
}

/** A map that is not there; one without entries says as little. */
function none(service: ResolvedService, ...path: string[]): Cause {
  const fact = serviceFact(service, ...path);
  const value = path.reduce<unknown>((from, key) => asTree(from)[key], service.spec);
  return Object.keys(asTree(value)).length === 0 ? { ...fact, absent: true } : fact;
}

export interface ContainerSecurity {
  readonly component: string;
  readonly container: string;
  /** What it loosens; undefined where nothing is said. */
  readonly loosened: NonNullable<AuthoredContainer["spec"]["security"]>["value"] | undefined;
}

/** Each container with what it loosens. */
export function derivedContainerSecurity({ service }: Release): Derived<ContainerSecurity>[] {
  return service.components.flatMap((component) =>
    containersOf(component).map((container): Derived<ContainerSecurity> => ({
      value: {
        component: component.objectName,
        container: container.name ?? component.name,
        loosened: container.spec.security?.value,
      },
      rule: "restricted-unless-said",
      causes: [
        ...(container.exporterPort === undefined
          ? [serviceFact(service, ...container.keys, "security")]
          : []),
        // That the container is there; a component always has its main one.
        ...(container.role === "main" ? [] : [containerFact(service, component, container)]),
      ],
    })),
  );
}

export interface NodeUse {
  readonly component: string;
  readonly rule: DeclaredBreach["rule"];
  readonly fact: readonly string[];
}

/** What pods use of their node, each with the fact that says so. */
export function derivedNodeUses({ service }: Release): Derived<NodeUse>[] {
  return declaredBreaches(service).flatMap(({ rule, needs, component, container, facts }) =>
    container !== undefined || needs === "restricted"
      ? []
      : facts.map((fact): Derived<NodeUse> => ({
          value: { component: component.objectName, rule, fact },
          rule: "node-declared",
          causes: [serviceFact(service, ...fact)],
        })),
  );
}

/** Whether no rule but the Pod Security level judges pods here. */
export function derivedForeignPods({ service }: Release): Derived<PodSecurityLevel>[] {
  return service.kind === "chart" || service.spec.operatorPods === undefined
    ? []
    : [
        {
          value: operatorLevel(service),
          rule: "operator-pods",
          causes: [serviceFact(service, "operatorPods"), namespaceFact(service)],
        },
      ];
}

export interface Token {
  readonly component: string;
  readonly has: "account" | "operator" | "none";
}

/** Whether the pods of a component have a token of their service account. */
export function derivedTokens({ service }: Release): Derived<Token>[] {
  return service.components.flatMap((component) => {
    if (component.source.kind === "chart") return [];
    const tended = isPostgresCluster(component);
    const account = componentFact(service, component, "account");
    const runs = componentFact(service, component, "runs");
    const has = tended ? "operator" : account.absent ? "none" : "account";
    return [
      {
        value: { component: component.objectName, has },
        rule: "token-declared",
        causes: [
          ...(tended ? [] : [account]),
          ...(tended || (runs.absent && has === "none") ? [runs] : []),
        ],
      } satisfies Derived<Token>,
    ];
  });
}

const distinct = (paths: readonly (readonly string[])[]): (readonly string[])[] => [
  ...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
