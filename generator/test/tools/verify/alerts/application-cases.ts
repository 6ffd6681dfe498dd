/** What Argo CD says of Applications with which alerts are told, and with which they are not. */
import type { CaseOf } from "./cases.ts";

/** A series as Prometheus has it: the labels of who was asked are beside those of the Application. */
const application = (
  name: string,
  state: Readonly<Record<string, string>>,
  pod = "argocd-application-controller-0",
) => {
  const labels = {
    namespace: "argocd",
    pod,
    exported_namespace: "argocd",
    name,
    project: name.includes(".") ? "prod-media" : name,
    autosync_enabled: "true",
    sync_status: "Synced",
    health_status: "Healthy",
    operation: "",
    ...state,
  };
  const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `argocd_app_info{${text.join(", ")}}`;
};

const labels = { environment: "prod", service: "sonarr", tier: "media" };

const outOfSync: CaseOf = () => {
  const state = { sync_status: "OutOfSync" };
  return {
    at: 40,
    fires: {
      [application("prod.sonarr", state)]: "1x50",
      [application("prod.sonarr.monitors", { ...state, operation: "sync" })]: "1x20 _x30",
      [application("prod.sonarr.monitors", state)]: "_x20 1x30",
      [application("prod.radarr", {})]: "1x50",
    },
    silent: {
      // By hand; in sync again after twenty minutes; another pod of the controller says it twice.
      [application("prod.sonarr", { ...state, autosync_enabled: "false" })]: "1x50",
      [application("prod.radarr", state)]: "1x20 _x30",
      [application("prod.radarr", {})]: "_x20 1x30",
      [application("prod.prowlarr", state, "argocd-application-controller-1")]: "1x12",
    },
    labels,
    summary: "Applications of sonarr in prod that have been out of sync for half an hour: 2.",
  };
};

const degraded: CaseOf = () => ({
  at: 20,
  fires: {
    [application("prod.sonarr", { health_status: "Degraded" })]: "1x30",
    // It is as bad as its worst Application, which tells more.
    [application("prod", { health_status: "Degraded" })]: "1x30",
  },
  silent: {
    [application("prod.sonarr", { health_status: "Progressing" })]: "1x30",
    [application("prod.radarr", { health_status: "Missing" })]: "1x10 _x20",
    [application("prod", { health_status: "Missing" })]: "1x30",
  },
  labels,
  summary:
    "Applications of sonarr in prod that Argo CD finds degraded, or without what they should have: 1.",
});

const unknown: CaseOf = () => ({
  at: 20,
  fires: { [application("prod.sonarr", { sync_status: "Unknown" })]: "1x30" },
  silent: {
    [application("prod.sonarr", { sync_status: "Unknown" })]: "1x10 _x20",
    [application("prod.radarr", { sync_status: "OutOfSync" })]: "1x30",
  },
  labels,
  summary:
    "Applications of sonarr in prod of which Argo CD cannot say whether they are in sync: 1.",
});

export const applicationCases = {
  ApplicationOutOfSync: outOfSync,
  ApplicationDegraded: degraded,
  ApplicationUnknown: unknown,
} as const;

/** More than one alert each: what a case of a kind does not have. */
export const applicationsTogether = {
  "the root alone is told of when a sync has failed": {
    alert: "ApplicationDegraded",
    series: { [application("prod", { health_status: "Degraded" })]: "1x30" },
    told: [{ environment: "prod", service: "environment", tier: "environment" }],
  },
  "the root is not told of beside one that cannot be compared": {
    alert: "ApplicationDegraded",
    series: {
      [application("prod", { health_status: "Degraded" })]: "1x30",
      [application("prod.sonarr", { sync_status: "Unknown" })]: "1x30",
    },
    told: [],
  },
  "what belongs to the environment itself has its tier": {
    alert: "ApplicationDegraded",
    series: {
      [application("prod.environment.definitions", {
        project: "prod-environment",
        health_status: "Degraded",
      })]: "1x30",
    },
    told: [{ environment: "prod", service: "environment", tier: "environment" }],
  },
  "an environment whose name has a hyphen, and one of another, are told apart": {
    alert: "ApplicationDegraded",
    series: {
      [application("home-lab.sonarr", { project: "home-lab-media", health_status: "Degraded" })]:
        "1x30",
      [application("home-lab", { health_status: "Degraded" })]: "1x30",
      [application("prod", { health_status: "Degraded" })]: "1x30",
    },
    told: [
      { environment: "home-lab", service: "sonarr", tier: "media" },
      { environment: "prod", service: "environment", tier: "environment" },
    ],
  },
  "ten are told of each by itself": {
    alert: "ApplicationUnknown",
    series: manyUnknown(10),
    told: names(10).map((service) => ({ environment: "prod", service, tier: "media" })),
  },
  "eleven are told of once": {
    alert: "ApplicationUnknown",
    series: {
      ...manyUnknown(11),
      [application("dev.sonarr", { project: "dev-media", sync_status: "Unknown" })]: "1x30",
    },
    told: [
      { environment: "prod", service: "environment", tier: "environment" },
      { environment: "dev", service: "sonarr", tier: "media" },
    ],
  },
} as const;

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `app-${index}`);
}

function manyUnknown(count: number): Record<string, string> {
  return Object.fromEntries(
    names(count).map((name) => [application(`prod.${name}`, { sync_status: "Unknown" }), "1x30"]),
  );
}
