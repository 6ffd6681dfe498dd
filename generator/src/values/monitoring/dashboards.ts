/** What the program that keeps dashboards is told: each panel once, and each dashboard with the panels it has. */
import type { Content } from "../../model/dashboards.ts";
import type { Release } from "../../model/platform.ts";
import { panels } from "../../model/panels.ts";

const folder = "RZP";

/** In: the release that carries dashboards. Out: the text of its file, one dashboard a line. */
export function dashboardsText(release: Release): string {
  const { streams, dashboards, panels: used } = contentOf(release);
  const lines = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join(",\n");
  const named = Object.entries(used).map(
    ([name, panel]) => `${JSON.stringify(name)}: ${JSON.stringify(panel)}`,
  );
  return `{
"folder": ${JSON.stringify(folder)},
"streams": [
${lines(streams)}
],
"panels": {
${named.join(",\n")}
},
"dashboards": [
${lines(dashboards)}
]
}
`;
}

function contentOf({ telemetry }: Release): Content {
  const dashboards = telemetry?.dashboards ?? [];
  const used = new Set(dashboards.flatMap((dashboard) => dashboard.panels));
  return {
    folder,
    streams: (telemetry?.streams ?? []).map(({ name, days }) => ({ name, days })),
    panels: Object.fromEntries(
      Object.entries(panels).flatMap(([name, { title, type, unit, queries }]) =>
        used.has(name)
          ? [[name, { title, type, ...(unit !== undefined && { unit }), queries }]]
          : [],
      ),
    ),
    dashboards,
  };
}
