/** What a pod names: Secrets, ConfigMaps, claims, its account, its priority. */
import { componentOf, containerKeys } from "../finding.ts";
import { containersIn } from "../pods.ts";
import type { Container, CheckedPod } from "../pods.ts";
import { at, list, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import type { Reference } from "./reference.ts";

/** All references of a pod to other objects; optional ones need not lead anywhere. */
export function referencesOfPod(pod: CheckedPod): Reference[] {
  return [
    ...containersIn(pod).flatMap((container) => ofContainer(pod, container)),
    ...ofVolumes(pod),
    ...ofPod(pod),
  ];
}

interface Site {
  readonly pod: CheckedPod;
  readonly path: Keys;
  readonly field: Keys;
}

/** A reference of an object inside `from`, unless it says that it may lead nowhere. */
function named(
  { pod, path, field }: Site,
  kind: string,
  from: unknown,
  nameKey: string,
  part?: string,
): Reference[] {
  const name = text(from, nameKey);
  if (name === undefined || at(from, "optional") === true) return [];
  return [
    {
      kind,
      namespace: pod.object.manifest.namespace,
      name,
      path: [...path, nameKey],
      field,
      ...(part === undefined ? {} : { part }),
    },
  ];
}

function ofContainer(pod: CheckedPod, container: Container): Reference[] {
  const keys = containerKeys(pod.object, container.name);
  const ofVariables = list(container.tree, "env").flatMap((variable, index) => {
    const site: Site = {
      pod,
      path: [...container.path, "env", index, "valueFrom"],
      field: [...keys, "env", text(variable, "name") ?? ""],
    };
    const secret = at(variable, "valueFrom", "secretKeyRef");
    const configMap = at(variable, "valueFrom", "configMapKeyRef");
    return [
      ...named(
        { ...site, path: [...site.path, "secretKeyRef"] },
        "/Secret",
        secret,
        "name",
        text(secret, "key"),
      ),
      ...named(
        { ...site, path: [...site.path, "configMapKeyRef"] },
        "/ConfigMap",
        configMap,
        "name",
        text(configMap, "key"),
      ),
    ];
  });
  const ofWhole = list(container.tree, "envFrom").flatMap((source, index) => {
    const site: Site = {
      pod,
      path: [...container.path, "envFrom", index],
      field: [...keys, "envFrom"],
    };
    return [
      ...named(
        { ...site, path: [...site.path, "secretRef"] },
        "/Secret",
        at(source, "secretRef"),
        "name",
      ),
      ...named(
        { ...site, path: [...site.path, "configMapRef"] },
        "/ConfigMap",
        at(source, "configMapRef"),
        "name",
      ),
    ];
  });
  return [...ofVariables, ...ofWhole];
}

function ofVolumes(pod: CheckedPod): Reference[] {
  const service = pod.object.release.service.spec;
  return list(pod.spec, "volumes").flatMap((volume, index) => {
    const name = text(volume, "name") ?? "";
    const isStored = "storage" in service && service.storage?.[name] !== undefined;
    const field: Keys = isStored
      ? ["storage", name]
      : [...(componentOf(pod.object)?.path ?? []), "files"];
    return ofSource({ pod, path: [...pod.path, "volumes", index], field }, volume);
  });
}

function ofSource(site: Site, volume: unknown): Reference[] {
  const below = (...keys: Keys): Site => ({ ...site, path: [...site.path, ...keys] });
  return [
    ...named(below("secret"), "/Secret", at(volume, "secret"), "secretName"),
    ...named(below("configMap"), "/ConfigMap", at(volume, "configMap"), "name"),
    ...named(
      below("persistentVolumeClaim"),
      "/PersistentVolumeClaim",
      at(volume, "persistentVolumeClaim"),
      "claimName",
    ),
    ...list(volume, "projected", "sources").flatMap((source, index) => [
      ...named(
        below("projected", "sources", index, "secret"),
        "/Secret",
        at(source, "secret"),
        "name",
      ),
      ...named(
        below("projected", "sources", index, "configMap"),
        "/ConfigMap",
        at(source, "configMap"),
        "name",
      ),
    ]),
  ];
}

function ofPod(pod: CheckedPod): Reference[] {
  const component = componentOf(pod.object)?.path ?? [];
  const site = (field: string): Site => ({ pod, path: pod.path, field: [...component, field] });
  const account = text(pod.spec, "serviceAccountName");
  return [
    ...(account === "default"
      ? []
      : named(site("account"), "/ServiceAccount", pod.spec, "serviceAccountName")),
    ...named(
      site("priority"),
      "scheduling.k8s.io/PriorityClass",
      pod.spec,
      "priorityClassName",
    ).map((reference) => ({ ...reference, namespace: undefined })),
    ...list(pod.spec, "imagePullSecrets").flatMap((secret, index) =>
      named(
        { ...site("pullSecret"), path: [...pod.path, "imagePullSecrets", index] },
        "/Secret",
        secret,
        "name",
      ),
    ),
    ...list(pod.spec, "resourceClaims").flatMap((claim, index) =>
      named(
        { ...site("gpu"), path: [...pod.path, "resourceClaims", index] },
        "resource.k8s.io/ResourceClaimTemplate",
        claim,
        "resourceClaimTemplateName",
      ),
    ),
  ];
}
