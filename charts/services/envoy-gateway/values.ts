import { customObject, defineChart, gatewayListeners } from "#rzp";

const gatewayApi = "gateway.networking.k8s.io/v1";
const proxies = {
  "app.kubernetes.io/managed-by": "envoy-gateway",
  "app.kubernetes.io/component": "proxy",
};
const controllerRequests = { cpu: "100m", memory: "256Mi" };
const proxyRequests = { cpu: "100m", memory: "128Mi" };
const controller = { "control-plane": "envoy-gateway" };

/** A way in, at the address the cluster's file gives it; plain HTTP only redirects. */
const gateway = (audience: "internal" | "public") =>
  customObject({
    apiVersion: gatewayApi,
    kind: "Gateway",
    metadata: { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } },
    spec: {
      gatewayClassName: "envoy",
      listeners: gatewayListeners(audience),
    },
  });

export default defineChart({
  tier: "network",
  about: "Ways in by name: passes requests from the gateways to the services",
  chart: {
    from: "oci://docker.io/envoyproxy/gateway-helm",
    version: "1.9.0",
    brings: ["gateway.envoyproxy.io", "gateway.networking.k8s.io"],
    values: {
      deployment: {
        envoyGateway: {
          resources: { requests: controllerRequests, limits: { memory: "1Gi" } },
        },
        priorityClassName: "tier-network",
      },
      topologyInjector: { enabled: false },
    },
  },
  components: {
    controller: {
      pods: controller,
      podSecurity: "restricted",
      ports: { grpc: 18000, metrics: 19001 },
      metrics: { port: "metrics" },
      reaches: { apiserver: ["https"], signIn: true },
      requests: controllerRequests,
    },
    // Makes the certificates with which controller and proxies know each other.
    certgen: {
      pods: { app: "certgen" },
      podSecurity: "restricted",
      reaches: { apiserver: ["https"] },
    },
    proxy: {
      pods: proxies,
      podSecurity: "restricted",
      ports: { http: 10080, https: 10443, metrics: 19001 },
      metrics: { port: "metrics", path: "/stats/prometheus" },
      consumes: { "./controller": "grpc" },
      reaches: { signIn: true },
      gatewayPorts: ["http", "https"],
      requests: proxyRequests,
      // Two for each of the two gateways.
      replicas: 4,
    },
  },
  objects: {
    envoy: customObject({
      apiVersion: gatewayApi,
      kind: "GatewayClass",
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: {
          group: "gateway.envoyproxy.io",
          kind: "EnvoyProxy",
          name: "proxies",
          namespace: "network-envoy-gateway",
        },
      },
    }),
    proxies: customObject({
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      spec: {
        provider: {
          type: "Kubernetes",
          kubernetes: {
            envoyDeployment: {
              replicas: 2,
              pod: {
                priorityClassName: "tier-network",
                topologySpreadConstraints: [
                  {
                    maxSkew: 1,
                    topologyKey: "kubernetes.io/hostname",
                    whenUnsatisfiable: "ScheduleAnyway",
                    labelSelector: { matchLabels: proxies },
                    // Of each gateway by itself.
                    matchLabelKeys: ["gateway.envoyproxy.io/owning-gateway-name"],
                  },
                ],
              },
              container: {
                resources: { requests: proxyRequests, limits: { memory: "512Mi" } },
              },
            },
            envoyPDB: { maxUnavailable: 1 },
            // Services see the client's address, not the node's.
            envoyService: { externalTrafficPolicy: "Local" },
          },
        },
      },
    }),
    internal: gateway("internal"),
    public: gateway("public"),
    redirect: customObject({
      apiVersion: gatewayApi,
      kind: "HTTPRoute",
      spec: {
        parentRefs: ["internal", "public"].map((name) => ({
          group: "gateway.networking.k8s.io",
          kind: "Gateway",
          name,
          sectionName: "http",
        })),
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            filters: [
              {
                type: "RequestRedirect",
                requestRedirect: { scheme: "https", statusCode: 301 },
              },
            ],
          },
        ],
      },
    }),
  },
});
