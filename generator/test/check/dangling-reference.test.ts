import { expect, test } from "vitest";
import type { Tree } from "./builder.ts";
import {
  claim,
  clusterObject,
  container,
  deployment,
  externalSecret,
  findings,
  messages,
  object,
  podSpec,
  rendered,
  service,
} from "./builder.ts";

const code = "MANIFEST_DANGLING_REFERENCE";
const fromSecret = (name: string, key: string, more: Tree = {}) => [
  { name: "TOKEN", valueFrom: { secretKeyRef: { name, key, ...more } } },
];
const withContainer = (more: Tree, pod: Tree = {}) =>
  deployment(podSpec({ containers: [container(more)], ...pod }));
const withVolume = (volume: Tree) =>
  withContainer(
    { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    { volumes: [{ name: "v", ...volume }] },
  );
const configMap = object("v1", "ConfigMap", "files", { data: { "a.conf": "a" } });
const route = (spec: Tree) => object("gateway.networking.k8s.io/v1", "HTTPRoute", "web", { spec });
const backend = (name: string, port: number) => ({ rules: [{ backendRefs: [{ name, port }] }] });
const gateway = (name: string) => ({ parentRefs: [{ name, namespace: "network-gateway" }] });
const signIn = (name: string, secret: string) =>
  object("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", "web", {
    spec: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name }],
      oidc: { clientSecret: { name: secret } },
    },
  });
const autoscaler = (kind: string, name: string) =>
  object("autoscaling/v2", "HorizontalPodAutoscaler", "sonarr", {
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind, name } },
  });
const binding = (role: string, account: string) =>
  clusterObject("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "b", {
    roleRef: { kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: "media-sonarr" }],
  });
const monitor = (port: string) =>
  object("monitoring.coreos.com/v1", "ServiceMonitor", "sonarr", {
    spec: { selector: { matchLabels: { app: "sonarr" } }, endpoints: [{ port }] },
  });
const labelled = {
  ...service(),
  metadata: { name: "sonarr", namespace: "media-sonarr", labels: { app: "sonarr" } },
};
const account = object("v1", "ServiceAccount", "sonarr");

