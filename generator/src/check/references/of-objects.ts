/** What objects other than pods name. */
import { componentOf } from "../finding.ts";
import type { CheckedObject } from "../objects.ts";
import { at, list, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { routeGroup, routeKinds } from "../routes.ts";
import type { Reference } from "./reference.ts";

type Collect = (object: CheckedObject) => readonly Reference[];

/** References by kind of the object that has them. */
export const referencesOfKind: Readonly<Record<string, Collect>> = {
  ...Object.fromEntries(routeKinds.map((kind) => [`${routeGroup}/${kind}`, ofRoute])),
  "autoscaling/HorizontalPodAutoscaler": ofAutoscaler,
  "apps/StatefulSet": ofStatefulSet,
  "/PersistentVolumeClaim": ofClaim,
  "rbac.authorization.k8s.io/RoleBinding": ofBinding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": ofBinding,
  "external-secrets.io/ExternalSecret": ofExternalSecret,
  "gateway.envoyproxy.io/SecurityPolicy": ofSecurityPolicy,
  "postgresql.cnpg.io/Cluster": ofDatabaseCluster,
  "postgresql.cnpg.io/Database": (object) =>
    one(object, "postgresql.cnpg.io/Cluster", ["spec", "cluster", "name"], []),
};

/** The reference whose name is at a path; none where there is no name. */
function one(
  object: CheckedObject,
  kind: string,
  path: Keys,
  field: Keys,
  more: Partial<Reference> = {},
): Reference[] {
  const name = text(object.tree, ...path);
  return name === undefined || name === ""
    ? []
    : [{ kind, namespace: object.manifest.namespace, name, path, field, ...more }];
}

function ofRoute(object: CheckedObject): Reference[] {
  const { routes = {} } = object.release.service.spec;
  const field: Keys = object.manifest.name in routes ? ["routes", object.manifest.name] : [];
  const gateways = list(object.tree, "spec", "parentRefs").flatMap((parent, index) => {
    const kind = `${text(parent, "group") ?? "gateway.networking.k8s.io"}/${text(parent, "kind") ?? "Gateway"}`;
    return one(object, kind, ["spec", "parentRefs", index, "name"], [...field, "audience"], {
      namespace: text(parent, "namespace") ?? object.manifest.namespace,
    });
  });
  const services = list(object.tree, "spec", "rules").flatMap((rule, index) =>
    list(rule, "backendRefs").flatMap((backend, position) => {
      if ((text(backend, "kind") ?? "Service") !== "Service") return [];
      const port = at(backend, "port");
      return one(
        object,
        "/Service",
        ["spec", "rules", index, "backendRefs", position, "name"],
        [...field, "to"],
        {
          namespace: text(backend, "namespace") ?? object.manifest.namespace,
          ...(typeof port === "number" ? { part: port } : {}),
        },
      );
    }),
  );
  return [...gateways, ...services];
}

function ofAutoscaler(object: CheckedObject): Reference[] {
  const target = at(object.tree, "spec", "scaleTargetRef");
  const group = (text(target, "apiVersion") ?? "apps/v1").split("/")[0] ?? "";
  return one(
    object,
    `${group}/${text(target, "kind") ?? ""}`,
    ["spec", "scaleTargetRef", "name"],
    [...(componentOf(object)?.path ?? []), "scale"],
  );
}

function ofStatefulSet(object: CheckedObject): Reference[] {
  const component = componentOf(object)?.path ?? [];
  const classes = list(object.tree, "spec", "volumeClaimTemplates").flatMap((claim, index) =>
    one(
      object,
      "storage.k8s.io/StorageClass",
      ["spec", "volumeClaimTemplates", index, "spec", "storageClassName"],
      ["storage", text(claim, "metadata", "name") ?? "", "class"],
      { namespace: undefined },
    ),
  );
  return [...one(object, "/Service", ["spec", "serviceName"], [...component, "runs"]), ...classes];
}

function ofClaim(object: CheckedObject): Reference[] {
  const field: Keys = ["storage", object.manifest.name];
  return [
    ...one(object, "/PersistentVolume", ["spec", "volumeName"], field, { namespace: undefined }),
    ...one(
      object,
      "storage.k8s.io/StorageClass",
      ["spec", "storageClassName"],
      [...field, "class"],
      { namespace: undefined },
    ),
  ];
}

function ofBinding(object: CheckedObject): Reference[] {
  const role = text(object.tree, "roleRef", "kind") ?? "";
  const subjects = list(object.tree, "subjects").flatMap((subject, index) =>
    text(subject, "kind") === "ServiceAccount" && text(subject, "name") !== "default"
      ? one(object, "/ServiceAccount", ["subjects", index, "name"], ["account"], {
          namespace: text(subject, "namespace") ?? object.manifest.namespace,
        })
      : [],
  );
  return [
    ...one(
      object,
      `rbac.authorization.k8s.io/${role}`,
      ["roleRef", "name"],
      ["account"],
      role === "ClusterRole" ? { namespace: undefined } : {},
    ),
    ...subjects,
  ];
}

function ofExternalSecret(object: CheckedObject): Reference[] {
  const kind = text(object.tree, "spec", "secretStoreRef", "kind") ?? "SecretStore";
  return one(
    object,
    `external-secrets.io/${kind}`,
    ["spec", "secretStoreRef", "name"],
    [],
    kind === "ClusterSecretStore" ? { namespace: undefined } : {},
  );
}

function ofSecurityPolicy(object: CheckedObject): Reference[] {
  const { routes = {} } = object.release.service.spec;
  const field: Keys =
    object.manifest.name in routes ? ["routes", object.manifest.name, "signIn"] : [];
  const targets = list(object.tree, "spec", "targetRefs").flatMap((target, index) =>
    one(
      object,
      `${text(target, "group") ?? ""}/${text(target, "kind") ?? ""}`,
      ["spec", "targetRefs", index, "name"],
      field,
    ),
  );
  const secret = ["spec", "oidc", "clientSecret", "name"];
  return [...targets, ...one(object, "/Secret", secret, field, { part: "client-secret" })];
}

function ofDatabaseCluster(object: CheckedObject): Reference[] {
  const component = componentOf(object)?.path ?? [];
  return [
    ...list(object.tree, "spec", "managed", "roles").flatMap((_, index) =>
      one(
        object,
        "/Secret",
        ["spec", "managed", "roles", index, "passwordSecret", "name"],
        ["offers"],
      ),
    ),
    ...list(object.tree, "spec", "imagePullSecrets").flatMap((_, index) =>
      one(
        object,
        "/Secret",
        ["spec", "imagePullSecrets", index, "name"],
        [...component, "pullSecret"],
      ),
    ),
    ...one(
      object,
      "scheduling.k8s.io/PriorityClass",
      ["spec", "priorityClassName"],
      [...component, "priority"],
      { namespace: undefined },
    ),
    ...one(
      object,
      "storage.k8s.io/StorageClass",
      ["spec", "storage", "storageClass"],
      ["storage"],
      { namespace: undefined },
    ),
  ];
}
