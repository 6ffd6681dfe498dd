/** Rules of alerts and objectives. */
export const alertRules = {
  "receiver-secret": {
    says: "Where Alertmanager runs, what it reaches the environment's receivers with is a Secret, from the environment's own path in the store.",
    source: "Prometheus Operator, AlertmanagerConfig",
  },
  "objective-by-tier": {
    says: "A service is to be available for as much of 30 days as it says, else as its tier does; it is available while a pod of each of its components that can be asked answers. It is told when it is away so much that its error budget is spent too fast.",
    source: "Google, The Site Reliability Workbook, Alerting on SLOs",
  },
  "alert-when-down": {
    says: "A component that is watched by its metrics, an exporter or a probe is told of when nothing of it answers for five minutes.",
    source: "Prometheus, Jobs and instances",
  },
  "alert-when-down-on-node": {
    says: "A service that runs on every node, and is watched by its metrics, is told of when it has not answered on one of them for a quarter of an hour.",
    source: "kube-state-metrics, DaemonSet Metrics",
  },
  "alert-when-unwatched": {
    says: "A component that should be watched is told of when nobody has watched it for ten minutes: what is not there raises no other alert.",
    source: "Prometheus, absent()",
  },
  "alert-when-slow": {
    says: "A component that is asked by a probe is told of when it takes more than two seconds to answer.",
    source: "Prometheus blackbox exporter",
  },
  "alert-on-pods": {
    says: "Where metrics are evaluated and a service is not stopped, it is told when containers start again and again, run out of memory, or pods are not ready.",
    source: "kube-state-metrics, Pod Metrics",
  },
  "alert-on-throttling": {
    says: "A container with a limit of processor time is told of when the limit holds it back; one without cannot be.",
    source: "Linux, CFS Bandwidth Control",
  },
  "alert-on-volume": {
    says: "A claim is told of when at the rate of six hours it is full within four days, and when less than 5% is left. Of an upstream chart that is every claim of its namespace.",
    source: "Kubernetes, Volume metrics of the kubelet",
  },
  "alert-on-certificate": {
    says: "A service whose objects ask cert-manager for certificates is told when one cannot be issued, and when one ends within ten days: it should have been renewed before.",
    source: "cert-manager, Prometheus Metrics",
  },
  "alert-on-secret": {
    says: "A Secret that External Secrets fetches is told of when it cannot.",
    source: "External Secrets Operator, Metrics",
  },
  "alert-on-job": {
    says: "A job that has failed in all its tries is told of until one after it succeeds.",
    source: "kube-state-metrics, Job Metrics",
  },
  "alert-on-schedule": {
    says: "A schedule is told of when nothing of it has succeeded for as long as its widest gap, what a run may take, and an hour.",
    source: "kube-state-metrics, CronJob Metrics",
  },
  "alert-on-backup": {
    says: "Every schedule of backups is told of when it has made none for longer than its interval and the queue explain, has failed or never made one; every location when it cannot be used.",
    source: "Velero, metrics",
  },
  "alert-on-drill": {
    says: "Every service that is restored for trial is told of when its last drill failed, and when none has passed for as long as the widest gap of the schedule, what a run may take, and three days.",
  },
  "alert-on-quota": {
    says: "A namespace with a quota is told of when more than 90% of it is taken.",
    source: "kube-state-metrics, ResourceQuota Metrics",
  },
  "alerts-told": {
    says: "Who is told of what, and when, is said by the environment that carries Alertmanager, for all of its cluster.",
    source: "Prometheus Operator, AlertmanagerConfig",
  },
} as const;
