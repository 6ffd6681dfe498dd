import { because, defineComposedService, file, pod, restorePlan, schedule } from "#rzp";

// Node itself takes most of what they ask for.
const resources = { cpu: "10m", memory: "128Mi" };
const image = "docker.io/library/node:26.10.0-slim";
const program = "/app/drill.mjs";
const plan = "/app/plan.json";
/** The certificate of the API server, for Node's own client. */
const env = { NODE_EXTRA_CA_CERTS: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt" };
const files = { [program]: file("config/drill.mjs"), [plan]: restorePlan() };

export default defineComposedService({
  tier: "storage",
  about: "Restores the newest backup of every service in turn and looks whether its data is there",
  components: {
    // Its name is that of its objects, so the CronJob is called after the service.
    main: {
      image,
      runs: schedule("0 3 1 * *", { endsWithin: "23h", retries: 2 }),
      command: ["node", program, "run"],
      files,
      env: { ...env, POD_NAME: pod("metadata.name") },
      resources,
      // What a Restore may bring back where it likes is up to Velero, in whose namespace RZP lets it ask for one; in its
      // own namespace it may do what it needs.
      account: {
        namespace: {
          pods: because(
            ["get", "list", "create", "deletecollection"],
            "looks at restored data in a pod of its own",
          ),
          persistentvolumeclaims: ["get", "list", "deletecollection"],
          configmaps: ["create", "deletecollection"],
          secrets: ["deletecollection"],
          serviceaccounts: ["deletecollection"],
          "deployments.apps": ["get", "deletecollection"],
          "statefulsets.apps": ["get", "deletecollection"],
          events: ["create"],
        },
        named: { configmaps: { "restore-drill-results": ["get", "patch"] } },
      },
      stopsWithin: "10m",
      reaches: { apiserver: ["https"] },
    },
    // Gives Prometheus what came of it; a job ends before anybody could ask it.
    results: {
      image,
      command: ["node", program, "serve"],
      files,
      env,
      resources,
      ports: { metrics: 9090 },
      health: { http: "/healthz" },
      metrics: { port: "metrics" },
      account: { named: { configmaps: { "restore-drill-results": ["get"] } } },
      reaches: { apiserver: ["https"] },
    },
  },
});
