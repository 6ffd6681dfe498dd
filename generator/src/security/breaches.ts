/** Which rules are broken: by what a service says, and by a rendered pod. */
import type { Tree } from "../model/data.ts";
import { asTree } from "../model/data.ts";
import type { ResolvedComponent, ResolvedService } from "../model/platform.ts";
import type { PodSecurityLevel } from "../model/pod-security.ts";
import { list, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import { containersOf } from "../release/containers.ts";
import type { FactPath, PodTree } from "./rule.ts";
import { never } from "./rule.ts";
import { securityRuleNames, securityRules } from "./rules.ts";
import type { SecurityRuleName } from "./rules.ts";

/** A rule that a service says it does not keep, and by which facts. */
export interface DeclaredBreach {
  readonly rule: SecurityRuleName;
  readonly needs: PodSecurityLevel;
  readonly component: ResolvedComponent;
  /** Name of the container; undefined for a rule on the pod as a whole. */
  readonly container: string | undefined;
  readonly facts: readonly FactPath[];
}

/** Rules that something in a service's file can break. */
const declarable = securityRuleNames.filter((name) => securityRules[name].declared !== never);

/** Several ask the same of a service. */
const declared = new WeakMap<ResolvedService, readonly DeclaredBreach[]>();

/** In: a service. Out: what its components loosen; the pods of a chart are not known so well. */
export function declaredBreaches(service: ResolvedService): readonly DeclaredBreach[] {
  const known = declared.get(service) ?? breachesOf(service);
  declared.set(service, known);
  return known;
}

function breachesOf(service: ResolvedService): DeclaredBreach[] {
  return service.components.flatMap((component) => {
    if (component.source.kind === "chart") return [];
    const containers = containersOf(component);
    return declarable.flatMap((name) => {
      const rule = securityRules[name];
      const { needs } = rule;
      const breach = (container: string | undefined, facts: readonly FactPath[]) =>
        facts.length === 0 ? [] : [{ rule: name, needs, component, container, facts }];
      return rule.of === "pod"
        ? breach(undefined, rule.declared({ service, component, containers }))
        : containers.flatMap((container) =>
            breach(container.name ?? component.name, rule.declared(container)),
          );
    });
  });
}

/** A rule that a rendered pod breaks. */
export interface FoundBreach {
  readonly rule: SecurityRuleName;
  readonly needs: PodSecurityLevel;
  readonly what: string;
  /** Path of the field: in the spec of the pod, or in its metadata for an annotation. */
  readonly path: Keys;
  /** The container it is in; undefined for the pod as a whole. */
  readonly container: string | undefined;
  /** Whose rule it is: the container judged, also where the field is the pod's. */
  readonly subject: string | undefined;
}

/** Two rules of check/ ask the same of a pod. */
const found = new WeakMap<Tree, readonly FoundBreach[]>();

/** In: a rendered pod. Out: every rule it breaks, in the order of the rules. */
export function foundBreaches(pod: PodTree): readonly FoundBreach[] {
  const known = found.get(pod.spec) ?? breachesIn(pod);
  found.set(pod.spec, known);
  return known;
}

function breachesIn(pod: PodTree): FoundBreach[] {
  const containers = containersOfPod(pod.spec);
  return securityRuleNames.flatMap((name): FoundBreach[] => {
    const rule = securityRules[name];
    const { needs } = rule;
    if (rule.of === "pod")
      return rule.found(pod).map(({ what, path }) => ({
        rule: name,
        needs,
        what,
        path,
        container: undefined,
        subject: undefined,
      }));
    return containers.flatMap(({ tree, at, name: subject }) =>
      rule.found(tree, pod).map(({ what, path, ofPod }) => ({
        rule: name,
        needs,
        what,
        path: ofPod === true ? path : [...at, ...path],
        container: ofPod === true ? undefined : subject,
        subject,
      })),
    );
  });
}

interface PodContainer {
  readonly name: string;
  readonly tree: Tree;
  readonly at: Keys;
}

function containersOfPod(spec: Tree): PodContainer[] {
  return (["containers", "initContainers"] as const).flatMap((field) =>
    list(spec, field).map((container, index) => ({
      name: text(container, "name") ?? "",
      tree: asTree(container),
      at: [field, index],
    })),
  );
}