const missing: readonly (readonly [string, readonly Tree[]])[] = [
  [
    "Deployment sonarr: there is no Secret `own`",
    [withContainer({ env: fromSecret("own", "token") })],
  ],
  [
    "Deployment sonarr: Secret `own` has no key `tokn`",
    [withContainer({ env: fromSecret("own", "tokn") }), externalSecret("token")],
  ],
  [
    "Deployment sonarr: there is no Secret `folder`",
    [withContainer({ envFrom: [{ secretRef: { name: "folder" } }] })],
  ],
  [
    "Deployment sonarr: there is no ConfigMap `files`",
    [withVolume({ configMap: { name: "files" } })],
  ],
  [
    "Deployment sonarr: ConfigMap `files` has no key `b.conf`",
    [
      withContainer({
        env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "files", key: "b.conf" } } }],
      }),
      configMap,
    ],
  ],
  [
    "Deployment sonarr: there is no PersistentVolumeClaim `config`",
    [withVolume({ persistentVolumeClaim: { claimName: "config" } })],
  ],
  [
    "Deployment sonarr: there is no Secret `token`",
    [withVolume({ projected: { sources: [{ secret: { name: "token" } }] } })],
  ],
  [
    "Deployment sonarr: there is no Secret `pull`",
    [withContainer({}, { imagePullSecrets: [{ name: "pull" }] })],
  ],
  [
    "Deployment sonarr: there is no ServiceAccount `sonarr`",
    [withContainer({}, { serviceAccountName: "sonarr" })],
  ],
  [
    "Deployment sonarr: there is no PriorityClass `tier-meda`",
    [withContainer({}, { priorityClassName: "tier-meda" })],
  ],
  [
    "Deployment sonarr: there is no ResourceClaimTemplate `gpu`",
    [withContainer({}, { resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "gpu" }] })],
  ],
  [
    "Deployment sonarr: container main mounts volume `v`, which the pod does not have",
    [withContainer({ volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  ],
  [
    "Deployment sonarr: the readinessProbe of container main asks port `web`, which it does not have",
    [withContainer({ readinessProbe: { httpGet: { port: "web" } } })],
  ],
  ["Service sonarr: it selects no pod", [service()]],
  [
    "Service sonarr: no pod it selects has a port `web`",
    [deployment(), service({ ports: [{ name: "http", port: 80, targetPort: "web" }] })],
  ],
  [
    "SecurityPolicy web: there is no HTTPRoute `web`",
    [signIn("web", "own"), externalSecret("client-secret")],
  ],
  [
    "SecurityPolicy web: there is no Secret `sign-in`",
    [signIn("web", "sign-in"), route(backend("sonarr", 8989)), deployment(), service()],
  ],
  [
    "SecurityPolicy web: Secret `own` has no key `client-secret`",
    [
      signIn("web", "own"),
      externalSecret("token"),
      route(backend("sonarr", 8989)),
      deployment(),
      service(),
    ],
  ],
  ["HTTPRoute web: there is no Gateway `outside` in network-gateway", [route(gateway("outside"))]],
  [
    "HTTPRoute web: there is no Service `sonar`",
    [route(backend("sonar", 8989)), deployment(), service()],
  ],
  [
    "HTTPRoute web: Service `sonarr` has no port `80`",
    [route(backend("sonarr", 80)), deployment(), service()],
  ],
  [
    "HorizontalPodAutoscaler sonarr: there is no StatefulSet `sonarr`",
    [deployment(), autoscaler("StatefulSet", "sonarr")],
  ],
  [
    "ClusterRoleBinding b: there is no ClusterRole `reader`",
    [binding("reader", "sonarr"), account],
  ],
  [
    "ClusterRoleBinding b: there is no ServiceAccount `sonarr` in media-sonarr",
    [binding("view", "sonarr")],
  ],
  [
    "ServiceMonitor sonarr: no Service it selects has a port `metrics`",
    [deployment(), labelled, monitor("metrics")],
  ],
  ["ServiceMonitor sonarr: it selects no Service", [monitor("http")]],
  [
    "PersistentVolumeClaim config: there is no StorageClass `fast`",
    [object("v1", "PersistentVolumeClaim", "config", { spec: { storageClassName: "fast" } })],
  ],
  [
    "PersistentVolumeClaim media: there is no PersistentVolume `nas`",
    [
      object("v1", "PersistentVolumeClaim", "media", {
        spec: { storageClassName: "", volumeName: "nas" },
      }),
    ],
  ],
  [
    "ExternalSecret own: there is no ClusterSecretStore `vault`",
    [
      object("external-secrets.io/v1", "ExternalSecret", "own", {
        spec: { secretStoreRef: { kind: "ClusterSecretStore", name: "vault" } },
      }),
    ],
  ],
  [
    "Database app: there is no Cluster `db`",
    [object("postgresql.cnpg.io/v1", "Database", "app", { spec: { cluster: { name: "db" } } })],
  ],
  [
    "Cluster db: there is no Secret `login-app`",
    [
      object("postgresql.cnpg.io/v1", "Cluster", "db", {
        spec: { managed: { roles: [{ name: "app", passwordSecret: { name: "login-app" } }] } },
      }),
    ],
  ],
  [
    "StatefulSet db: there is no Service `db-pods`",
    [
      object("apps/v1", "StatefulSet", "db", {
        spec: { serviceName: "db-pods", template: { spec: podSpec() } },
      }),
    ],
  ],
];

test.for(missing)("%s", ([message, objects]) => {
  expect(messages(findings(code, rendered(objects)))).toEqual([message]);
});

test("the nearest name is proposed, and the place is what a person wrote", () => {
  const [problem] = findings(
    code,
    rendered([withContainer({ env: fromSecret("own", "tokn") }), externalSecret("token", "other")]),
  );
  expect(problem).toMatchObject({
    keys: ["env", "TOKEN"],
    found: '"tokn"',
    expected: "one of: other, token",
    fix: 'write "token", or add the key to the Secret',
  });
});

const complete: readonly (readonly [string, readonly Tree[]])[] = [
  [
    "a Secret an ExternalSecret makes",
    [withContainer({ env: fromSecret("own", "token") }), externalSecret("token")],
  ],
  [
    "a key nobody can know",
    [
      withContainer({ env: fromSecret("own", "token") }),
      object("external-secrets.io/v1", "ExternalSecret", "own", {
        spec: {
          secretStoreRef: { kind: "ClusterSecretStore", name: "prod-media" },
          dataFrom: [{ find: {} }],
        },
      }),
    ],
  ],
  ["an optional Secret", [withContainer({ env: fromSecret("own", "token", { optional: true }) })]],
  [
    "a Secret a certificate makes",
    [
      withVolume({ secret: { secretName: "tls" } }),
      object("cert-manager.io/v1", "Certificate", "web", { spec: { secretName: "tls" } }),
    ],
  ],
  [
    "a Secret a database cluster makes",
    [
      withContainer({ env: fromSecret("db-app", "uri") }),
      object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: {} }),
    ],
  ],
  [
    "a key a template makes",
    [
      withContainer({ env: fromSecret("own", "url") }),
      object("external-secrets.io/v1", "ExternalSecret", "own", {
        spec: {
          secretStoreRef: { kind: "ClusterSecretStore", name: "prod-media" },
          data: [{ secretKey: "password" }],
          target: { template: { mergePolicy: "Merge", data: { url: "x" } } },
        },
      }),
    ],
  ],
  [
    "a ConfigMap and its key",
    [
      withContainer({
        env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "files", key: "a.conf" } } }],
      }),
      configMap,
    ],
  ],
  [
    "a claim",
    [
      withVolume({ persistentVolumeClaim: { claimName: "config" } }),
      claim("config", "ReadWriteOnce"),
    ],
  ],
  ["the account every namespace has", [withContainer({}, { serviceAccountName: "default" })]],
  ["a priority of Kubernetes", [withContainer({}, { priorityClassName: "system-node-critical" })]],
  [
    "a priority the service brings",
    [
      withContainer({}, { priorityClassName: "mine" }),
      clusterObject("scheduling.k8s.io/v1", "PriorityClass", "mine"),
    ],
  ],
  ["a probe by number", [withContainer({ readinessProbe: { tcpSocket: { port: 8989 } } })]],
  ["a Service without a selector", [service({ selector: {} })]],
  ["a Service by number", [deployment(), service({ ports: [{ port: 80, targetPort: 8989 }] })]],
  ["a gateway of the cluster file", [route(gateway("internal"))]],
  ["a route to a Service and its port", [route(backend("sonarr", 8989)), deployment(), service()]],
  [
    "a route to what another namespace has that nobody here renders",
    [route({ rules: [{ backendRefs: [{ name: "x", namespace: "elsewhere", port: 1 }] }] })],
  ],
  ["a redirect", [route({ rules: [{ filters: [{ type: "RequestRedirect" }] }] })]],
  ["a scaled workload", [deployment(), autoscaler("Deployment", "sonarr")]],
  ["roles of Kubernetes", [binding("view", "sonarr"), account]],
  [
    "a role the service brings",
    [
      binding("reader", "sonarr"),
      account,
      clusterObject("rbac.authorization.k8s.io/v1", "ClusterRole", "reader"),
    ],
  ],
  ["a monitor and its Service", [deployment(), labelled, monitor("http")]],
  [
    "a monitor that looks elsewhere",
    [
      object("monitoring.coreos.com/v1", "ServiceMonitor", "a", {
        spec: { namespaceSelector: { any: true }, selector: {}, endpoints: [{ port: "x" }] },
      }),
    ],
  ],
  [
    "no storage class at all",
    [object("v1", "PersistentVolumeClaim", "media", { spec: { storageClassName: "" } })],
  ],
  [
    "a claim template is a volume",
    [
      object("apps/v1", "StatefulSet", "db", {
        spec: {
          template: {
            spec: podSpec({
              containers: [container({ volumeMounts: [{ name: "data", mountPath: "/d" }] })],
            }),
          },
          volumeClaimTemplates: [
            { metadata: { name: "data" }, spec: { storageClassName: "longhorn" } },
          ],
        },
      }),
    ],
  ],
  [
    "the primary of a database cluster",
    [route(backend("db-rw", 5432)), object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: {} })],
  ],
  [
    "a class for nodes nobody renders",
    [withContainer({}, { runtimeClassName: "kata", nodeSelector: { a: "b" } })],
  ],
  ["a named volume", [withVolume({ emptyDir: {} })]],
  ["a Service of a database cluster's pods", [service({ selector: { "cnpg.io/cluster": "db" } })]],
  [
    "a Database of a rendered cluster",
    [
      object("postgresql.cnpg.io/v1", "Database", "app", { spec: { cluster: { name: "db" } } }),
      object("postgresql.cnpg.io/v1", "Cluster", "db", { spec: {} }),
    ],
  ],
];

test.for(complete)("no finding: %s", ([, objects]) => {
  expect(findings(code, rendered(objects))).toEqual([]);
});

/** Its namespace is that of the service, which takes over `old-notes`. */
const adopting = (claimName: string) =>
  rendered([withVolume({ persistentVolumeClaim: { claimName } })], {
    spec: { storage: { notes: { holds: "state", at: "/v", size: "1Gi", adopt: "old-notes" } } },
  });

test("a claim that is adopted is there, another one is not", () => {
  expect(findings(code, adopting("old-notes"))).toEqual([]);
  expect(findings(code, adopting("old-note"))).toMatchObject([
    { expected: "one of: old-notes", fix: expect.stringContaining('write "old-notes"') },
  ]);
});

test("a Secret of another environment does not count", () => {
  const pod = rendered([withContainer({ env: fromSecret("own", "token") })], {
    environment: "dev",
    clusterName: "lab",
  });
  expect(findings(code, pod, rendered([externalSecret("token")]))).toHaveLength(1);
});
