/** Rules of routes. */
export const routeRules = {
  "route-gateway": {
    says: "The audience of a route decides the gateway it goes through.",
    source: "Gateway API, parentRefs",
  },
  "route-hosts": {
    says: "A route answers to its hosts; one label gets the environment's domain.",
    source: "Gateway API, hostnames",
  },
  "route-requests": {
    says: "A route takes what its rules or paths say, all of it unless they do, and leads to one of its service's ports.",
    source: "Gateway API, HTTPRoute rules",
  },
  "route-timeout": {
    says: "An answer takes as long as it takes, unless a route or its rule limits it.",
    source: "Gateway API, timeouts.request; Envoy's own limit is 15 seconds",
  },
  "route-sign-in": {
    says: "Who asks for a password on a route is said in the file; on a public route somebody must. With `sso` the gateway asks the environment's provider.",
    source: "Envoy Gateway, SecurityPolicy oidc",
  },
  "sign-in-secret": {
    says: "The gateway proves itself to the provider with a Secret in the namespace of the route.",
    source: "Envoy Gateway, SecurityPolicy oidc.clientSecret",
  },
  "provider-reached": {
    says: "What signs people in may call the providers of all environments of its cluster, where these are.",
    source: "Envoy Gateway: the controller reads the provider's endpoints, the proxy fetches tokens",
  },
  "gateway-listeners": {
    says: "A gateway listens for every domain of its cluster, with a certificate each, for hosts beside them, and on the ports routes ask for.",
    source: "Gateway API, Gateway listeners",
  },
} as const;
