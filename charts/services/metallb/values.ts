import { because, cluster, customObject, defineChart } from "#rzp";

const requests = { cpu: "20m", memory: "64Mi" };
const resources = { requests, limits: { memory: "256Mi" } };
const priorityClassName = "tier-network";

export default defineChart({
  tier: "network",
  about: "Gives load balancers an address of the home network and answers for it",
  chart: {
    from: "https://metallb.github.io/metallb/metallb",
    version: "0.16.1",
    brings: ["metallb.io"],
    values: {
      controller: { resources, priorityClassName },
      // Addresses are announced by ARP; no router speaks BGP here.
      speaker: { resources, priorityClassName, frr: { enabled: false } },
      frrk8s: { enabled: false },
      prometheus: { rbacPrometheus: false },
    },
  },
  components: {
    controller: {
      pods: {
        "app.kubernetes.io/name": "metallb",
        "app.kubernetes.io/component": "controller",
      },
      ports: { "webhook-server": 9443 },
      calledBy: ["apiserver"],
      reaches: { apiserver: ["https"] },
      requests,
    },
    speaker: {
      pods: { "app.kubernetes.io/name": "metallb", "app.kubernetes.io/component": "speaker" },
      hostNetwork: because(true, "answers ARP requests on the node's interfaces"),
      requests,
      everyNode: true,
      tolerates: { "node-role.kubernetes.io/control-plane": "NoSchedule" },
    },
  },
  objects: {
    pool: customObject({
      apiVersion: "metallb.io/v1beta1",
      kind: "IPAddressPool",
      spec: { addresses: cluster("addressPool"), autoAssign: true },
    }),
    announcement: customObject({
      apiVersion: "metallb.io/v1beta1",
      kind: "L2Advertisement",
      spec: { ipAddressPools: ["pool"] },
    }),
  },
});
