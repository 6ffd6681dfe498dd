/** Mistakes in files other than a service's own: overlays, objects, facts. One file each. */
export interface FileMistake {
  readonly what: string;
  readonly source: string;
  readonly says?: string;
}

const didYouMean = "Did you mean";
const file = (functions: string, text: string): string =>
  `import { ${functions} } from "#rzp";\nexport default ${text};\n`;
const overlay = (text: string): string => file("overlay", text);
const withObject = (object: string): string =>
  file(
    "defineService, kubernetesObject",
    `defineService({ tier: "media", about: "a service with an object", image: "a:1", objects: { extra: kubernetesObject(${object}) } })`,
  );

export const fileMistakes: readonly FileMistake[] = [
  { what: "an overlay for an unknown service", source: overlay(`overlay(«"sonar"», {})`) },
  {
    what: "an overlay that changes the tier",
    source: overlay(`overlay("sonarr", { «tier»: "data" })`),
  },
  {
    what: "an overlay that changes a port",
    source: overlay(`overlay("sonarr", { «ports»: { http: 80 } })`),
  },
  {
    what: "an overlay that changes an offer",
    source: overlay(`overlay("sonarr", { «offers»: {} })`),
  },
  {
    what: "an overlay that adds a route",
    source: overlay(`overlay("sonarr", { routes: { «api»: { host: "api" } } })`),
  },
  {
    what: "an overlay that removes from no field",
    source: overlay(`overlay("sonarr", { remove: ["routes.web", «"rout.web"»] })`),
  },
  {
    what: "an overlay that removes identity",
    source: overlay(`overlay("sonarr", { remove: [«"tier"»] })`),
  },
  {
    what: "an overlay with a misspelt field",
    source: overlay(`overlay("sonarr", { «sise»: "large" })`),
  },
  {
    what: "an overlay with a misspelt volume",
    source: overlay(`overlay("sonarr", { storage: { «confg»: { size: "9Gi" } } })`),
    says: didYouMean,
  },
  {
    what: "an overlay that changes what a volume holds",
    source: file(
      "cache, overlay",
      `overlay("sonarr", { storage: { «config»: cache({ size: "9Gi" }) } })`,
    ),
  },
  {
    what: "an overlay with a misspelt component",
    source: overlay(`overlay("immich", { components: { «serve»: { size: "small" } } })`),
    says: didYouMean,
  },
  {
    what: "an overlay of a component with a port of another",
    source: overlay(`overlay("immich", { components: { server: { health: { «port»: "ml" } } } })`),
  },
  {
    what: "an overlay with a route to no port",
    source: overlay(`overlay("immich", { routes: { web: { «to»: "http" } } })`),
  },
  {
    what: "an overlay that takes a chart from elsewhere",
    source: overlay(`overlay("cert-manager", { chart: { «from»: "oci://elsewhere/chart" } })`),
  },
  {
    what: "a misspelt field of an object",
    source: withObject(`{ apiVersion: "v1", kind: "ConfigMap", «dota»: {} }`),
  },
  {
    what: "a misspelt nested field of an object",
    source: withObject(
      `{ apiVersion: "apps/v1", kind: "Deployment", spec: { selector: {}, template: { spec: { «container»: [] } } } }`,
    ),
  },
  {
    what: "a kind in the wrong version",
    source: withObject(`{ apiVersion: "v1", «kind»: "Deployment" }`),
  },
  {
    what: "a misspelt field of a patch",
    source: file(
      "defineService",
      `defineService({ tier: "media", about: "a service with a patch", image: "a:1", patches: { "deployment/a": { spec: { «replica»: 2 } } } })`,
    ),
    says: didYouMean,
  },
  {
    what: "a patch of no kind",
    source: file(
      "defineService",
      `defineService({ tier: "media", about: "a service with a patch", image: "a:1", patches: { «"deploymnt/a"»: {} } })`,
    ),
  },
  {
    what: "an environment on an unknown cluster",
    source: file(
      "defineEnvironment",
      `defineEnvironment({ «cluster»: "hom", domain: "example.com", revision: "main", secrets: { backend: "fake" } })`,
    ),
  },
  {
    what: "an unknown service in an environment",
    source: file(
      "defineEnvironment",
      `defineEnvironment({ cluster: "home", domain: "example.com", revision: "main", services: [«"sonar"»], secrets: { backend: "fake" } })`,
    ),
  },
  {
    what: "a misspelt field of a tier",
    source: file(
      "defineTiers",
      `defineTiers({ media: { about: "what is watched", layer: "applications", «prioritie»: 1, objective: 99 } })`,
    ),
    says: didYouMean,
  },
];
