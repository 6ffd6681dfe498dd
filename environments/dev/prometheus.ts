import { overlay } from "#rzp";

const server = { cpu: "50m", memory: "256Mi" };
const state = { cpu: "10m", memory: "64Mi" };

/** One machine carries it all: less is kept, and less asked for. */
export default overlay("prometheus", {
  chart: {
    values: {
      prometheus: {
        prometheusSpec: {
          resources: { requests: server },
          retentionSize: "4GiB",
          storageSpec: {
            volumeClaimTemplate: { spec: { resources: { requests: { storage: "5Gi" } } } },
          },
        },
      },
      alertmanager: { alertmanagerSpec: { resources: { requests: { memory: "32Mi" } } } },
      prometheusOperator: { resources: { requests: { memory: "64Mi" } } },
      "kube-state-metrics": { resources: { requests: state } },
    },
  },
  components: {
    server: { requests: server },
    alertmanager: { requests: { memory: "32Mi" } },
    operator: { requests: { memory: "64Mi" } },
    "kube-state-metrics": { requests: state },
  },
});
