/** Rules of names, workloads, their Services, what they keep and the order they start in. */
export const workloadRules = {
  namespace: { says: "Every service has a namespace of its own, named after its tier and itself." },
  "start-layer": {
    says: "A service starts in the layer of its tier; a layer waits until the one before is healthy.",
    source: "Argo CD, sync waves",
  },
  "waits-for-need": {
    says: "What a service needs in its own layer is waited for, at its port, before the pod starts.",
  },
  "workload-kind": { says: "A component is a Deployment unless `runs` says otherwise." },
  "update-strategy": {
    says: "Where two pods at once would wait for one volume, one GPU or one port of their node, the old pod ends before the new one starts.",
    source: "Kubernetes, Deployment strategy",
  },
  "health-probes": {
    says: "What tells that a container is healthy is asked before others reach it, and later to restart it.",
    source: "Kubernetes, probes",
  },
  "one-node-for-a-claim": {
    says: "Components that mount a claim which one node may write to share a node, that of the first one that runs all the time, unless `placement.together` says another.",
    source: "Kubernetes, access modes and pod affinity",
  },
  "pods-spread": {
    says: "Several pods are spread over nodes.",
    source: "Kubernetes, topology spread constraints",
  },
  "variable-read": {
    says: "A variable that names what another service offers, or a fact of the cluster or the pod, gets it from there.",
  },
  "restart-on-file": {
    says: "Pods start again when a file that is mounted from the repository changes.",
  },
  "service-of-ports": { says: "A component with ports has a Service with the same numbers." },
  "service-of-pods": {
    says: "The pods of a StatefulSet have names of their own.",
    source: "Kubernetes, StatefulSet",
  },
  "service-asked-for": { says: "More Services are made where they are asked for." },
  "load-balancer": { says: "What is exposed has an address of its own on the home network." },
  "claim-of-volume": {
    says: "What must outlive a pod is a claim, of the storage class for its purpose; it stays when the service goes.",
    source: "Kubernetes, persistent volumes",
  },
  "claim-of-pod": {
    says: "What a pod of a StatefulSet keeps alone is a claim of its own, of the storage class for its purpose; it stays when the pod goes.",
    source: "Kubernetes, StatefulSet: volumeClaimTemplates",
  },
  "share-of-volume": {
    says: "A share of the home network is a volume of its own in every namespace, bound to one claim.",
    source: "Kubernetes, persistent volumes",
  },
  "database-of-login": {
    says: "Whoever logs in has a role and a database of its own; one that reads everything has a role alone.",
    source: "CloudNativePG, Database Role Management and PostgreSQL Database Management",
  },
} as const;
