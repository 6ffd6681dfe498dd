/** A component that RZP renders -> its workload's values. */
import type { WorkloadComponent, WorkloadRuns } from "../../release/components.ts";
import { isWorkload } from "../../release/components.ts";
import { InternalError } from "../../problems/problem.ts";
import { createHash } from "node:crypto";
import type { Component } from "../../model/component.ts";
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import type { NamedContainer } from "../../model/values/container.ts";
import type { PodValues, WorkloadValues } from "../../model/values/workload.ts";
import { serviceFolder } from "../../model/paths.ts";
import {
  concernName,
  gpuClaimName,
  podsServiceName,
  priorityClassName,
  pullSecret,
} from "../../model/names.ts";
import { compact } from "../compact.ts";
import { containerValues } from "./container.ts";
import { checksums, configMaps } from "./files.ts";
import { podVolumes } from "./mounts.ts";
import { derivedNeighbours, derivedSpread } from "./placement.ts";
import { restartsWith } from "./restarts.ts";
import { derivedUpdateStrategy } from "./update-strategy.ts";
import { claimTemplates } from "../storage.ts";
import { componentFact } from "../../release/causes.ts";
import { templatedVolumes } from "../../release/claims.ts";
import { nodeLabels } from "../../release/pods/placement.ts";
import { isStopped, replicasOf } from "../../release/pods/replicas.ts";
import { podUserOf } from "../../release/pods/run-as.ts";
import { seconds } from "../../model/units.ts";
import { containersOf, startsAfterInit } from "../../release/containers.ts";
import { waitContainers } from "./waits.ts";

/** Kind of the Kubernetes object for each kind of workload. */
const kinds = {
  deployment: "Deployment",
  statefulSet: "StatefulSet",
  daemonSet: "DaemonSet",
  schedule: "CronJob",
  job: "Job",
} as const;

export function derivedKind(
  { service }: Release,
  component: WorkloadComponent,
): Derived<WorkloadValues["runs"]> {
  return {
    value: kinds[component.source.spec.runs?.as ?? "deployment"],
    rule: "workload-kind",
    causes: [componentFact(service, component, "runs")],
  };
}

/** Text of every authored file by path, as in SourceTree. */
export type Sources = ReadonlyMap<string, string>;

/** All components that run as a plain workload, by component name. */
export function workloads(
  release: Release,
  sources: Sources = new Map(),
): Record<string, WorkloadValues> {
  return Object.fromEntries(
    release.service.components.flatMap((component) =>
      isWorkload(component)
        ? [[component.name, workloadValues(release, component, sources)] as const]
        : [],
    ),
  );
}

function workloadValues(
  release: Release,
  component: WorkloadComponent,
  sources: Sources,
): WorkloadValues {
  const { spec } = component.source;
  const runs: WorkloadRuns = spec.runs ?? { as: "deployment" };
  const [main, ...others] = containersOf(component);
  if (main === undefined)
    throw new InternalError(`${component.name} of ${release.service.name} has no main container`);
  const named = (role: "init" | "sidecar", afterInit = false) =>
    others
      .filter((container) => container.role === role && startsAfterInit(container) === afterInit)
      .map((container): NamedContainer => ({
        name: container.name ?? "",
        ...containerValues(release, component, container),
      }));
  const values = compact({
    objectName: component.objectName,
    runs: derivedKind(release, component).value,
    ...containerValues(release, component, main),
    ...scaling(release, component, runs),
    restartsWith: restartsWith(release, component),
    ...job(release, runs),
    pod: podValues(release, component),
    init: [...waitContainers(release, component), ...named("init")],
    sidecars: named("sidecar"),
    sidecarsAfterInit: named("sidecar", true),
  });
  return runs.as === "job"
    ? withHash(withGpu(values, spec), mountedTexts(release, component, sources))
    : withGpu(values, spec);
}

/** A Job's pod template cannot change (Kubernetes): another one is another Job. What else a Job says can. */
function withHash(values: WorkloadValues, texts: readonly string[]): WorkloadValues {
  const { suspended: _suspended, endsWithin: _endsWithin, retries: _retries, ...template } = values;
  const hash = createHash("sha256")
    .update(JSON.stringify([template, texts]))
    .digest("hex")
    .slice(0, 8);
  return { ...values, objectName: concernName(values.objectName, hash) };
}

