/** Rendered objects, and what of them may not change. */
import type { CodeEntry } from "./entry.ts";

export const manifests = {
  MANIFEST_INVALID: {
    title: "The API server would refuse an object",
    meaning: "A rendered object breaks its kind's schema or one of its CEL rules.",
    remedy: "Correct the service that renders the object, and render again.",
  },
  MANIFEST_NO_SCHEMA: {
    title: "Nobody knows this kind",
    meaning: "A rendered object has a kind that neither Kubernetes nor a pinned CRD defines.",
    remedy: "Add the CRD's module to tools/crds/crds.json, or correct apiVersion and kind.",
  },
  NAMESPACE_FOREIGN: {
    title: "Somebody else's namespace",
    meaning:
      "A service, or an object of it, would be in a namespace of Kubernetes itself, of another service, or of something the cluster's file speaks of.",
    remedy:
      "Let it be in the service's own namespace. What another service needs is said there, and what nobody's service needs is not for services.",
  },
  FROZEN_NAME: {
    title: "A name that is in use would change",
    meaning:
      "A namespace, workload, claim or database cluster that is rendered and committed would get another name or go, while its service stays; or a database, while who logs in stays; or an environment, while its namespaces stay, or the cluster that an environment is on. On the cluster that is a new, empty one beside the old. A file that no commit of git has yet is free to change, and one that was deleted or is in conflict counts as it was committed; without git every rendered file counts.",
    remedy:
      "Keep the name (pins, component and volume names, logins), or say in migrations what happens to what is there: what has the old name stays beside the new, render lists it, and what is in it is copied over before it is deleted. An environment moves to another cluster as docs/guide-environment.md says: a commit without its rendered files says that it is meant.",
  },
  FROZEN_CLAIM: {
    title: "A claim would change in a way Kubernetes refuses",
    meaning:
      "A claim can grow and nothing else: not shrink, not change class or access, and claim templates of a StatefulSet not at all. On a class without allowVolumeExpansion (storageFixed) it cannot grow either, and the claim of a share never can.",
    remedy:
      "Undo the change, or say in migrations how the data moves. The API server refuses it all the same until the object is taken away by hand, right after the push: render prints the commands. What is in a claim or a database is copied away before and back afterwards; a StatefulSet is deleted with --cascade=orphan, which keeps its pods and claims; for a share its claim and volume are deleted, and the share stays.",
  },
  FROZEN_SELECTOR: {
    title: "A selector would change",
    meaning: "Selectors cannot change (Kubernetes); two labels that never change make them.",
    remedy:
      "Undo the change, or say in migrations that the workload is deleted: right after the push, by the command that render prints.",
  },
  MIGRATION_IDLE: {
    title: "A migration lets nothing through",
    meaning:
      "A line of migrations names an object that is as it was committed, or none at all. Left there it would let the next change of the object through, unseen.",
    remedy: "Take the line out; git keeps what it said.",
  },
  MANIFEST_PODS_UNMATCHED: {
    title: "Labels or ports that no pod of the chart has",
    meaning:
      "Network policies and metrics of an upstream chart go by the pod labels and ports in the service's file. No pod the vendored chart renders has these, so the rules would meet nobody.",
    remedy:
      'Take the labels and ports from the message. For pods that a controller makes later, say rendered: because(false, "say why here").',
  },
  MANIFEST_PATCH_UNMATCHED: {
    title: "Patch for an object that is not rendered",
    meaning:
      "`patches` names an object by `kind/name`, and the service renders none of that name in any environment with the patch, so it would change nothing.",
    remedy: "Take the name of a rendered object from the message, or remove the patch.",
  },
  MANIFEST_DUPLICATE: {
    title: "Two sources for one object",
    meaning:
      "Two services, or one service in two environments of a cluster, render the same object, or one under `objects` has the kind and name of one that RZP makes of other fields, or keeps for an environment: its policies (`<environment>-rzp-…`), stores of secrets and priorities of tiers. They would overwrite each other for ever.",
    remedy:
      "Rename one, or give the environments different prefixes; what RZP makes is changed by its field or by patches.",
  },
  MANIFEST_RESOURCES_MISSING: {
    title: "Container without requests or memory limit",
    meaning:
      "Without requests the scheduler packs nodes too full; without a memory limit one container takes its node down.",
    remedy: "Say size or resources; in an object of your own, write resources.",
  },
  MANIFEST_PROBE_MISSING: {
    title: "Container that is never asked whether it is ready",
    meaning:
      "A container that keeps running has no readiness probe, so a bad version counts as rolled out.",
    remedy: 'Say health, or why there is none: health: because(false, "say why here").',
  },
  MANIFEST_FLOATING_TAG: {
    title: "Rendered image that changes by itself",
    meaning: "A rendered object runs an image without a tag, or with one its maker moves.",
    remedy: "Write the version that runs today.",
  },
  MANIFEST_POD_SECURITY: {
    title: "Pod above its Pod Security level",
    meaning:
      "A pod needs more than its namespace enforces, so it would not be created, or more than its tier allows.",
    remedy:
      "Take it out, or give its reason with security; tiers have their maximum in environments/tiers.ts.",
  },
  MANIFEST_UNDECLARED: {
    title: "Security rule broken without a word",
    meaning:
      "A rendered pod, role, binding or Namespace breaks a security rule that its service does not loosen: the policies on the cluster refuse such pods and roles. Or an object under `objects` reaches beyond its service, sets a label or annotation that is RZP's, or a patch lets Argo CD leave out or keep what RZP derives. Or either takes rights, files or places that only a field gives, makes Prometheus or the prober ask what no field says is measured, or makes Velero pick volumes by annotations of pods.",
    remedy:
      'Take it out of the object or patch, or declare it with its reason: an object that reaches beyond its service as `because(kubernetesObject({ … }), "say why here")`.',
  },
  MANIFEST_DANGLING_REFERENCE: {
    title: "Name that leads nowhere",
    meaning:
      "A rendered object names a Secret, ConfigMap, claim, port, account or other object that is not there.",
    remedy: "Mend the name, or make what it names.",
  },
  MANIFEST_NO_LISTENER: {
    title: "Route that no gateway listens for",
    meaning:
      "A route names a host or a port, and no listener of its Gateway takes it, or has a certificate for it.",
    remedy:
      'Let the Gateway follow the routes (`listeners: gatewayListeners("internal")`), or add the listener.',
  },
  MANIFEST_READ_TWICE: {
    title: "Metrics that are read twice",
    meaning:
      "A ServiceMonitor or PodMonitor among `objects` reads a port of the service that `metrics` lets Prometheus read already. Every series is there twice, so sums and counts are doubled.",
    remedy:
      "Take the object out: `metrics` takes a path, an interval, TLS and a token. Or leave `metrics` out, where the object says what it cannot.",
  },
  MANIFEST_POOL_OUTSIDE: {
    title: "Load balancers where no node is",
    meaning:
      "MetalLB announces a pool by ARP (L2Advertisement), which is heard in the nodes' own network alone, and addresses of the pool are outside networks.nodes. Pools with a BGPAdvertisement are not asked about, nor those whose L2Advertisement names interfaces.",
    remedy:
      "Take addresses of the network of nodes that nothing else gives away, in the pool and in addressPool of the cluster file. Where nodes have a second leg, name its interface in the L2Advertisement.",
  },
  MANIFEST_SECRET_MATERIAL: {
    title: "Secret in a rendered object",
    meaning:
      "A rendered Secret has content, or a text in another object or in values of a chart is a key or token in the form its issuer gives it, or an address with a password, for everybody who reads the repository. Of no such form a password is only seen in a variable that is called so (`DB_PASSWORD`), as a warning. The line is not shown.",
    remedy: "Take it out, replace it at its issuer, and refer to it with secret().",
  },
  MANIFEST_SECRET_PATH: {
    title: "Secret of somebody else",
    meaning:
      "An ExternalSecret asks for another store, a path that is neither its service's own nor that of one of its edges, or a value made inside the cluster: the API server refuses it. Or one under `objects` is in a namespace that is not its service's.",
    remedy: "Read it with secret() or from(), which make an ExternalSecret of the right path.",
  },
  MANIFEST_API_VERSION: {
    title: "API version the cluster does not serve",
    meaning:
      "A rendered object has an apiVersion that the cluster's Kubernetes, or the CRDs RZP knows, do not serve.",
    remedy:
      "Write a version that is served; what your own add-ons serve belongs in apiVersionsServed of the cluster.",
  },
  OPERATOR_MISSING: {
    title: "Nothing brings this API group",
    meaning:
      "There are objects of an API group that no chart on the cluster says it brings, no definition in the tree is of and the cluster does not serve by itself: the API server refuses them, and Argo CD cannot sync what has them.",
    remedy:
      "Run the operator as a service, or name what the cluster has in apiVersionsServed. Only chart and definitions are looked at, not whether the operator runs.",
  },
  MANIFEST_ONE_WRITER: {
    title: "Rolling update with a claim that has one writer",
    meaning:
      "A Deployment starts its new pod while the old one holds the volume, so the new one never starts.",
    remedy: "Use recreate, or a class that several nodes can write to.",
  },
  MANIFEST_ARGOCD_KIND: {
    title: "Kind the Argo CD project does not allow",
    meaning:
      "A service brings an object that would give it the rights of the platform, or that Argo CD never deploys.",
    remedy: "Remove the object.",
  },
  MANIFEST_NO_DEFAULT_DENY: {
    title: "Namespace without default deny",
    meaning:
      "A namespace has no NetworkPolicy that denies everything, or a patch has opened it: its pods may do all until a policy selects them.",
    remedy:
      "Make what is in it a service of its own, which gets the policy; or bring one under `objects`. Take a patch out.",
  },
  MANIFEST_POLICY_UNDECLARED: {
    title: "Network policy that no field says",
    meaning:
      "An object or a patch lets traffic through in the namespace of a service, or in all, and no field of a service says so: it has no other end, no reason, and `explain` tells nothing of it. Policies of network plugins and of administrators count.",
    remedy:
      "Take it out, and say who may call whom in the fields of the service, of which both ends are made.",
  },
  MANIFEST_ROUTE_UNDECLARED: {
    title: "Way in that no route says",
    meaning:
      "An object is a route through a gateway of the cluster, an Ingress, or a Service with an address outside the cluster (LoadBalancer, NodePort, externalIPs), or a patch changes whom a route lets in and under which name. Nobody has said for whom it is and who asks for a password; its host is compared with nobody's. The same is told of a policy of Envoy Gateway that acts in place of the one by which people sign in, and of what changes the proxies themselves, through which all services are reached (EnvoyProxy, EnvoyPatchPolicy, Lua and Wasm of an EnvoyExtensionPolicy), and of an annotation or DNSEndpoint by which external-dns publishes a name that is no host of the service's routes.",
    remedy:
      "Write it under `routes` of the service, an address under `exposes`. A route that only redirects to HTTPS may stay. What is for the proxies belongs into the service that brings `gateway.envoyproxy.io`.",
  },
  MANIFEST_DRAIN_BLOCKED: {
    title: "Budget that lets no pod go",
    meaning:
      "A PodDisruptionBudget keeps every pod it is for, or two are for one pod. Kubernetes then evicts none of them, and no node they are on can be drained.",
    remedy: "Take the budget out: from two pods on RZP makes one. `disruption` says another one.",
  },
  MANIFEST_DATA_UNPROTECTED: {
    title: "Data that would be removed by itself",
    meaning:
      "A claim, a volume, a namespace, a database or a definition (CRD) has lost the annotation that keeps Argo CD from removing it, has one with which Argo CD makes it anew, an object says that data goes with what uses it, or Velero leaves out a claim that is said to be backed up.",
    remedy:
      "Take the change out of the object or patch. Data that is not needed any more is removed by hand: `npm run remove` lists it.",
  },
} as const satisfies Record<string, CodeEntry>;
