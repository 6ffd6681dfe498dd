/** What dashboards show. The program that runs in the cluster takes it, so its types are the program's. */
import type { Dashboard, Panel } from "../../catalogue/dashboards/config/document.mts";

export type { Content, Dashboard } from "../../catalogue/dashboards/config/document.mts";

/** A panel, and the metrics all of its queries read: it is shown where something makes them. */
export type PanelTemplate = Panel & { readonly reads: readonly string[] };

/** A dashboard before it is known which of its panels have their metrics. */
export type DashboardFacts = Pick<Dashboard, "title" | "about" | "names"> & {
  readonly panels: readonly string[];
};
