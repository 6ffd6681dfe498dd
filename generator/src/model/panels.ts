/** Every panel of dashboards. A dashboard names them; the program in the cluster fills them in. */
import type { PanelTemplate } from "./dashboards.ts";
import { logPanels } from "./panels/logs.ts";
import { ownPanels } from "./panels/own.ts";
import { platformPanels } from "./panels/platform.ts";
import { servicePanels } from "./panels/service.ts";
import { tierPanels } from "./panels/tier.ts";

export const panels: Readonly<Record<string, PanelTemplate>> = {
  ...servicePanels,
  ...Object.fromEntries(Object.values(ownPanels).flatMap((own) => Object.entries(own))),
  ...tierPanels,
  ...platformPanels,
  ...logPanels,
};

export const platformPanelNames: readonly string[] = Object.keys(platformPanels);
export const tierPanelNames: readonly string[] = Object.keys(tierPanels);
