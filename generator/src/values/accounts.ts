/** Service accounts and what they may do. */
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { clusterScopedName } from "../model/names.ts";
import { apiResource } from "../model/powers.ts";
import { componentFact } from "../release/causes.ts";
import { declaredPower, verbsOf } from "../security/powers.ts";
import type { AccountRules } from "../security/powers.ts";
import { compact } from "./compact.ts";
import { drillRoles } from "./drill.ts";

type Rule = ServiceValues["roles"][string]["rules"][number];
type Account = NonNullable<ReturnType<typeof withAccount>[number]>["account"];

/** A service account for each component with `account`, by object name. */
export function accounts(release: Release): ServiceValues["accounts"] {
  return Object.fromEntries(
    withAccount(release).map(({ component, account }) => [
      component.objectName,
      compact({ annotations: account.annotations }),
    ]),
  );
}

/** Roles and cluster roles of those accounts, by the name of the object. */
export function roles(release: Release): ServiceValues["roles"] {
  const own = Object.fromEntries(
    withAccount(release).flatMap(({ component, account }) => {
      const role = (granted: readonly Rule[], from: AccountRules | undefined) => ({
        account: component.objectName,
        rules: [...granted],
        ...(declaredPower(from) ? { powers: true as const } : {}),
      });
      const inNamespace = valuesOf([
        ...rules(release, component, account, "namespace"),
        ...named(release, component, account),
      ]);
      const inCluster = [
        ...valuesOf(rules(release, component, account, "cluster")),
        ...valuesOf(urls(release, component, account)),
      ];
      return [
        ...(inNamespace.length === 0
          ? []
          : [[component.objectName, role(inNamespace, account.namespace)] as const]),
        ...(inCluster.length === 0
          ? []
          : [
              [
                clusterScopedName(release.service.namespace, component.objectName),
                { ...role(inCluster, account.cluster), cluster: true as const },
              ] as const,
            ]),
      ];
    }),
  );
  return { ...own, ...drillRoles(release) };
}

export interface Rights {
  readonly account: string;
  readonly where: "namespace" | "cluster";
  readonly rule: Rule;
}

/** Each thing an account may do. */
export function derivedRights(release: Release): Derived<Rights>[] {
  return withAccount(release).flatMap(({ component, account }) => {
    const told = (where: Rights["where"], all: readonly Derived<Rule>[]) =>
      all.map(({ value, rule, causes }): Derived<Rights> => ({
        value: { account: component.objectName, where, rule: value },
        rule,
        causes,
      }));
    return [
      ...told("namespace", rules(release, component, account, "namespace")),
      ...told("namespace", named(release, component, account)),
      ...told("cluster", rules(release, component, account, "cluster")),
      ...told("cluster", urls(release, component, account)),
    ];
  });
}

function withAccount(release: Release) {
  return release.service.components.flatMap((component: ResolvedComponent) => {
    const account =
      component.source.kind === "workload" ? component.source.spec.account : undefined;
    return account === undefined ? [] : [{ component, account }];
  });
}

/** `deployments.apps` -> group apps, resource deployments; `pods/log` -> the core group. */
function kindOf(resource: string) {
  const { group, name } = apiResource(resource);
  return { groups: [group], resources: [name] };
}

/** One rule an object. */
function named(
  { service }: Release,
  component: ResolvedComponent,
  account: Account,
): Derived<Rule>[] {
  return Object.entries(account.named ?? {}).flatMap(([resource, objects]) =>
    Object.entries(objects).map(([name, verbs]) => ({
      value: { ...kindOf(resource), names: [name], verbs: [...verbs] },
      rule: "rights-declared" as const,
      causes: [componentFact(service, component, "account", "named", resource, name)],
    })),
  );
}

/** One rule a resource. */
function rules(
  { service }: Release,
  component: ResolvedComponent,
  account: Account,
  where: Rights["where"],
): Derived<Rule>[] {
  return Object.entries(account[where] ?? {}).map(([resource, said]) => ({
    value: { ...kindOf(resource), verbs: verbsOf(said) },
    rule: "rights-declared",
    causes: [componentFact(service, component, "account", where, resource)],
  }));
}

function urls(
  { service }: Release,
  component: ResolvedComponent,
  account: Account,
): Derived<Rule>[] {
  return Object.entries(account.urls ?? {}).map(([url, verbs]) => ({
    value: { urls: [url], verbs: [...verbs] },
    rule: "rights-declared",
    causes: [componentFact(service, component, "account", "urls", url)],
  }));
}
