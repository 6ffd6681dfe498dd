import { expect, test } from "vitest";
import type { Setting, Tree } from "./builder.ts";
import { deployment, findings, object, rendered, service } from "./builder.ts";

const code = "MANIFEST_READ_TWICE";
const api = "monitoring.coreos.com/v1";
const labels = { "app.kubernetes.io/name": "sonarr" };
const kubernetesService = {
  ...service(),
  metadata: { name: "sonarr", namespace: "media-sonarr", labels: { app: "sonarr" } },
};
const monitor = (name: string, endpoint: Tree, more: Tree = {}) =>
  object(api, "ServiceMonitor", name, {
    spec: { selector: { matchLabels: { app: "sonarr" } }, endpoints: [endpoint], ...more },
  });
const podMonitor = (name: string, endpoint: Tree) =>
  object(api, "PodMonitor", name, {
    spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [endpoint] },
  });
const setting: Setting = {
  spec: {
    objects: {
      mine: { apiVersion: api, kind: "ServiceMonitor" },
      pods: { apiVersion: api, kind: "PodMonitor" },
    },
  },
};
const derived = monitor("sonarr", { port: "http", path: "/metrics", interval: "30s" });
const found = (...objects: readonly Tree[]) =>
  findings(code, rendered([deployment(), kubernetesService, ...objects], setting));

test.for<[string, Tree, Tree]>([
  ["a ServiceMonitor", derived, monitor("mine", { port: "http" })],
  ["one that names the port of the pods", derived, monitor("mine", { targetPort: 8989 })],
  [
    "one that names its namespace",
    derived,
    monitor("mine", { port: "http" }, { namespaceSelector: { matchNames: ["media-sonarr"] } }),
  ],
  ["a PodMonitor", derived, podMonitor("pods", { port: "http" })],
  ["a PodMonitor, by number", derived, podMonitor("pods", { portNumber: 8989 })],
  [
    "beside a PodMonitor",
    podMonitor("sonarr", { port: "http" }),
    monitor("mine", { port: "http" }),
  ],
  [
    "one with the same query, in another order,",
    monitor("sonarr", { port: "http", params: { a: ["1"], b: ["2", "3"] } }),
    monitor("mine", { port: "http", params: { b: ["2", "3"], a: ["1"] } }),
  ],
  [
    "one whose query is empty",
    derived,
    monitor("mine", { port: "http", path: "/metrics", params: {} }),
  ],
])("%s of the service reads what is read", ([, theirs, own]) => {
  expect(found(theirs, own)).toMatchObject([
    {
      code,
      severity: "warning",
      keys: ["objects", expect.any(String), "spec", expect.stringMatching(/ndpoints$/), 0],
    },
  ]);
});

test.for<[string, Tree, ...Tree[]]>([
  ["alone", monitor("mine", { port: "http" })],
  ["at another path", derived, monitor("mine", { port: "http", path: "/other" })],
  ["with a query", derived, monitor("mine", { port: "http", params: { module: ["b"] } })],
  [
    "with another query",
    monitor("sonarr", { port: "http", params: { module: ["a"] } }),
    monitor("mine", { port: "http", params: { module: ["b"] } }),
  ],
  ["at another port", derived, monitor("mine", { port: "admin" })],
  [
    "of other pods",
    derived,
    monitor("mine", { port: "http" }, { selector: { matchLabels: { app: "radarr" } } }),
  ],
  [
    "in another namespace",
    derived,
    monitor("mine", { port: "http" }, { namespaceSelector: { matchNames: ["other"] } }),
  ],
  [
    "by what labels cannot say",
    derived,
    monitor("mine", { port: "http" }, { selector: { matchExpressions: [] } }),
  ],
  ["that RZP made, twice", derived, monitor("theirs", { port: "http" })],
])("nothing is said of one %s", ([, ...objects]) => {
  expect(found(...(objects as Tree[]))).toEqual([]);
});
