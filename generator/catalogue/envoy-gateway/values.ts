import { customObject, defineChart, kubernetesObject } from "#rzp";

const gatewayApi = "gateway.networking.k8s.io/v1";
const proxies = {
  "app.kubernetes.io/managed-by": "envoy-gateway",
  "app.kubernetes.io/component": "proxy",
};
const controllerRequests = { cpu: "100m", memory: "256Mi" };
const proxyRequests = { cpu: "100m", memory: "128Mi" };
const controller = { "control-plane": "envoy-gateway" };

/** A way in at an address of the pool, for names under a domain; plain HTTP only redirects. */
const gateway = (name: string, address: string, domain: string) =>
  customObject({
    apiVersion: gatewayApi,
    kind: "Gateway",
    metadata: { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } },
    spec: {
      gatewayClassName: "envoy",
      infrastructure: { annotations: { "metallb.io/loadBalancerIPs": address } },
      listeners: [
        {
          name: "http",
          protocol: "HTTP",
          port: 80,
          allowedRoutes: { namespaces: { from: "Same" } },
        },
        {
          name: "https",
          protocol: "HTTPS",
          port: 443,
          hostname: `*.${domain}`,
          tls: {
            mode: "Terminate",
            certificateRefs: [{ group: "", kind: "Secret", name: `${name}-tls` }],
          },
          allowedRoutes: { namespaces: { from: "All" } },
        },
      ],
    },
  });

export default defineChart({
  tier: "network",
  about: "Ways in by name: passes requests from the gateways to the services",
  chart: {
    from: "oci://docker.io/envoyproxy/gateway-helm",
    version: "1.9.0",
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
      ports: { grpc: 18000, metrics: 19001 },
      reaches: { apiserver: ["https"] },
      requests: controllerRequests,
    },
    // Makes the certificates with which controller and proxies know each other.
    certgen: { pods: { app: "certgen" }, reaches: { apiserver: ["https"] } },
    proxy: {
      pods: proxies,
      ports: { http: 10080, https: 10443, metrics: 19001 },
      requests: proxyRequests,
      // Two for each of the two gateways.
      replicas: 4,
    },
  },
  metrics: { port: "proxy/metrics", path: "/stats/prometheus" },
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
              pod: { priorityClassName: "tier-network" },
              container: {
                resources: { requests: proxyRequests, limits: { memory: "512Mi" } },
              },
            },
            // Services see the client's address, not the node's.
            envoyService: { externalTrafficPolicy: "Local" },
          },
        },
      },
    }),
    internal: gateway("internal", "10.0.10.200", "example.com"),
    public: gateway("public", "10.0.10.201", "example.com"),
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
    // Each service says itself which of its ports the gateways may call.
    "proxy-traffic": kubernetesObject({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      spec: {
        podSelector: { matchLabels: proxies },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: [10080, 10443].map((port) => ({ port, protocol: "TCP" })) }],
        egress: [
          {
            to: [{ podSelector: { matchLabels: controller } }],
            ports: [{ port: 18000, protocol: "TCP" }],
          },
          {
            to: [
              {
                namespaceSelector: {
                  matchExpressions: [{ key: "rzp.local/service", operator: "Exists" }],
                },
              },
            ],
          },
        ],
      },
    }),
    "controller-proxies": kubernetesObject({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      spec: {
        podSelector: { matchLabels: controller },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: proxies } }],
            ports: [{ port: 18000, protocol: "TCP" }],
          },
        ],
      },
    }),
  },
});
