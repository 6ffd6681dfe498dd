/** Rules of monitoring. */
export const monitoringRules = {
  "metrics-scraped": {
    says: "Where a cluster has a scraper, it reads the metrics a component says it has.",
    source: "Prometheus Operator, ServiceMonitor and PodMonitor",
  },
  "exporter-beside": {
    says: "A known exporter that a component names runs beside it, and is what the scraper reads.",
  },
  "probed-without-metrics": {
    says: "A component that listens on TCP, and of which no metrics say whether it answers, is asked by the cluster's prober: at its health endpoint over its Service, by HTTP where it says one and by a connection else.",
    source: "Prometheus Operator, Probe; blackbox exporter",
  },
  "runs-watched": {
    says: "A job is watched for the end of its runs, by what kube-state-metrics says of it.",
  },
  "state-watched": {
    says: "Pods that nothing can ask over a Service are watched by what kube-state-metrics says of them.",
  },
  "stopped-unwatched": { says: "While a service has no pods nobody watches it." },
  unwatched: { says: "Without a scraper or a prober of the cluster nobody watches." },
} as const;
