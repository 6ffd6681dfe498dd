/** Where authored files are: the one place that knows the layout. Relative to the root, forward slashes. */
export const tiersFile = "environments/tiers.ts";

/** All of a service: its chart, its authored file, its generated files. */
export const serviceFolder = (service: string) => `charts/services/${service}`;

/** The one file people edit. */
export const serviceFile = (service: string) => `${serviceFolder(service)}/values.ts`;
/** Final values of an upstream chart in an environment, for plain Helm. */
export const chartValuesPath = (service: string, environment: string) =>
  `${serviceFolder(service)}/ci/upstream/${environment}-values.yaml`;

/** Where the facts of a service were read. */
export const sourcesFile = (service: string) => `${serviceFolder(service)}/sources.yaml`;

/** Facts of a cluster. */
export const clusterFile = (cluster: string) => `environments/clusters/${cluster}.ts`;
/** Allocated addresses of a cluster, kept so that adding never moves others. */
export const lockFile = (cluster: string) => `environments/clusters/${cluster}.lock.yaml`;

/** Facts of an environment. */
export const environmentFile = (environment: string) =>
  `environments/${environment}/environment.ts`;

/** What differs for one service in one environment. */
export const overlayFile = (environment: string, service: string) =>
  `environments/${environment}/${service}.ts`;

/** What the file at this path exports. */
export function exportIn(file: string): string {
  if (file === tiersFile) return "export default defineTiers({ … })";
  if (file.startsWith("environments/clusters/")) return "export default defineCluster({ … })";
  if (file.endsWith("/environment.ts")) return "export default defineEnvironment({ … })";
  return file.startsWith("environments/")
    ? `export default overlay("${file.slice(file.lastIndexOf("/") + 1, -".ts".length)}", { … })`
    : "export default defineService({ … })";
}
