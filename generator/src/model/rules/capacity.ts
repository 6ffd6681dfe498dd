/** Rules of capacity. */
export const capacityRules = {
  "requests-by-size": {
    says: "A container asks for what its size or its resources say, times the factor of the environment; it may use as much memory as it asks for, unless a limit is said, and processor time without a limit.",
    source: "Kubernetes, Resource Management for Pods and Containers",
  },
  "replicas-capped": {
    says: "A component has as many pods as it says, one unless said, and never more than the environment allows; a stopped one has none.",
  },
  "scale-capped": {
    says: "An autoscaler keeps the bounds its component says, and never more pods than the environment allows.",
    source: "Kubernetes, Horizontal Pod Autoscaling",
  },
  "drains-never-blocked": {
    says: "From two pods on a budget says how many stay while a node is drained, one may be missing unless said; it never keeps all of them, and pods that are not ready hold up nothing.",
    source: "Kubernetes, Specifying a Disruption Budget for your Application",
  },
  "namespace-quota": {
    says: "The pods of a namespace may be there twice, and one more; together they may ask for five times what they ask for without the factor of the environment, and for a small container more for each of theirs and one: no new version waits for room, not even one that is a size smaller, and nothing runs away. What the service says goes before it.",
    source: "Kubernetes, Resource Quotas",
  },
  "namespace-without-quota": {
    says: "Where its pods are not counted, a namespace has no quota unless its service says one: one that is too small would hold them up for ever. Not counted are pods of a chart, whose hooks and next version no file here tells of; those of objects that are pods, or for which an operator may make some (kinds of operators do, unless they are known to make none); and what patches change of pods. Nor is there a quota while nothing runs.",
    source: "Kubernetes, Resource Quotas",
  },
  "container-defaults": {
    says: "A container that says nothing gets what the size small has.",
    source: "Kubernetes, Limit Ranges",
  },
  "container-defaults-of-chart": {
    says: "A container of a chart that says nothing asks for what the size tiny does, and has no limit: it may need more than any that could be written here.",
    source: "Kubernetes, Limit Ranges",
  },
  "priority-of-chart": {
    says: "Pods of a chart have the priority class that its values give them; `capacity` counts them by the priority of their tier.",
    source: "Kubernetes, Pod Priority and Preemption",
  },
  "priority-by-tier": {
    says: "Pods have the priority class of their tier, unless their component says another: on a full node the higher one stays.",
    source: "Kubernetes, Pod Priority and Preemption",
  },
} as const;
