/** Who is watched, and why. */
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import type { AliveSeries, WatchedBy } from "../release/monitoring/watch.ts";
import { derivedWatches } from "../release/monitoring/watch.ts";
import { derivedMonitors, derivedPodMonitors } from "../values/monitoring/monitors.ts";
import { derivedProberQuestions } from "../values/monitoring/prober.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** Each component with who watches it, then the objects that make it so. */
export function monitoringConsequences(release: Release): Consequence[] {
  return [
    ...derivedWatches(release).map((derived) =>
      consequence(derived, ({ component, by, alive, lacks }) => ({
        about: `Component ${component.name}, watched`,
        says: `${watchedWords[by]}${lacks === undefined ? "" : `: the cluster has no ${lacks}`}${
          alive === undefined ? "" : `; alive while ${aliveText(alive)} is 1`
        }`,
      })),
    ),
    ...derivedMonitors(release).map((derived) =>
      consequence(derived, ([name, monitor]) => words(`ServiceMonitor ${name}`, monitor)),
    ),
    ...derivedPodMonitors(release).map((derived) =>
      consequence(derived, ([name, monitor]) => words(`PodMonitor ${name}`, monitor)),
    ),
    ...derivedProberQuestions(release).map((derived) =>
      consequence(derived, ([name, { module, target, interval }]) => ({
        about: `Probe ${name}`,
        says: `asks ${target} by ${module} every ${interval}`,
      })),
    ),
  ];
}

type Monitored = Omit<ServiceValues["monitors"][string], "service">;

const words = (about: string, { ports, path, params, interval, tls, token }: Monitored) => ({
  about,
  says: `reads ${path}${queryText(params)} of port ${ports.join(", ")} every ${interval}${tlsText(tls)}${
    token === undefined ? "" : `, with the token ${token.key}`
  }`,
});

function tlsText(tls: Monitored["tls"]): string {
  if (tls === undefined) return "";
  return `, over TLS, its certificate ${"host" in tls ? `verified as that of ${tls.host}` : "not verified"}`;
}

const queryText = (params: Monitored["params"] = {}): string =>
  Object.entries(params)
    .flatMap(([name, values]) => values.map((value) => `${name}=${value}`))
    .map((pair, index) => `${index === 0 ? "?" : "&"}${pair}`)
    .join("");

const watchedWords: Readonly<Record<WatchedBy, string>> = {
  metrics: "by its own metrics",
  exporter: "by an exporter beside it",
  probe: "by the prober",
  runs: "by the end of its runs, from kube-state-metrics",
  state: "by the state of its pods, from kube-state-metrics",
  stopped: "by nobody, while it has no pods",
  nobody: "by nobody",
};

/** A series as Prometheus is asked for it. */
export const aliveText = ({ metric, namespace, job }: AliveSeries) =>
  `${metric}{namespace="${namespace}",job="${job}"}`;
