import { customObject, overlay } from "#rzp";

const gatewayApi = "gateway.networking.k8s.io/v1";

/** One gateway for dev and, beside it, staging. */
export default overlay("envoy-gateway", {
  components: { proxy: { replicas: 1 } },
  objects: {
    proxies: customObject({
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      spec: { provider: { kubernetes: { envoyDeployment: { replicas: 1 } } } },
    }),
    redirect: customObject({
      apiVersion: gatewayApi,
      kind: "HTTPRoute",
      spec: {
        parentRefs: [
          {
            group: "gateway.networking.k8s.io",
            kind: "Gateway",
            name: "internal",
            sectionName: "http",
          },
        ],
      },
    }),
  },
  remove: ["objects.public"],
});
