/** Volumes that several nodes would write to: what needs that, and which storage classes let them. */
import { clusterFile, overlayFile } from "../../model/paths.ts";
import { propertyName } from "../../model/identifier.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { storagePurpose } from "../../model/storage-purpose.ts";
import type { Problem } from "../../problems/problem.ts";
import type { ProblemText } from "../../problems/report.ts";
import { nearest } from "../../problems/suggest.ts";
import { isClaim, oneWriterClaims, templatedVolumes } from "../../release/claims.ts";
import type { ClaimVolume } from "../../release/claims.ts";
import { containersOf } from "../../release/containers.ts";
import { podUserOf } from "../../release/pods/run-as.ts";
import { instancesOf } from "../../release/pods/replicas.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { siteOf } from "../site.ts";
import type { Site } from "../site.ts";

/** Problems: SPEC_INVALID, a warning for groups that take files from each other; CLAIM_ONE_WRITER; CLASS_ONE_WRITER, a warning where the cluster does not say what its classes can. */
export function checkWriters(release: Release): Problem[] {
  const site = siteOf(release);
  return [
    ...release.service.components.flatMap((component) => oneWriter(site, component)),
    ...otherGroups(site),
    ...release.service.volumes.flatMap(({ name, volume }) =>
      isClaim(volume)
        ? [...manyWriters(site, name, volume), ...claimsOfPods(site, name, volume)]
        : [],
    ),
  ];
}

/** A second pod waits for ever for a volume that one node holds. */
function oneWriter({ release, report }: Site, component: ResolvedComponent): Problem[] {
  const { source, path } = component;
  const claims = oneWriterClaims(release, component);
  const [volume] = release.service.volumes.flatMap((one) =>
    claims.includes(one.name) && isClaim(one.volume) ? [one.volume] : [],
  );
  if (source.kind === "chart" || isPostgresCluster(component) || volume === undefined) return [];
  const { runs, update, scale, replicas = 1 } = source.spec;
  const way = wayToMany(release, storagePurpose(volume));
  const tell = (field: string, text: ProblemText) =>
    report("CLAIM_ONE_WRITER", [...path, field], { fix: `remove the line, or ${way}`, ...text });
  const claim = "a volume that one node writes to";
  const pods = instancesOf(release, { instances: scale?.max ?? replicas });
  const several = pods <= 1 ? undefined : scale === undefined ? "replicas" : "scale";
  return [
    ...((runs?.as ?? "deployment") === "deployment" && update === "rolling"
      ? [
          tell("update", {
            message: `a rolling update starts the new pod before the old one lets go of ${claim}`,
            found: '"rolling"',
            expected: '"recreate"',
          }),
        ]
      : []),
    ...(several === undefined
      ? []
      : [tell(several, { message: `several pods would share ${claim}`, expected: "one pod" })]),
    ...(runs?.as === "daemonSet" && isOnSeveralNodes(release, source.spec.placement)
      ? [
          tell("runs", {
            message: `the pods on all nodes would share ${claim}`,
            found: "daemonSet()",
            expected: "scratch volumes, paths of the node, or volumes that many nodes write to",
            fix: `write scratch({ … }) in place of the volume, or ${way}`,
          }),
        ]
      : []),
  ];
}

/** The kubelet gives what is in such a volume to the group of the pod that mounts it (fsGroup), and takes it from the group before. */
function otherGroups({ release, report }: Site): Problem[] {
  const owners = new Map<string, ResolvedComponent>();
  return release.service.components.flatMap((component) => {
    const { source, path, name } = component;
    const claims = oneWriterClaims(release, component);
    const { user, group, files, groups } = podUserOf(component);
    const taken = claims.find((claim) => podUserOf(owners.get(claim) ?? component).files !== files);
    for (const claim of claims) owners.set(claim, owners.get(claim) ?? component);
    const owner = taken === undefined ? undefined : owners.get(taken);
    if (owner === undefined || source.kind === "chart") return [];
    const wanted = podUserOf(owner).files;
    const own = group === user ? "" : ` group: ${group},`;
    const more = groups === undefined ? "" : `, groups: [${groups.join(", ")}]`;
    return [
      report("SPEC_INVALID", source.spec.runAs === undefined ? path : [...path, "runAs"], {
        severity: "warning",
        message: `\`${owner.name}\` and \`${name}\` share the volume \`${taken}\`, and each gives its files to another group: the one that starts last takes them from the other`,
        found: String(files),
        expected: `${wanted}, the group of \`${owner.name}\``,
        fix: `write runAs: { user: ${user},${own} files: ${wanted}${more} } in \`${name}\``,
        target: "key",
      }),
    ];
  });
}

