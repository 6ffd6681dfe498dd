/** What operators and carriers of telemetry say with which alerts are told, and with which they are not. */
import type { CaseOf } from "./cases.ts";

const certificateNotReady: CaseOf = ({ namespace }) => {
  const series = (condition: string, of = namespace) =>
    `certmanager_certificate_ready_status{namespace="platform-cert-manager", exported_namespace="${of}", name="wildcard", condition="${condition}"}`;
  return {
    at: 40,
    fires: { [series("True")]: "0x50", [series("False")]: "1x50" },
    // Ready, another namespace's, ready after twenty minutes.
    silent: {
      [series("True")]: "0x20 1x30",
      [series("Unknown")]: "1x20 0x30",
      [series("False", "else-where")]: "1x50",
    },
    labels: { namespace, name: "wildcard" },
    summary: `Certificate wildcard in ${namespace} was not ready for 41m 0s of the last day, and is not.`,
  };
};

const secretNotReady: CaseOf = ({ namespace }) => {
  const series = (condition: string, status: string, of = namespace) =>
    `externalsecret_status_condition{namespace="platform-external-secrets", exported_namespace="${of}", name="own", condition="${condition}", status="${status}"}`;
  return {
    at: 30,
    fires: { [series("Ready", "True")]: "0x40", [series("Ready", "False")]: "1x40" },
    silent: {
      [series("Ready", "True")]: "1x40",
      [series("Ready", "False")]: "0x15 1x10 0x20",
      [series("Deleted", "False")]: "1x40",
      [series("Ready", "False", "else-where")]: "1x40",
    },
    labels: { namespace, name: "own" },
    summary: `Secret own in ${namespace} could not be fetched for 31m 0s of the last day.`,
  };
};

const sent = `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{remote_name="vector", job="p", instance="1:9090", pod="p-0"}`;
const started = `process_start_time_seconds{job="p", instance="1:9090", pod="p-0"}`;
const refused = `prometheus_remote_storage_samples_failed_total{remote_name="vector", pod="p-0"}`;
const discarded = (intentional: string) =>
  `vector_component_discarded_events_total{component_id="parsed", pod="p-0", intentional="${intentional}"}`;
const came = (sink: string) =>
  `vector_buffer_received_events_total{component_id="${sink}", buffer_id="${sink}", pod="p-0"}`;
const delivered = (sink: string, kind = "sink") =>
  `vector_component_sent_events_total{component_id="${sink}", component_kind="${kind}", pod="p-0"}`;
const busy = (sink: string, kind = "sink") =>
  `vector_utilization{component_id="${sink}", component_kind="${kind}", pod="p-0"}`;

const behind: CaseOf = () => ({
  at: 40,
  fires: { [sent]: "0+60x10 600x40", [started]: "30x50" },
  // Five minutes late, and after a restart the series of before is still there.
  silent: {
    [sent]: "0x5 0+60x50",
    [sent.replace("p-0", "p-1")]: "60x50",
    [started]: "30x50",
  },
  labels: { remote_name: "vector" },
  summary: "What Prometheus passes on to vector is 30m 0s old.",
});

const failing: CaseOf = () => ({
  at: 40,
  fires: { [refused]: "0+2x60" },
  silent: { [refused]: "7x60" },
  labels: { remote_name: "vector" },
  summary: "Samples of Prometheus that vector has refused in a quarter of an hour: 30.",
});

const discarding: CaseOf = () => ({
  at: 40,
  fires: { [discarded("false")]: "0+2x60" },
  silent: { [discarded("false")]: "7x60", [discarded("true")]: "0+2x60" },
  labels: { component_id: "parsed" },
  summary: "Events that Vector has lost at parsed in a quarter of an hour: 30.",
});

const notDelivering: CaseOf = () => ({
  at: 40,
  // A sink that waits counts no error; another node delivers.
  fires: {
    [came("store")]: "0+6x60",
    [delivered("store")]: "0+6x15 90x45",
    [came("store").replace("p-0", "p-1")]: "0+6x60",
    [delivered("store").replace("p-0", "p-1")]: "0+6x60",
  },
  silent: {
    // Both go on; nothing comes; OpenObserve is away for eight minutes; the first events since the start are one sample apart.
    [came("store")]: "0+6x60",
    [delivered("store")]: "0+6x60",
    [busy("store")]: "0.99x60",
    [came("idle")]: "7x60",
    [delivered("idle")]: "7x60",
    [busy("idle")]: "0x60",
    [came("back")]: "0+6x60",
    [delivered("back")]: "0+6x31 186x8 240+6x20",
    [came("first")]: "_x32 1 5x30",
    [delivered("first")]: "_x33 5x30",
    [busy("step", "transform")]: "1x60",
  },
  labels: { pod: "p-0", component_id: "store" },
  summary: "Vector on p-0 delivers nothing at store; events that came in ten minutes: 60.",
});

export const operatorCases = {
  CertificateNotReady: certificateNotReady,
  ExternalSecretNotReady: secretNotReady,
  RemoteWriteBehind: behind,
  RemoteWriteFailing: failing,
  VectorDiscarding: discarding,
  VectorNotDelivering: notDelivering,
} as const;
