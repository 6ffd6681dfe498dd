/** Rules of isolation. Each rule a pod keeps is in generator/src/security/. */
export const isolationRules = {
  "pod-security-least": {
    says: "A namespace enforces the strictest Pod Security level that lets all its pods run.",
    source: "Kubernetes, Pod Security Standards",
  },
  "restricted-unless-said": {
    says: "A container keeps every security rule but those its `security` loosens with a reason.",
    source: "Kubernetes, Pod Security Standards, restricted",
  },
  "token-declared": {
    says: "Pods have no token of the API server unless their service declares what they do with it.",
  },
  "rights-declared": {
    says: "A service account may do what its service declares, and nothing else.",
    source: "Kubernetes, RBAC good practices",
  },
  "rights-brought": {
    says: "A binding under `objects` gives what its role names to whom it names; none gives everything, or to everybody.",
    source: "Kubernetes, RBAC good practices",
  },
  "way-in-brought": {
    says: "A Gateway, route or ReferenceGrant under `objects` opens what no field says: it has no audience, and nobody is known to ask for a password.",
    source: "Gateway API",
  },
  "object-elsewhere": {
    says: "An object under `objects` may be in a namespace that nobody is known to have.",
  },
  "operator-pods": {
    says: "Pods that an operator makes are judged by the Pod Security level alone, where a service says so.",
  },
  "node-declared": {
    says: "What a pod uses of its node (network, processes, paths, devices) is declared with a reason.",
    source: "Kubernetes, Pod Security Standards, baseline",
  },
} as const;
