/**
 * Every kind of mistake RZP can name, one file an area in `codes/`. The key is stable: it is printed,
 * used in SARIF, and names the page `docs/errors/<CODE>.md`, which is generated from this table.
 */
import { alerts } from "./codes/alerts.ts";
import { authored } from "./codes/authored.ts";
import { backups } from "./codes/backups.ts";
import { capacity } from "./codes/capacity.ts";
import { charts } from "./codes/charts.ts";
import { commands } from "./codes/commands.ts";
import { components } from "./codes/components.ts";
import { connections } from "./codes/connections.ts";
import { manifests } from "./codes/manifests.ts";
import { provisioning } from "./codes/provisioning.ts";
import { tools } from "./codes/tools.ts";
import { write } from "./codes/write.ts";

export const codes = {
  ...authored,
  ...components,
  ...connections,
  ...alerts,
  ...backups,
  ...capacity,
  ...manifests,
  ...charts,
  ...write,
  ...tools,
  ...commands,
  ...provisioning,
} as const;

export type ProblemCode = keyof typeof codes;
