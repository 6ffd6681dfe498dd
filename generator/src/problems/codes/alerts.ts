/** Alerts, and what is watched. */
import type { CodeEntry } from "./entry.ts";

export const alerts = {
  METRIC_WITHOUT_PRODUCER: {
    title: "A metric that nothing makes",
    meaning:
      "A rule asks for a metric, and no service, exporter or part of the cluster that runs in this environment makes it. An alert on it would never be told, and one on its absence would tell what is not so.",
    remedy:
      "Let what makes it run in the environment: the message names the metric, the service where one that makes it is stopped, and the cluster's file where its `prober` is missing. Or change the rule.",
  },
  ALERT_RECEIVER_UNKNOWN: {
    title: "Unknown receiver of alerts",
    meaning: "`alerts` of an environment names a receiver that is not among its `receivers`.",
    remedy: "Take the nearest name from the message, or add the receiver.",
  },
  ALERT_SERVER_UNREACHED: {
    title: "A server of e-mail that alerts do not reach",
    meaning:
      "A receiver of alerts sends e-mail through a server that network policies keep Alertmanager from: nobody would ever be told.",
    remedy:
      'Say `receivers: true` in `reaches` of the component that is Alertmanager, and `at: lan("…")` at the receiver where its server is at home. A server that is a service of the cluster is consumed as any other.',
  },
  ALERT_ROUTE_UNKNOWN: {
    title: "A route of alerts that takes nothing",
    meaning:
      "A route asks for a tier or an environment that does not exist on the cluster, so no alert ever goes there.",
    remedy: "Take the nearest name from the message, or take the name out.",
  },
  ALERTS_ELSEWHERE: {
    title: "Alerts are told elsewhere",
    meaning:
      "An environment says who is told of alerts, but Prometheus and Alertmanager of its cluster do not run in it: nobody would read that.",
    remedy:
      "Move `alerts` to the environment that carries them. Its routes may ask for the alerts of single environments.",
  },
  ALERTS_UNTOLD: {
    title: "Nobody is told of alerts",
    meaning:
      "Prometheus and Alertmanager run in an environment that does not say who is told: alerts come and go, and are only seen by those who look.",
    remedy:
      'Say `alerts` in that environment, or why nobody is told: `alerts: because(false, "say why here")`.',
  },
  ALERTS_UNGUARDED: {
    title: "Alerts without a dead man's switch",
    meaning:
      "An environment says who is told of alerts, and has nobody outside the house who raises the alarm when none arrive any more: no alert tells of a Prometheus, an Alertmanager or a way out of the house that is down.",
    remedy:
      'Say `deadMansSwitch` in `alerts` of that environment, with a receiver of its own outside the house, or why there is none: `deadMansSwitch: because(false, "say why here")`.',
  },
  OBJECTIVE_UNMEASURED: {
    title: "An objective that nothing measures",
    meaning:
      "A service says how much of the time it is to be available, but none of its components can be asked whether it is: jobs, and pods without a port that answers.",
    remedy:
      "Give a component `metrics` or a port with `health` that can be asked over the network, or take the objective out. Jobs are watched for failure and age without one.",
  },
  COVERAGE_INCOMPLETE: {
    title: "Something that nobody watches",
    meaning:
      "Components run on a cluster that has nothing to watch them with: no scraper, no prober for those without metrics, or no kube-state-metrics for those that nothing can ask, or one that does not read jobs or pods.",
    remedy:
      "Add the service that is missing and say it in the cluster's file. `npm run list -- --coverage` shows who is watched how.",
  },
  EXPORTER_UNFIT: {
    title: "An exporter that cannot ask its component",
    meaning:
      "A component names an exporter that does not know its program or its port, needs a key that is not given, or cannot run beside it.",
    remedy:
      "The message says what is missing. A component without metrics needs no exporter: its health endpoint is asked instead.",
  },
} as const satisfies Record<string, CodeEntry>;
