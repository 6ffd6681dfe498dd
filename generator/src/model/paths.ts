/** Where authored files are, and what is made of them: the one place that knows the layout. Relative to the root, forward slashes. */
export const environmentsFolder = "environments";

export const tiersFile = `${environmentsFolder}/tiers.ts`;

/** May be a link, as to a checkout of it: what it leads to is rendered. */
export const libraryFolder = "charts/rzp-lib";

/** What is in it is a service, a folder each. */
export const servicesFolder = "charts/services";

/** All of a service: its chart, its authored file, its generated files. */
export const serviceFolder = (service: string) => `${servicesFolder}/${service}`;

/** The one file people edit. */
export const serviceFile = (service: string) => `${serviceFolder(service)}/values.ts`;
/** Final values of an upstream chart in an environment, for plain Helm. */
export const chartValuesPath = (service: string, environment: string) =>
  `${serviceFolder(service)}/ci/upstream/${environment}-values.yaml`;

/** Values of a service in an environment, for plain Helm. */
export const releaseValuesPath = (service: string, environment: string) =>
  `${serviceFolder(service)}/ci/${environment}-values.yaml`;

/** Where the facts of a service were read. */
export const sourcesFile = (service: string) => `${serviceFolder(service)}/sources.yaml`;

export const clustersFolder = `${environmentsFolder}/clusters`;

/** Facts of a cluster. */
export const clusterFile = (cluster: string) => `${clustersFolder}/${cluster}.ts`;

const lockEnding = ".lock.yaml";

/** Allocated addresses of a cluster, kept so that adding never moves others. */
export const lockFile = (cluster: string) => `${clustersFolder}/${cluster}${lockEnding}`;

/** Whether a file has the name of one. */
export const isLockFile = (file: string) => file.endsWith(lockEnding);

/** The cluster whose lock file this is; undefined where no cluster's is looked for. */
export function clusterOfLock(file: string): string | undefined {
  const cluster = file.slice(clustersFolder.length + 1, -lockEnding.length);
  return file === lockFile(cluster) && !cluster.includes("/") ? cluster : undefined;
}

/** Its facts, and what differs there for a service. */
export const environmentFolder = (environment: string) => `${environmentsFolder}/${environment}`;

/** Facts of an environment. */
export const environmentFile = (environment: string) =>
  `${environmentFolder(environment)}/environment.ts`;

/** What differs for one service in one environment. */
export const overlayFile = (environment: string, service: string) =>
  `${environmentFolder(environment)}/${service}.ts`;

/** All rendered objects. */
export const renderedRoot = "kubernetes";

/** The rendered objects of an environment. */
export const renderedEnvironment = (environment: string) => `${renderedRoot}/${environment}`;

/** The rendered objects of a service in an environment. */
export const renderedFolder = (environment: string, service: string) =>
  `${renderedEnvironment(environment)}/${service}`;

/** Objects of Argo CD that deploy an environment. No service can be called so: a service's name starts with a letter. */
export const argocdFolder = (environment: string) => renderedFolder(environment, "_argocd");

/** The Application that holds all others of an environment, and bears its name. */
export const rootFile = (environment: string) =>
  `${argocdFolder(environment)}/application-${environment}.yaml`;

/** What helps to bring an environment back: read by people and kubectl, deployed by nobody. */
export const recoveryFolder = (environment: string) => renderedFolder(environment, "_recovery");

const ofEnvironment = new RegExp(`^${renderedFolder("([^/]+)", "[^/]+")}/`);

/** The environment a rendered file is of; undefined for other files. */
export const environmentOfRendered = (path: string): string | undefined =>
  ofEnvironment.exec(path)?.[1];

/** What the file at this path exports. */
export function exportIn(file: string): string {
  if (file === tiersFile) return "export default defineTiers({ … })";
  if (file.startsWith(`${clustersFolder}/`)) return "export default defineCluster({ … })";
  if (file.endsWith("/environment.ts")) return "export default defineEnvironment({ … })";
  return file.startsWith("environments/")
    ? `export default overlay("${file.slice(file.lastIndexOf("/") + 1, -".ts".length)}", { … })`
    : "export default defineService({ … })";
}
