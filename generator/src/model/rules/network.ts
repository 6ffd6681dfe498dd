/** Rules of network. */
export const networkRules = {
  "default-deny": {
    says: "In a namespace nothing comes in and nothing goes out but what is declared.",
    source: "Kubernetes, Network Policies: default deny all ingress and all egress traffic",
  },
  "dns-reached": { says: "Pods may ask the cluster's DNS, over UDP and TCP." },
  "dns-left-out": {
    says: "Pods with name servers of their own may not ask the cluster's, unless it is one of these.",
  },
  "policy-written-once": {
    says: "What two facts let through is written once, in the policy of the first or of the wider one.",
  },
  "provider-reached": { says: "Who consumes a service may call the ports it names, and no other." },
  "consumer-accepted": { says: "A service lets in who consumes it, at the ports they name." },
  "operator-tends": { says: "An operator reaches what it tends, and is let in there." },
  "instances-follow": { says: "Instances of a database cluster reach each other." },
  "gateway-accepted": { says: "A gateway is let in where a route of its audience leads." },
  "gateway-reaches": { says: "A gateway may call where routes of its audience lead." },
  "gateway-clients-accepted": {
    says: "The internal gateway answers the home network, the public one everybody: at the ports of its proxies, and where routes for tcp and udp have theirs. Proxies listen 10000 higher than a port below 1024.",
    source: "Envoy Gateway: listeners at privileged ports",
  },
  "drill-asks": {
    says: "The restore drill asks services it has started, in its own namespace, at the port of their health.",
  },
  "scraper-accepted": { says: "The scraper is let in where metrics are." },
  "prober-accepted": { says: "The prober is let in where a component without metrics is asked." },
  "prober-reaches": { says: "The prober may call what it asks whether it is alive." },
  "scraper-reaches": { says: "The scraper may call where metrics are." },
  "clients-accepted": { says: "An exposure lets in the clients it names." },
  "nodes-stand-for-clients": {
    says: "Unless a load balancer keeps the client's address, a pod sees that of a node.",
    source: "Kubernetes, Service: externalTrafficPolicy",
  },
  "callers-accepted": {
    says: "Callers that are no pods come from nodes, or with the address of a node's tunnel in the pod network.",
  },
  "internet-reached": {
    says: "The internet is every address but private ones and those of the cluster and the home.",
    source: "RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291",
  },
  "host-reached": { says: "A host of the home network is reached at its address alone." },
  "apiserver-reached": {
    says: "Who asks the API server, has an account or is an instance of a database cluster reaches its addresses.",
  },
  "nameservers-reached": { says: "Nameservers of its own may be asked, over UDP and TCP." },
  "sign-in-provider-reached": {
    says: "A gateway may call the sign-in provider of every environment of its cluster that has a route with `sso` through it; its controller, those of all routes.",
    source:
      "Envoy Gateway: the controller reads the provider's endpoints, the proxy fetches tokens",
  },
  "sign-in-accepted": {
    says: "Proxies of the gateway that a sign-in provider is behind let in the gateways and the controller that may call it: they come as pods, not as clients.",
  },
  "receiver-reached": {
    says: "Alertmanager may call the receivers of its environment's alerts: servers of e-mail at their ports, all others by https.",
  },
  "nodes-reached": { says: "Who reaches nodes does so at their network." },
  "host-network-unselectable": {
    says: "Network policies do not act on pods that use their node's network.",
    source: "Kubernetes, Network Policies: hostNetwork Pods",
  },
} as const;
