/** Places in a service that comes as an upstream chart; its pods are the component `main`. */
import type { Place } from "./places.ts";
import * as upstream from "./fixtures/chart.ts";
import { objectives } from "./fixtures/alerts.ts";
import * as common from "./fixtures/common.ts";
import { ports } from "./fixtures/component.ts";
import { calledBy, consumes, reaches } from "./fixtures/connections.ts";
import { waysIn } from "./fixtures/ways-in.ts";
import type { Fragment } from "./fixture.ts";
import { chart, component } from "./scene.ts";

const pods = { pods: { app: "app" }, ports: component["ports"] };
const main = (fragment: Fragment): Fragment => ({ components: { main: fragment } });
const base = main(pods);

export const chartPlaces: readonly Omit<Place, "document">[] = [
  {
    path: "",
    fixtures: {
      ...common.common,
      ...objectives({ components: { main: { metrics: { port: "http" } } } }),
      ...common.notOfChart,
      ...common.migrationsOfChart((fragment) => chart({ main: pods }, fragment)),
    },
    base,
  },
  { path: "", fixtures: waysIn((port) => `main/${port}`), base },
  { path: "", fixtures: { ...upstream.chart, ...reaches }, base },
  {
    path: "components.*.",
    fixtures: { ...upstream.chartComponent, ...calledBy, ...consumes, ...reaches },
    base,
    hold: main,
  },
  { path: "", fixtures: upstream.vendored, base },
  {
    path: "components.*.",
    fixtures: upstream.vendoredComponent,
    base: { ...base, chart: upstream.vendoredChart },
    hold: main,
  },
  {
    path: "components.*.",
    fixtures: ports,
    base: main({ ...pods, calledBy: ["apiserver"] }),
    hold: main,
  },
];
