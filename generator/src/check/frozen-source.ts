/** Which field of which authored file a frozen name or value follows from: there a person undoes the change. */
import { clusterScopedName, namespaceOf } from "../model/names.ts";
import { clusterFile, environmentFile } from "../model/paths.ts";
import type { Release, ResolvedVolume } from "../model/platform.ts";
import { storagePurpose } from "../model/storage-purpose.ts";
import { at } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import type { Difference } from "./differences.ts";

/** Where the change is, as far as the present files say it. */
export interface FrozenSource {
  readonly file: string;
  readonly keys: Keys;
}

/** In: a release, what it no longer renders. Out: the field that its name followed from, even where it is gone. */
export function sourceOfName(release: Release, kind: string, name: string): FrozenSource {
  const { file, spec, volumes } = release.service;
  if (kind === "namespace") return sourceOfNamespace(release, name);
  if (kind === "persistentvolumeclaim") {
    const adopts = volumes.some((one) => one.name === name && isAdopting(one));
    return { file, keys: ["storage", name, ...(adopts ? ["adopt"] : [])] };
  }
  if (kind === "persistentvolume") return { file, keys: ["storage"] };
  if (!("components" in spec)) return { file, keys: ["runs"] };
  const isThere = name in spec.components;
  return { file, keys: ["components", name, ...(isThere ? ["runs"] : [])] };
}

const isAdopting = ({ volume }: ResolvedVolume) => "adopt" in volume && volume.adopt !== undefined;

/** Of prefix, tier and pin the one that changed. */
function sourceOfNamespace(release: Release, name: string): FrozenSource {
  const { file, spec } = release.service;
  if (hasOtherPrefix(release, name))
    return { file: environmentFile(release.facts.name), keys: ["prefix"] };
  return { file, keys: spec.pins?.namespace === undefined ? ["tier"] : ["pins", "namespace"] };
}

/** Says whether a namespace differs from that of the release by the environment's prefix only. */
export function hasOtherPrefix({ service }: Release, name: string): boolean {
  const plain = namespaceOf(service.name, service.spec, undefined);
  return name !== service.namespace && (name === plain || name.endsWith(`-${plain}`));
}

/** In: a rendered object that changed, a field of it, the old version. Out: the field that the value came from. */
export function sourceOfField(
  release: Release,
  { kind, name }: { readonly kind: string; readonly name: string },
  { difference, old }: { readonly difference: Difference; readonly old: unknown },
): FrozenSource {
  const { file, spec } = release.service;
  const { path, before } = difference;
  const field = { last: path.at(-1) ?? "", old: before };
  if (kind === "persistentvolumeclaim") return sourceInVolume(release, name, field);
  if (kind === "persistentvolume") return sourceOfShare(release, name, at(old, "spec", "nfs"));
  if (kind === "cluster") {
    const volume = release.service.volumes.find((one) => one.volume.holds === "database");
    return sourceInVolume(release, volume?.name ?? "", field);
  }
  const [, list, template] = path;
  if (list === "volumeClaimTemplates")
    return template === undefined
      ? { file, keys: ["storage"] }
      : sourceInVolume(release, template, field);
  return { file, keys: "components" in spec ? ["components", name] : [] };
}

/** Field of a volume by the field of the claim that is made of it. */
const volumeFields: Readonly<Record<string, string>> = {
  storage: "size",
  size: "size",
  storageClassName: "class",
  storageClass: "class",
  accessModes: "access",
};

function sourceInVolume(
  release: Release,
  name: string,
  { last, old }: { readonly last: string; readonly old: unknown },
): FrozenSource {
  const { facts, service } = release;
  const volume = service.volumes.find((one) => one.name === name)?.volume;
  const field = volumeFields[last];
  const inService = {
    file: service.file,
    keys: ["storage", name, ...(field === undefined ? [] : [field])],
  };
  if (volume?.holds === "share")
    return field === "size"
      ? { file: clusterFile(facts.clusterName), keys: ["shares", volume.share, "size"] }
      : { file: service.file, keys: ["storage", name] };
  // A class that no purpose leads to any more has been renamed in the cluster, not in the service.
  return field === "class" && !Object.values(facts.cluster.storageClasses).includes(String(old))
    ? { file: clusterFile(facts.clusterName), keys: ["storageClasses", purposeOf(volume)] }
    : inService;
}

const purposeOf = (volume: ResolvedVolume["volume"] | undefined) =>
  storagePurpose(volume !== undefined && "class" in volume ? volume : {});

/** The volume names another share, or the share is somewhere else now. */
function sourceOfShare({ facts, service }: Release, name: string, old: unknown): FrozenSource {
  const mine = service.volumes.find(
    (one) => clusterScopedName(service.namespace, one.name) === name,
  );
  if (mine?.volume.holds !== "share") return { file: service.file, keys: ["storage"] };
  const isOfOther = Object.values(facts.cluster.shares ?? {}).some(
    ({ server, path }) => server === at(old, "server") && path === at(old, "path"),
  );
  return isOfOther
    ? { file: service.file, keys: ["storage", mine.name, "share"] }
    : { file: clusterFile(facts.clusterName), keys: ["shares", mine.volume.share] };
}
