/** Rules of secrets. */
export const secretRules = {
  "secret-by-reference": {
    says: "A secret is read from the service's own path in the environment's store; its value is never in the tree.",
    source: "External Secrets, ExternalSecret",
  },
  "secret-shared": {
    says: "What a provider offers as a secret is read at the provider's path by those who consume it.",
  },
  "secret-of-edge": {
    says: "A login has a credential of its own, under a path named by provider and consumer, which only these two read.",
  },
  "secret-of-database": {
    says: "The owner of a database cluster's first database has a password from the store: an operator makes none.",
    source: "CloudNativePG, Bootstrap",
  },
  "secret-made": {
    says: "A service's own secret is read from its path in the store; its value is never in the tree, and a person fills it in, unless `secrets` says that it may be generated.",
    source: "External Secrets, ExternalSecret",
  },
  "secret-identity": {
    says: "A tier has a store of its own in each environment, which signs in with an identity that a person makes: no secret is in the tree.",
    source: "External Secrets, Infisical",
  },
  "secret-paths-bound": {
    says: "A namespace reads its own path and those of its edges, and no other: a store alone is no border.",
    source: "Kubernetes, Validating Admission Policy",
  },
  "restart-on-rotation": {
    says: "Pods restart when a secret changes that they read as a variable or as a single file, neither of which a running container sees again.",
    source: "Kubernetes, Secrets (subPath); Reloader, annotations",
  },
} as const;
