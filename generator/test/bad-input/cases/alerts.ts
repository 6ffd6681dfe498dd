/** Promises nobody can keep or measure, and alerts that nobody is told of. */
import { dev, home, prod, recyclarr, sonarr, tiers, vector } from "../change.ts";
import type { Change, Cases } from "../change.ts";

const objective = (value: string): Change => ({ in: sonarr, replace: '  tier: "media",\n', by: `  tier: "media",\n  objective: ${value},\n` });
/** Vector stands for what runs Prometheus and Alertmanager. */
const carrier: Change = {
  in: home,
  replace: '{ namespace: "observability-prometheus", podLabels: { "app.kubernetes.io/name": "prometheus" } }',
  by: '{ namespace: "observability-vector", podLabels: { "app.kubernetes.io/name": "vector" } }',
};
/** All of Prometheus, as a chart of which no copy is kept. */
const stack: Change[] = [
  {
    in: "charts/services/prometheus/values.ts",
    text: `import { because, defineChart } from "#rzp";

export default defineChart({
  tier: "observability",
  about: "Reads metrics of everything, and passes alerts on",
  chart: { from: "oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack", version: "88.5.3" },
  components: {
    server: {
      pods: { "app.kubernetes.io/name": "prometheus" },
      rendered: because(false, "the operator makes these pods"),
      podSecurity: "restricted",
    },
  },
});
`,
  },
  { in: prod, replace: '"vector"', by: '"prometheus", "vector"' },
];
const unguarded = 'deadMansSwitch: { because: "not asked here", value: false }, ';
const alerts = (more: string, where = prod): Change => ({ in: where, replace: "  secrets:", by: `  alerts: { ${more.includes("deadMansSwitch") ? "" : unguarded}receivers: { phone: { ntfy: { secret: "ntfy" } }, chat: { discord: { secret: "discord" } } }, ${more} },\n  secrets:` });
const mail = (server: string, more = "", reaches = "receivers: true"): Change[] => [
  carrier,
  { in: prod, replace: "  secrets:", by: `  alerts: { ${unguarded}receivers: { mail: { email: "me@example.com", from: "alerts@example.com", server: "${server}"${more} } }, otherwise: "mail" },\n  secrets:` },
  { in: vector, replace: `reaches: { apiserver: ["https"] }`, by: `reaches: { apiserver: ["https"], ${reaches} }` },
];

export const alertCases: Cases = {
  "objective-of-everything": objective("100"),
  "objective-beyond-measure": objective("99.999"),
  "objective-that-is-never-told": objective("90"),
  "objective-of-a-tier-that-is-never-told": { in: tiers, replace: 'layer: "applications", priority: 300_000, objective: 99', by: 'layer: "applications", priority: 300_000, objective: 60' },
  "objective-switched-off-without-reason": objective("false"),
  "objective-of-a-job": { in: recyclarr, replace: '  tier: "media",\n', by: '  tier: "media",\n  objective: 99.9,\n' },
  "receiver-misspelt": [carrier, alerts('otherwise: "phon"')],
  "receiver-of-a-route-unknown": [carrier, alerts('otherwise: "phone", routes: [{ to: "chatt", severities: ["warning"] }]')],
  "receiver-of-the-switch-unknown": [carrier, alerts('otherwise: "phone", deadMansSwitch: { to: "healthchecks" }')],
  "alerts-without-a-switch": [...stack, { in: prod, replace: "  secrets:", by: '  alerts: { receivers: { phone: { ntfy: { secret: "ntfy" } } }, otherwise: "phone" },\n  secrets:' }],
  "alerts-without-a-switch-and-without-reason": [carrier, alerts('otherwise: "phone", deadMansSwitch: false')],
  "quiet-hours-without-a-zero": [carrier, alerts('otherwise: "phone", quietHours: { from: "22:00", to: "7:00" }')],
  "quiet-hours-of-the-whole-day": [carrier, alerts('otherwise: "phone", quietHours: { from: "07:00", to: "07:00" }')],
  "route-of-an-unknown-tier": [carrier, alerts('otherwise: "phone", routes: [{ to: "chat", tiers: ["medya"] }]')],
  "route-of-an-unknown-environment": [carrier, alerts('otherwise: "phone", routes: [{ to: "chat", environments: ["staging"] }]')],
  "alerts-where-prometheus-is-not": [carrier, alerts('otherwise: "phone"', dev)],
  "mail-through-a-port-nobody-reaches": mail("smtp.example.com:465", "", 'internet: ["https", "587/tcp"]'),
  "mail-through-a-port-that-does-not-exist": mail("smtp.example.com:70000"),
  "mail-through-an-address-at-home": mail("10.0.10.1:25"),
  "mail-through-an-address-at-home-without-a-name": mail("10.0.10.77:25"),
  "mail-through-an-address-of-another-host": mail("10.0.10.1:25", ', at: { lan: "nas" }'),
  "mail-through-an-unknown-host": mail("mail.example.com:25", ', at: { lan: "routr" }'),
  "mail-through-a-service-nobody-consumes": mail("postgres-rw.data-postgres.svc.cluster.local:25"),
  "mail-through-a-service-that-is-not-there": mail("mail.network-mail.svc:25"),
  "alerts-that-nobody-is-told-of": stack,
  "alerts-told-to-nobody-where-prometheus-is-not": [carrier, alerts('otherwise: "phone"'), { in: dev, replace: "  secrets:", by: '  alerts: { because: "what is tried here wakes nobody", value: false },\n  secrets:' }],
  "alerts-told-to-nobody-without-reason": [carrier, { in: prod, replace: "  secrets:", by: "  alerts: false,\n  secrets:" }],
  "alerts-without-prometheus": alerts('otherwise: "phone"'),
};