/** Which nodes a placement leaves is known once all pods are placed. */
const isOnSeveralNodes = ({ facts }: Release, placement: object | undefined): boolean =>
  placement === undefined &&
  Object.values(facts.cluster.nodes).filter(
    ({ controlPlane, workloads, taints = {} }) =>
      (controlPlane !== true || workloads === true) &&
      Object.values(taints).every((effect) => effect === "PreferNoSchedule"),
  ).length > 1;

/** A claim that asks for more than its class can is never bound; one that is taken over was, long ago. */
function manyWriters({ release, report }: Site, name: string, volume: ClaimVolume): Problem[] {
  const { storageMany, storageClasses } = release.facts.cluster;
  const purpose = storagePurpose(volume);
  const isAsked = volume.access === "many" && volume.adopt === undefined;
  if (!isAsked || storageMany?.includes(purpose) === true || !(purpose in storageClasses))
    return [];
  const tell = (text: ProblemText) =>
    report("CLASS_ONE_WRITER", ["storage", name, "access"], { found: '"many"', ...text });
  const waits = `the claim of \`${name}\` would wait for ever`;
  if (storageMany === undefined)
    return [
      tell({
        severity: "warning",
        message: `cluster <cluster> does not say whether many nodes can write to its volumes for \`${purpose}\`: if they cannot, ${waits}`,
        expected: `storageMany in ${clusterFile("<cluster>")}`,
        fix: `add storageMany: ["${purpose}"] there if the class can (ReadWriteMany), storageMany: [] if none can`,
      }),
    ];
  const other = purposeOfMany(storageMany, purpose);
  const another = other === undefined ? "" : `class: "${other}", or `;
  const fix =
    other === undefined
      ? "remove access, or keep it on a share, which many nodes can always write to: share(…)"
      : `write class: "${other}", or remove access`;
  const file = overlayFile("<environment>", release.service.name);
  return [
    tell({
      message: `on cluster <cluster> one node alone writes to a volume for \`${purpose}\`, so ${waits}`,
      expected:
        other === undefined
          ? `"one", as storageMany in ${clusterFile("<cluster>")} names no class that can`
          : `a class that can (storageMany in ${clusterFile("<cluster>")}): ${storageMany.toSorted().join(", ")}`,
      fix: `${fix}; where it is right elsewhere, write in ${file}: storage: { ${propertyName(name)}: { access: "one" } }`,
      causes: [
        { does: "sets", keys: ["storage", name, "access"], fix },
        {
          does: "sets",
          keys: ["storage", name, "class"],
          fix: `write here ${another}access: "one" beside it`,
        },
      ],
    }),
  ];
}

/** A claim that each pod of one component has of its own is nothing that another one could mount. */
function claimsOfPods({ release, report }: Site, name: string, volume: ClaimVolume): Problem[] {
  const { components } = release.service;
  const owner = components.find((component) => templatedVolumes(release, component).has(name));
  if (owner === undefined) return [];
  const isDatabase = isPostgresCluster(owner);
  const whose = isDatabase ? "instance of the PostgreSQL cluster" : "pod of the stateful set";
  const fixFor = (other: ResolvedComponent) => {
    if (isDatabase) return "remove the mount, and ask the cluster through its port";
    const way = wayToMany(release, storagePurpose(volume));
    return templatedVolumes(release, other).has(name)
      ? `give \`${other.name}\` a volume of its own in storage; if they are to share one, ${way}`
      : `let \`${owner.name}\` be a Deployment: remove its runs; or ${way}`;
  };
  return components
    .filter((component) => component !== owner)
    .flatMap((other) =>
      containersOf(other)
        .filter(({ spec }) => spec.mounts?.[name] !== undefined)
        .map(({ keys }) =>
          report("SPEC_INVALID", [...keys, "mounts", name], {
            message: `each ${whose} \`${owner.name}\` has a claim of its own for \`${name}\`, which nothing else mounts`,
            expected: "a volume whose claim the components share",
            fix: fixFor(other),
            target: "key",
          }),
        ),
    );
}

/** What a person does about a volume so that many nodes can write to it. */
function wayToMany({ facts }: Release, purpose: string): string {
  const { storageMany } = facts.cluster;
  if (storageMany === undefined) return 'give the volume access: "many" with a class that can';
  if (storageMany.includes(purpose)) return 'give the volume access: "many"';
  const other = purposeOfMany(storageMany, purpose);
  return other === undefined
    ? "keep it on a share, as no class of cluster <cluster> lets many nodes write: share(…)"
    : `give the volume access: "many" and class: "${other}"`;
}

/** The purpose that is called most like it, else the first. */
const purposeOfMany = (storageMany: readonly string[], purpose: string): string | undefined =>
  nearest(purpose, storageMany) ?? storageMany.toSorted()[0];
