/** What the dashboard of a service shows, and what of the service each panel follows from. */
import type { Cause, Derived } from "../model/derived.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServicePanel } from "../model/panels.ts";
import type { RuleName } from "../model/rules.ts";
import { componentFact, containerFact, serviceFact } from "./causes.ts";
import { isClaim } from "./claims.ts";
import { containersOf } from "./containers.ts";
import type { WatchedBy } from "./watch.ts";
import { derivedWatches } from "./watch.ts";

/** A panel, and what of the service it shows; several share one panel. */
export interface ShownPanel {
  readonly panel: ServicePanel;
  /** A component, container or volume; the whole service without. */
  readonly of?: string;
}

const byWatch: Partial<Record<WatchedBy, ServicePanel>> = {
  metrics: "scraped",
  exporter: "scraped",
  probe: "probed",
  runs: "runs",
};

export function derivedPanels(release: Release): Derived<ShownPanel>[] {
  const { service } = release;
  const tier = serviceFact(service, "tier");
  const always = ["pods-ready", "restarts", "cpu", "memory"] as const;
  return [
    ...derivedWatches(release).flatMap(({ value: { by, component }, causes }) => {
      const panel = byWatch[by];
      return panel === undefined ? [] : [shown("panel-by-watch", panel, causes, component.name)];
    }),
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
    ...(release.logs === undefined
      ? []
      : (["lines-of-service", "errors-of-service"] as const).map((panel) =>
          shown("panel-of-lines", panel, [tier]),
        )),
  ];
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
  panel: ServicePanel,
  causes: readonly Cause[],
  of?: string,
): Derived<ShownPanel> => ({
  value: { panel, ...(of !== undefined && { of }) },
  rule,
  causes,
});
