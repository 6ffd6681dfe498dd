/** Room of the namespace, and what containers get in it that say nothing. */
import type { Cause, Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import { limitRangeName, quotaName } from "../model/names.ts";
import type { Release, ResolvedComponent, ResolvedService } from "../model/platform.ts";
import { bytesText, coresText } from "../model/units.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { classOfDevice, runsEverywhere, waitsForMore } from "../release/resources/pod-requests.ts";
import { saidSizeFacts } from "../release/resources/causes.ts";
import {
  absent,
  clusterFact,
  componentFact,
  environmentFact,
  noOtherComponent,
  serviceFact,
} from "../release/causes.ts";
import { isOfDrill } from "../release/drill/volumes.ts";
import { containersOf } from "../release/containers.ts";
import { headRoomOf, sharesOf } from "../release/resources/quota.ts";
import type { NamespaceRoom } from "../release/resources/quota.ts";
import { containerDefaults, withoutFactor } from "../release/resources/container-requests.ts";
import { objectsWithPods, patchesOfPods } from "../release/resources/unknown-pods.ts";
import { derivedAutoscalers } from "./availability.ts";
import { compact } from "./compact.ts";
import { derivedCounts } from "./workload/resources.ts";

type Quotas = ServiceValues["quotas"];
type LimitRanges = ServiceValues["limitRanges"];

export const limitRanges = (release: Release): LimitRanges =>
  Object.fromEntries(valuesOf(derivedLimitRanges(release)));

/**
 * Room for every pod and for the one it replaces, which may have been one size larger, so that no new version waits. Pods of a chart are
 * not known, nor those of objects and patches the service brings itself, so a quota might hold them up: none unless it is said; nor while nothing runs.
 */
export function quotas(release: Release): Quotas {
  const { service } = release;
  const derived = isDerivable(release) ? amountsOf(headRoomOf(release)) : {};
  const value = compact({ ...derived, ...service.spec.quota });
  return Object.keys(value).length === 0 ? {} : { [quotaName]: value };
}

/** Whether the room its pods need is known, and they are any. */
export const isDerivable = (release: Release): boolean =>
  !isUncounted(uncountedIn(release.service)) && sharesOf(release).length > 0;

/** What brings pods that nobody here counts: the chart, or `objects` and `patches` by their keys. */
export interface Uncounted {
  readonly chart: boolean;
  readonly objects: readonly string[];
  readonly patches: readonly string[];
}

const uncountedIn = (service: ResolvedService): Uncounted =>
  service.kind === "chart"
    ? { chart: true, objects: [], patches: [] }
    : { chart: false, objects: objectsWithPods(service), patches: patchesOfPods(service) };

const isUncounted = ({ chart, objects, patches }: Uncounted) =>
  chart || objects.length > 0 || patches.length > 0;

/** The same with its causes, which are those of what it is the sum of. */
export function derivedQuotas(release: Release): Derived<[string, Quotas[string]]>[] {
  const causes = [
    serviceFact(release.service, "quota"),
    ...countingFacts(release),
    ...(isDerivable(release) ? causesOfSum(release) : []),
  ];
  return Object.entries(quotas(release)).map((value) => ({
    value,
    rule: "namespace-quota",
    causes,
  }));
}

/** Why a namespace has none: pods that nobody counts, or that it has no pods. */
export function derivedQuotaless(release: Release): Derived<Uncounted>[] {
  if (Object.keys(quotas(release)).length > 0) return [];
  const { service } = release;
  return [
    {
      value: uncountedIn(service),
      rule: "namespace-without-quota",
      causes: [...countingFacts(release), serviceFact(service, "quota")],
    },
  ];
}

/** Whether there is a sum: facts that keep it away, or that they do not. */
export function countingFacts({ service }: Release): Cause[] {
  const { chart, objects, patches } = uncountedIn(service);
  if (chart) return [serviceFact(service, "chart")];
  const factsIn = (field: string, keys: readonly string[], what: string): Cause[] => {
    const all = serviceFact(service, field);
    if (keys.length > 0) return keys.map((key) => serviceFact(service, field, key));
    return [all.absent === true ? all : absent(all, what)];
  };
  return [
    ...factsIn("objects", objects, "object that makes pods"),
    ...factsIn("patches", patches, "patch on what pods ask for"),
    ...(objects.length + patches.length > 0 ? [] : [serviceFact(service, "stopped")]),
  ];
}

function causesOfSum(release: Release): Cause[] {
  const { service, facts } = release;
  const whole = { ...release, facts: withoutFactor(facts) };
  const components = service.components.filter(({ source }) => source.kind === "workload");
  return [
    // The environment's factor changes nothing: requests are counted whole.
    ...service.components.flatMap((component) =>
      containersOf(component).flatMap((container) => saidSizeFacts(release, component, container)),
    ),
    ...drillFacts(release),
    ...noOtherComponent(service, "with pods"),
    ...derivedCounts(release).flatMap(({ causes }) => causes),
    ...derivedAutoscalers(release).flatMap(({ causes }) => causes),
    ...components.flatMap((component) => {
      const gpu = componentFact(service, component, "gpu");
      const metrics = componentFact(service, component, "metrics");
      return [
        ...(gpu.absent === true || hasPlugin(component) ? [gpu] : []),
        // An exporter names it itself; own metrics ask for nothing.
        ...(metrics.absent === true ? [metrics] : []),
        ...["sidecars", "init"].map((field) => componentFact(service, component, field)),
        ...(waitsForMore(whole, component) ? [serviceFact(service, "needs")] : []),
        ...(runsEverywhere(component) ? [clusterFact(facts, "nodes")] : []),
      ];
    }),
  ];
}

/** A restore drill has pods here beside its own, where it can run. */
function drillFacts({ service, drill }: Release): Cause[] {
  if (drill !== undefined) return [drill.cause];
  return service.components
    .filter(isOfDrill)
    .map((component) =>
      absent(componentFact(service, component, "files"), "program of a restore drill"),
    );
}

const hasPlugin = ({ source }: ResolvedComponent) =>
  source.kind === "workload" && source.spec.gpu !== undefined && "plugin" in source.spec.gpu;

function amountsOf({ asks, pods }: NamespaceRoom): Quotas[string] {
  const plugins = Object.entries(asks.devices).filter(([device]) => !isClass(device));
  return {
    cpu: coresText(asks.cpu),
    memory: bytesText(asks.memory),
    memoryLimit: bytesText(asks.memoryLimit),
    pods,
    devices: Object.fromEntries(plugins),
  };
}

/** Devices of a class are claimed, which a quota counts by another name. */
const isClass = (device: string) => classOfDevice(device) !== undefined;

/** What a container gets that says nothing. */
export function derivedLimitRanges(release: Release): Derived<[string, LimitRanges[string]]>[] {
  const { service, facts } = release;
  return [
    {
      value: [limitRangeName, containerDefaults(release)],
      rule: service.kind === "chart" ? "container-defaults-of-chart" : "container-defaults",
      causes: [environmentFact(facts, "requests")],
    },
  ];
}
