/** What comes with the upstream chart of a release. */
import type { Release } from "../model/platform.ts";

/** Whether a service is a chart that says it installs the definitions of a group. */
export const brings = ({ kind, spec }: Release["service"], group: string): boolean =>
  kind === "chart" && spec.chart.brings?.includes(group) === true;
