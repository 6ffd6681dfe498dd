/** Services that RZP knows by their names: it derives what they read, or writes objects only they understand. */

/** Makes backups. */
export const backupService = "velero";

/** Fetches secrets. */
export const secretsOperator = "external-secrets";

/** Tends PostgreSQL clusters. */
export const postgresOperator = "cloudnative-pg";

/** Writes the names of routes itself, where it runs. */
export const namesWriter = "external-dns";

/** The end of a tunnel that is on the cluster. */
export const tunnelEnd = "cloudflared";

/** Deploys what is rendered. */
export const argocdService = "argo-cd";

/** Issues certificates. */
export const certificatesOperator = "cert-manager";

/** Runs gateways. */
export const gatewayOperator = "envoy-gateway";

/** Announces addresses of load balancers. */
export const addressesOperator = "metallb";

/** Reads monitors and rules. */
export const metricsOperator = "prometheus";
