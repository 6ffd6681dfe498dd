/** Rules of telemetry: where lines go, and what dashboards show. */
export const telemetryRules = {
  "stream-of-tier": {
    says: "Lines of a service go to the stream of its tier, and stay for as long as its environment keeps those of the tier.",
  },
  "lines-unread": {
    says: "Lines of what carries lines, and of where it sends them, are not read: each line sent would bring forth another.",
  },
  "panel-of-every-service": {
    says: "Every dashboard of a service shows its pods: whether they are ready, their restarts, their processor time and memory.",
  },
  "panel-by-watch": {
    says: "A dashboard shows what watches each component: its scrape, its probe, or the end of its runs.",
  },
  "panel-of-program": {
    says: "Where an exporter that RZP knows stands beside a component, or the component is a database cluster, a dashboard shows what it says of the program.",
  },
  "panel-of-throttling": {
    says: "Where a container has a limit of processor time, a dashboard shows how often it is held back.",
    source: "Kubernetes, Resource Management for Pods and Containers",
  },
  "panel-of-network": {
    says: "A dashboard shows what pods receive and send, unless they are on the node's network, where nobody counts it by pod.",
  },
  "panel-of-volumes": { says: "A dashboard shows how full each claim is." },
  "panel-of-lines": { says: "A dashboard shows lines by level, and the newest errors." },
} as const;
