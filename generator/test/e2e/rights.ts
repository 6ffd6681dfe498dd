/** What an account may do by rendered roles, against what it asked of the API server by its audit log. */
import type { AuditedRequest } from "../../cluster/control-plane/audit.ts";
import type { KubernetesObject } from "../../cluster/api.ts";

/** `get configmaps of storage-restore-drill named restore-drill-results`. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  /** The only object it is for. */
  readonly name?: string;
}

interface Role extends KubernetesObject {
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly resourceNames?: readonly string[];
  }[];
}

interface Binding extends KubernetesObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly namespace: string; readonly name: string }[];
}

/** Every right of an account. Throws where one is for the whole cluster. */
export function rightsOf(
  objects: readonly KubernetesObject[],
  account: { readonly namespace: string; readonly name: string },
): Right[] {
  const bindings = objects.filter(({ kind }) => /^(?:Cluster)?RoleBinding$/.test(kind));
  return (bindings as readonly unknown[] as readonly Binding[])
    .filter(({ subjects }) =>
      subjects.some(
        ({ namespace, name }) => namespace === account.namespace && name === account.name,
      ),
    )
    .flatMap(({ kind, metadata, roleRef }) => {
      if (kind !== "RoleBinding" || roleRef.kind !== "Role")
        throw new Error(`${kind} ${metadata.name} is for the whole cluster`);
      const namespace = metadata.namespace ?? "";
      const role = objects.find(
        (one) =>
          one.kind === "Role" &&
          one.metadata.name === roleRef.name &&
          one.metadata.namespace === namespace,
      ) as Role | undefined;
      return (role?.rules ?? []).flatMap((rule) => ofRule(rule, namespace));
    });
}

const ofRule = (
  { verbs, apiGroups, resources, resourceNames }: Role["rules"][number],
  namespace: string,
): Right[] =>
  verbs.flatMap((verb) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        (resourceNames ?? [undefined]).map((name) => ({
          verb,
          group,
          resource,
          namespace,
          ...(name !== undefined && { name }),
        })),
      ),
    ),
  );

const allows = (right: Right, { verb, objectRef }: AuditedRequest): boolean =>
  right.verb === verb &&
  right.resource === objectRef?.resource &&
  right.group === (objectRef.apiGroup ?? "") &&
  right.namespace === objectRef.namespace &&
  (right.name === undefined || right.name === objectRef.name);

export const wordsOf = ({ verb, group, resource, namespace, name }: Right): string =>
  `${verb} ${resource}${group === "" ? "" : `.${group}`} in ${namespace}${name === undefined ? "" : ` named ${name}`}`;

/** Rights that none of the requests needed. */
export const unused = (rights: readonly Right[], requests: readonly AuditedRequest[]): string[] =>
  rights.filter((right) => !requests.some((request) => allows(right, request))).map(wordsOf);

/** Requests that were refused for want of a right. An API server that was started anew refuses everybody until it has read all roles. */
export const lacking = (rights: readonly Right[], requests: readonly AuditedRequest[]): string[] =>
  requests
    .filter(({ responseStatus }) => responseStatus?.code === 403)
    .filter((request) => !rights.some((right) => allows(right, request)))
    .map(({ verb, requestURI }) => `${verb} ${requestURI}`);
