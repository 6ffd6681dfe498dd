/** What an ExternalSecret may ask for and what not: one table for the check on rendered objects and for the API server's rule. */
import type { ForbiddenRead } from "../../src/security/secret-paths.ts";

type Tree = Readonly<Record<string, unknown>>;

/** The namespace of sonarr: own path, an edge of which it is the consumer, one secret that prowlarr offers. */
export const readingNamespace: Tree = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: "media-sonarr",
    labels: { "rzp.local/environment": "prod" },
    annotations: {
      "rzp.local/secret-store": "prod-media",
      "rzp.local/secret-paths":
        "/edges/postgres/sonarr/,/services/prowlarr/api-key,/services/sonarr/",
    },
  },
};

/** One that reads no secret has no annotation. */
export const silentNamespace: Tree = {
  ...readingNamespace,
  metadata: { name: "media-sonarr", labels: { "rzp.local/environment": "prod" } },
};

export interface ReadCase {
  readonly object: Tree;
  readonly namespace?: Tree;
  /** Everything about it that is refused; nothing unless said. */
  readonly refused?: readonly ForbiddenRead["what"][];
}

const ours = { kind: "ClusterSecretStore", name: "prod-media" };
const externalSecret = (spec: Tree): Tree => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "some", namespace: "media-sonarr" },
  spec: { secretStoreRef: ours, target: { name: "some" }, ...spec },
});
const keys = (...paths: readonly string[]) =>
  externalSecret({
    data: paths.map((key) => ({
      secretKey: "a",
      remoteRef: { key, conversionStrategy: "Default" },
    })),
  });
const extracts = (key: string) => externalSecret({ dataFrom: [{ extract: { key } }] });
const finds = (find: Tree) => externalSecret({ dataFrom: [{ find }] });
const everything = { name: { regexp: ".*" } };
const key = { refused: ["key"] } as const;
const folder = { refused: ["folder"] } as const;
const store = { refused: ["store"] } as const;

export const readCases: Readonly<Record<string, ReadCase>> = {
  // --- its own, its edges', what is offered to it
  "a key of its own": { object: keys("/services/sonarr/api-key") },
  "a key in a folder of its own": { object: keys("/services/sonarr/more/KEY_2") },
  "the credential of its edge": { object: keys("/edges/postgres/sonarr/password") },
  "what a provider offers": { object: keys("/services/prowlarr/api-key") },
  "several at once": { object: keys("/services/sonarr/a", "/edges/postgres/sonarr/password") },
  "a whole value of its own": { object: extracts("/services/sonarr/json") },
  "all of its folder": { object: finds({ ...everything, path: "/services/sonarr" }) },
  "all of a folder in it": { object: finds({ ...everything, path: "/services/sonarr/more" }) },
  "nothing at all": { object: externalSecret({}) },
  "its store said once more at the key": {
    object: externalSecret({
      data: [
        { secretKey: "a", remoteRef: { key: "/services/sonarr/a" }, sourceRef: { storeRef: ours } },
      ],
    }),
  },
  // --- of others
  "a key of another service": { object: keys("/services/radarr/api-key"), ...key },
  "another key of a provider": { object: keys("/services/prowlarr/password"), ...key },
  "below what a provider offers": { object: keys("/services/prowlarr/api-key/more"), ...key },
  "an edge of somebody else": { object: keys("/edges/postgres/radarr/password"), ...key },
  "its own among others": { object: keys("/services/sonarr/a", "/services/radarr/a"), ...key },
  "a service whose name begins like its own": { object: keys("/services/sonarr-extra/a"), ...key },
  "its folder as if it were a key": { object: keys("/services/sonarr"), ...key },
  "nothing below its folder": { object: keys("/services/sonarr/"), ...key },
  "an empty key": { object: keys(""), ...key },
  // --- paths that are none
  "a name in the store's own path": { object: keys("api-key"), ...key },
  "a relative path": { object: keys("services/sonarr/api-key"), ...key },
  "a path that climbs": { object: keys("/services/sonarr/../radarr/api-key"), ...key },
  "a path that climbs from its end": { object: keys("/services/sonarr/.."), ...key },
  "a path with an empty part": { object: keys("/services/sonarr//../radarr/a"), ...key },
  "a path with a line's end": { object: keys("/services/sonarr/a\n/services/radarr/a"), ...key },
  "a path in other letters": { object: keys("/services/sonarr/%2e%2e/radarr/a"), ...key },
  "a comma, as if it were the list": {
    object: keys("/services/radarr/a,/services/sonarr/a"),
    ...key,
  },
  "a whole value of another service": { object: extracts("/services/radarr/json"), ...key },
  // --- folders
  "the whole store": { object: finds(everything), ...folder },
  "the whole store by its tags": { object: finds({ tags: { a: "b" } }), ...folder },
  "the root": { object: finds({ ...everything, path: "/" }), ...folder },
  "all services": { object: finds({ ...everything, path: "/services" }), ...folder },
  "another service's folder": {
    object: finds({ ...everything, path: "/services/radarr" }),
    ...folder,
  },
  "all edges of its provider": {
    object: finds({ ...everything, path: "/edges/postgres" }),
    ...folder,
  },
  "a folder that climbs": {
    object: finds({ ...everything, path: "/services/sonarr/.." }),
    ...folder,
  },
  "all below what a provider offers": {
    object: finds({ ...everything, path: "/services/prowlarr/api-key" }),
    ...folder,
  },
  // --- stores
  "a store of its own": {
    object: externalSecret({ secretStoreRef: { kind: "SecretStore", name: "prod-media" } }),
    ...store,
  },
  "a store of a kind nobody said": {
    object: externalSecret({ secretStoreRef: { name: "prod-media" } }),
    ...store,
  },
  "another tier's store": {
    object: externalSecret({ secretStoreRef: { ...ours, name: "prod-platform" } }),
    ...store,
  },
  "another store for one key": {
    object: externalSecret({
      data: [
        {
          secretKey: "a",
          remoteRef: { key: "/services/sonarr/a" },
          sourceRef: { storeRef: { kind: "SecretStore", name: "mine" } },
        },
      ],
    }),
    ...store,
  },
  "another store for a folder": {
    object: externalSecret({
      dataFrom: [
        {
          find: { ...everything, path: "/services/sonarr" },
          sourceRef: { storeRef: { ...ours, name: "prod-platform" } },
        },
      ],
    }),
    ...store,
  },
  // --- made inside the cluster
  "a password made inside the cluster": {
    object: externalSecret({
      dataFrom: [
        {
          sourceRef: {
            generatorRef: {
              apiVersion: "generators.external-secrets.io/v1alpha1",
              kind: "Password",
              name: "p",
            },
          },
        },
      ],
    }),
    refused: ["generator"],
  },
  // --- the other way
  "a secret that is written into the store": {
    object: {
      apiVersion: "external-secrets.io/v1alpha1",
      kind: "PushSecret",
      metadata: { name: "some", namespace: "media-sonarr" },
      spec: {
        secretStoreRefs: [ours],
        selector: { secret: { name: "own" } },
        data: [{ match: { secretKey: "a", remoteRef: { remoteKey: "/services/sonarr/a" } } }],
      },
    },
    refused: ["write"],
  },
  // --- a namespace that reads nothing
  "anything, where nothing is read": {
    object: keys("/services/sonarr/a"),
    namespace: silentNamespace,
    refused: ["store", "key"],
  },
  "a store without a name, where nothing is read": {
    object: externalSecret({ secretStoreRef: { kind: "ClusterSecretStore" } }),
    namespace: silentNamespace,
    refused: ["store"],
  },
};
