/** Service accounts and what they may do. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { clusterScopedName } from "../model/names.ts";
import { compact } from "./compact.ts";

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
  return Object.fromEntries(
    withAccount(release).flatMap(({ component, account }) => {
      const inCluster = [
        ...rules(account.cluster),
        ...Object.entries(account.urls ?? {}).map(([url, verbs]) => ({
          urls: [url],
          verbs: [...verbs],
        })),
      ];
      return [
        ...(rules(account.namespace).length === 0
          ? []
          : [
              [
                component.objectName,
                { account: component.objectName, rules: rules(account.namespace) },
              ] as const,
            ]),
        ...(inCluster.length === 0
          ? []
          : [
              [
                clusterScopedName(release.service.namespace, component.objectName),
                { account: component.objectName, rules: inCluster, cluster: true as const },
              ] as const,
            ]),
      ];
    }),
  );
}

function withAccount(release: Release) {
  return release.service.components.flatMap((component: ResolvedComponent) => {
    const account =
      component.source.kind === "workload" ? component.source.spec.account : undefined;
    return account === undefined ? [] : [{ component, account }];
  });
}

/** `deployments.apps` -> group apps, resource deployments; `pods/log` -> the core group. One rule a resource. */
function rules(
  map: Readonly<Record<string, readonly string[]>> | undefined,
): { groups: string[]; resources: string[]; verbs: string[] }[] {
  return Object.entries(map ?? {}).map(([resource, verbs]) => {
    const [head = "", ...sub] = resource.split("/");
    const dot = head.indexOf(".");
    const [name, group] = dot < 0 ? [head, ""] : [head.slice(0, dot), head.slice(dot + 1)];
    return { groups: [group], resources: [[name, ...sub].join("/")], verbs: [...verbs] };
  });
}