/** Content of the ConfigMaps a component mounts: their checksums are in its pod template. */
function mountedTexts(release: Release, component: WorkloadComponent, sources: Sources): string[] {
  const all = configMaps(release);
  return checksums(release, component).flatMap((name) =>
    Object.entries(all[name] ?? {}).flatMap(([key, entry]) => [
      key,
      "text" in entry
        ? entry.text
        : (sources.get(`${serviceFolder(release.service.name)}/${entry.file}`) ?? entry.file),
    ]),
  );
}

function scaling(
  release: Release,
  component: WorkloadComponent,
  runs: WorkloadRuns,
): Partial<WorkloadValues> {
  const replicas = replicasOf(release, component);
  if (runs.as === "deployment")
    return compact({ replicas, update: derivedUpdateStrategy(release, component).value.type });
  if (runs.as === "statefulSet") {
    return compact({
      replicas,
      update: "RollingUpdate" as const,
      headless: podsServiceName(component.objectName),
      parallel: runs.parallel,
      templates: claimTemplates(release, component),
    });
  }
  return {};
}

function job(release: Release, runs: WorkloadRuns): Partial<WorkloadValues> {
  const suspended = release.service.spec.stopped;
  if (runs.as === "job")
    return compact({ endsWithin: seconds(runs.endsWithin), retries: runs.retries ?? 2, suspended });
  if (runs.as !== "schedule") return {};
  const overlaps = { forbid: "Forbid", allow: "Allow", replace: "Replace" } as const;
  return compact({
    schedule: runs.cron,
    timeZone: runs.timeZone ?? release.facts.timeZone,
    overlap: overlaps[runs.overlap ?? "forbid"],
    endsWithin: seconds(runs.endsWithin),
    retries: runs.retries ?? 2,
    suspended,
  });
}

function podValues(release: Release, component: WorkloadComponent): PodValues {
  const { spec } = component.source;
  const containers = containersOf(component);
  const loosened = containers.map((container) => container.spec.security?.value);
  const placement = spec.placement ?? {};
  return compact({
    runAs: compact(podUserOf(component)),
    root: loosened[0]?.user === 0 ? (true as const) : undefined,
    account: spec.account === undefined ? undefined : component.objectName,
    token: spec.account === undefined ? undefined : (true as const),
    priority: spec.priority ?? priorityClassName(release.service.tier),
    runtime: spec.runtime,
    userNamespace: spec.userNamespace,
    hostNetwork: spec.network?.host?.value,
    hostProcesses: loosened.find((loosening) => loosening?.hostProcesses !== undefined)
      ?.hostProcesses,
    stopsWithin: spec.stopsWithin === undefined ? undefined : seconds(spec.stopsWithin),
    pullSecret: spec.pullSecret === undefined ? undefined : pullSecret,
    dns: compact({
      nameservers: spec.network?.nameservers,
      searches: spec.network?.searches,
      options: spec.network?.dnsOptions,
    }),
    hosts: spec.network?.hosts,
    nodes: { ...nodeLabels(spec), ...(isStoppedDaemonSet(release, component) ? noNode : {}) },
    tolerates: placement.tolerates,
    spread: derivedSpread(release, component)?.value,
    apartFrom: placement.apartFrom,
    together: [...(derivedNeighbours(release, component)?.value.together ?? [])],
    labels: spec.podLabels,
    annotations: {
      ...spec.podAnnotations,
      ...(spec.network?.attach === undefined
        ? {}
        : { "k8s.v1.cni.cncf.io/networks": spec.network.attach.join(",") }),
    },
    checksums: checksums(release, component),
    volumes: podVolumes(release, component, templatedVolumes(release, component)),
  });
}

/** A DaemonSet has no number of pods: stopped, it waits for a node with a label that none has. */
const noNode = { "rzp.local/stopped": "true" };
const isStoppedDaemonSet = (release: Release, { source }: WorkloadComponent) =>
  isStopped(release) && source.spec.runs?.as === "daemonSet";

/** A GPU is a device of the main container, or a claim of the pod. */
function withGpu(values: WorkloadValues, spec: Component): WorkloadValues {
  if (spec.gpu === undefined) return values;
  if ("plugin" in spec.gpu)
    return {
      ...values,
      resources: { ...values.resources, devices: { [spec.gpu.plugin]: spec.gpu.count ?? 1 } },
    };
  return {
    ...values,
    resources: { ...values.resources, claims: ["gpu"] },
    pod: { ...values.pod, claims: { gpu: gpuClaimName(values.objectName) } },
  };
}
