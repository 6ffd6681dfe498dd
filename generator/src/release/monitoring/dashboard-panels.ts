/** What the dashboard of a service shows, and what of the service each panel follows from. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { ownPanels } from "../../model/panels/own.ts";
import type { RuleName } from "../../model/rules.ts";
import { componentFact, containerFact, serviceFact } from "../causes.ts";
import { isClaim } from "../claims.ts";
import { exporterMetrics, programOf } from "../exporters.ts";
import { isPostgresCluster } from "../postgres.ts";
import { containersOf } from "../containers.ts";
import type { Watch, WatchedBy } from "./watch.ts";
import { derivedWatches } from "./watch.ts";

/** A panel, and what of the service it shows; several share one panel. */
export interface ShownPanel {
  readonly panel: string;
  /** A component, container or volume; the whole service without. */
  readonly of?: string;
}

const byWatch: Partial<Record<WatchedBy, string>> = {
  metrics: "scraped",
  exporter: "scraped",
  probe: "probed",
  runs: "runs",
};

/** In: a release. Out: the panels of its dashboard, one of each as often as it follows from something. */
export function derivedPanels(release: Release): Derived<ShownPanel>[] {
  const { service, logs } = release;
  const tier = serviceFact(service, "tier");
  const always = ["pods-ready", "restarts", "cpu", "memory"] as const;
  return [
    ...derivedWatches(release).flatMap(({ value, byCauses }) => [
      ...[byWatch[value.by] ?? []]
        .flat()
        .map((panel) => shown("panel-by-watch", panel, byCauses, value.component.name)),
      ...ownPanelsOf(value).map((panel) =>
        shown("panel-of-program", panel, byCauses, value.component.name),
      ),
    ]),
    ...always.map((panel) => shown("panel-of-every-service", panel, [tier])),
    ...service.components.flatMap((component) => [
      ...throttledPanels(release, component),
      ...networkPanel(release, component),
    ]),
    ...service.volumes
      .filter(({ volume }) => isClaim(volume))
      .map(({ name }) =>
        shown("panel-of-volumes", "volumes", [serviceFact(service, "storage", name)], name),
      ),
    ...(logs === undefined
      ? []
      : (["lines-of-service", "errors-of-service"] as const).map((panel) =>
          shown("panel-of-lines", panel, [tier, logs.cause]),
        )),
  ];
}

/** Those of them that are shown: where somebody shows dashboards, with metrics that somebody makes. */
export function derivedDashboard(release: Release): Derived<ShownPanel>[] {
  const { dashboard } = release;
  if (dashboard === undefined) return [];
  return derivedPanels(release)
    .filter(({ value: { panel } }) => dashboard.panels.includes(panel))
    .map((derived) => ({ ...derived, causes: [...derived.causes, dashboard.cause] }));
}

/** What a known exporter makes, or a database cluster. */
function ownPanelsOf(watch: Watch): string[] {
  const speaker = speakerOf(watch);
  const own: Readonly<Record<string, object>> = ownPanels;
  return speaker === undefined ? [] : Object.keys(own[speaker] ?? {});
}

/** Who speaks: the exporter, or the program that one for many programs asks. */
function speakerOf({ by, component }: Watch): string | undefined {
  if (by === "metrics") return isPostgresCluster(component) ? "postgres-cluster" : undefined;
  const exporter = by === "exporter" ? exporterMetrics(component)?.exporter : undefined;
  return exporter === "exportarr" && component.source.kind === "workload"
    ? programOf(component.source.spec.image)
    : exporter;
}

/** Without a limit processor time is never refused. */
function throttledPanels({ service }: Release, component: ResolvedComponent) {
  return containersOf(component).flatMap((container) => {
    const { name = component.name, role, spec } = container;
    if (spec.resources?.cpuLimit === undefined || role === "init") return [];
    const limit = containerFact(service, component, container, "resources", "cpuLimit");
    const of = role === "main" ? name : `${component.name}/${name}`;
    return [shown("panel-of-throttling", "throttled", [limit], of)];
  });
}

/** What passes on the node's network is not counted by pod. */
function networkPanel({ service }: Release, component: ResolvedComponent) {
  if (component.source.kind === "chart" || component.hostNetwork) return [];
  const host = componentFact(service, component, "network", "host");
  return [shown("panel-of-network", "network", [host], component.name)];
}

const shown = (
  rule: RuleName,
  panel: string,
  causes: readonly Cause[],
  of?: string,
): Derived<ShownPanel> => ({
  value: { panel, ...(of !== undefined && { of }) },
  rule,
  causes,
});
