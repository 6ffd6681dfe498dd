import { overlay } from "#rzp";

const server = { cpu: "50m", memory: "256Mi" };
/** The chart's claims know nothing of purposes: the class that is `standard` in environments/clusters/lab.ts. */
const storageClassName = "local-path";
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
            volumeClaimTemplate: {
              spec: { storageClassName, resources: { requests: { storage: "5Gi" } } },
            },
          },
        },
      },
      alertmanager: {
        alertmanagerSpec: {
          resources: { requests: { memory: "32Mi" } },
          storage: { volumeClaimTemplate: { spec: { storageClassName } } },
        },
      },
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
