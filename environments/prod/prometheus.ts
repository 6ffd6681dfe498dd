import { overlay } from "#rzp";

/** The chart's claims know nothing of purposes: the class that is `standard` in environments/clusters/home.ts. */
const keptOn = { volumeClaimTemplate: { spec: { storageClassName: "longhorn" } } };

export default overlay("prometheus", {
  chart: {
    values: {
      prometheus: { prometheusSpec: { storageSpec: keptOn } },
      alertmanager: { alertmanagerSpec: { storage: keptOn } },
    },
  },
});
