/** Where lines go, and what dashboards show. */
import type { Release } from "../model/platform.ts";
import { panels } from "../model/panels.ts";
import { derivedDashboard } from "../release/monitoring/dashboard-panels.ts";
import { derivedStream } from "../release/monitoring/streams.ts";
import { derivedUnread } from "../release/monitoring/unread-lines.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: where lines and metrics of a service go. */
export function telemetryConsequences(release: Release): Consequence[] {
  return [
    ...derivedStream(release).map((derived) =>
      consequence(derived, ({ name, days }) => ({
        about: "lines of its pods",
        says: `go to the stream ${name} and stay for ${days} days`,
      })),
    ),
    ...derivedUnread(release).map((derived) =>
      consequence(derived, () => ({
        about: "lines of its pods",
        says: "go nowhere, and no dashboard shows them: `kubectl logs` does",
      })),
    ),
    ...derivedDashboard(release).map((derived) =>
      consequence(derived, ({ panel, of }) => ({
        about: of === undefined ? `dashboard, ${panel}` : `dashboard, ${panel} of ${of}`,
        says: `shows: ${panels[panel]?.title ?? panel}`,
      })),
    ),
  ];
}
