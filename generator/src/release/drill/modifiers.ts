/**
 * How Velero changes what it restores for the drill. Pods through which it fills volumes are stood in for: nothing of
 * the service runs in them, so they keep every rule, wait for nobody and bind no node. Nothing is more urgent than
 * what is in use.
 */
import type { DrillModifier, DrillPlan, DrillVolume } from "../../model/drill-plan.ts";
import { waitName } from "../../model/names.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { podsOfSet, templatedVolumes } from "../claims.ts";
import { containersOf } from "../containers.ts";
import { drilledVolumes, filledThrough } from "./volumes.ts";
import { drillStart } from "./start.ts";

type Checker = DrillPlan["checker"];

/** In: releases with something to try, and what looks at volumes. Out: the rules for Velero, each for namespaces it restores. */
export function drillModifiers(releases: readonly Release[], checker: Checker): DrillModifier[] {
  return [
    ...releases.flatMap(otherClasses),
    ...releases.flatMap((release) => standIns(release, checker)),
    ...releases.flatMap((release) => started(release, checker)),
  ];
}

/** Storage classes the environment has others for. */
function otherClasses({ facts, service }: Release): DrillModifier[] {
  const { cluster, environment } = facts;
  return Object.entries(environment.drill?.classes ?? {}).flatMap(([from, to]) => {
    const [value, instead] = [cluster.storageClasses[from], cluster.storageClasses[to]];
    return value === undefined || instead === undefined || value === instead
      ? []
      : [
          {
            conditions: {
              groupResource: "persistentvolumeclaims",
              namespaces: [service.namespace],
              matches: [{ path: "/spec/storageClassName", value }],
            },
            patches: [
              { operation: "replace" as const, path: "/spec/storageClassName", value: instead },
            ],
          },
        ];
  });
}

function standIns(release: Release, checker: Checker): DrillModifier[] {
  const through = drilledVolumes(release).filter(({ throughPods }) => throughPods !== undefined);
  return release.service.components.flatMap((component) => {
    const first = through.find(({ throughPods }) => throughPods === component.podLabels);
    if (first === undefined) return [];
    return podNames(release, component).map(({ name, claimOf }) => ({
      conditions: {
        groupResource: "pods",
        namespaces: [release.service.namespace],
        labelSelector: { matchLabels: component.podLabels },
        ...(name === undefined ? {} : { resourceNameRegex: `^${name}$` }),
      },
      strategicPatches: [
        {
          patchData: JSON.stringify({
            spec: standIn(release, component, checker, { ...first, claimOf }),
          }),
        },
      ],
    }));
  });
}

interface NamedPod {
  /** Any pod of the component without. */
  readonly name?: string;
  readonly claimOf: (volume: string) => string;
}

/** Pods of a StatefulSet have claims of their own, those of a Deployment the same. */
function podNames(release: Release, component: ResolvedComponent): NamedPod[] {
  const templated = templatedVolumes(release, component);
  if (templated.size === 0) return [{ claimOf: (volume) => volume }];
  return podsOfSet(release, component).map(({ name, claimOf }) => ({
    name,
    claimOf: (volume) => (templated.has(volume) ? claimOf(volume) : volume),
  }));
}

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Fields that bind a pod to what is not there, or loosen something. */
const unbound = {
  hostNetwork: null,
  hostPID: null,
  hostIPC: null,
  hostUsers: null,
  runtimeClassName: null,
  nodeSelector: null,
  affinity: null,
  topologySpreadConstraints: null,
  resourceClaims: null,
  imagePullSecrets: null,
  serviceAccount: null,
  dnsConfig: null,
};

/** Its volumes are those of the service that are claims; Velero puts its own container first, which stays. */
function standIn(
  { service, outgoing }: Release,
  component: ResolvedComponent,
  checker: Checker,
  { user, group, claimOf }: Pick<DrillVolume, "user" | "group"> & Pick<NamedPod, "claimOf">,
): object {
  const before = [
    ...containersOf(component).flatMap(({ name, role }) => (role === "main" ? [] : (name ?? []))),
    ...(service.spec.needs ?? [])
      .filter((name) => outgoing.some(({ provider }) => provider.service.name === name))
      .map(waitName),
  ];
  const claims = filledThrough(service.volumes, component).flatMap((name) => {
    const volume = service.volumes.find((candidate) => candidate.name === name)?.volume;
    return volume?.holds === "state" || volume?.holds === "database"
      ? [{ name, persistentVolumeClaim: { claimName: volume.adopt ?? claimOf(name) } }]
      : [];
  });
  return {
    ...unbound,
    restartPolicy: "Never",
    dnsPolicy: "ClusterFirst",
    serviceAccountName: "default",
    automountServiceAccountToken: false,
    priorityClassName: checker.priority,
    securityContext: {
      $patch: "replace",
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: group,
      fsGroup: group,
      seccompProfile: { type: "RuntimeDefault" },
    },
    initContainers: [
      ...before.map((name) => ({ name, $patch: "delete" })),
      // It would bear what the first container of the service may.
      { name: "restore-wait", securityContext: { $patch: "replace", ...restricted } },
    ],
    containers: [
      { $patch: "replace" },
      {
        name: "stand-in",
        image: checker.image,
        command: ["node", "--eval", ""],
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
        securityContext: { ...restricted, readOnlyRootFilesystem: true },
      },
    ],
    volumes: [{ $patch: "replace" }, ...claims],
  };
}

/** One pod each, and none that is more urgent than what is in use. */
function started(release: Release, checker: Checker): DrillModifier[] {
  const resources = new Set(drillStart(release)?.workloads.map(({ resource }) => resource));
  return [...resources].map((resource) => ({
    conditions: { groupResource: `${resource}.apps`, namespaces: [release.service.namespace] },
    strategicPatches: [
      {
        patchData: JSON.stringify({
          spec: { replicas: 1, template: { spec: { priorityClassName: checker.priority } } },
        }),
      },
    ],
  }));
}
