/** Rules of monitoring. */
export const monitoringRules = {
  "metrics-scraped": {
    says: "Where a cluster has a scraper, it reads the metrics a component says it has.",
    source: "Prometheus Operator, ServiceMonitor and PodMonitor",
  },
} as const;
