/** The generated files of a service's chart: everything beside values.ts and config/. */
import { releaseValuesPath, serviceFile, serviceFolder } from "../model/paths.ts";
import type { AuthoredService } from "../model/service.ts";
import type { HelmValues } from "../model/values/service.ts";
import { markedFile } from "../output/marker.ts";
import type { CommentStyle } from "../output/marker.ts";
import { yaml } from "../output/yaml.ts";
import type { OutputFile } from "../output/files.ts";
import { registryFile } from "./types/registry.ts";

/** The one template of every service chart. */
const serviceTemplate = '{{ include "rzp-lib.service" . }}\n';

/** In: a service. Out: Chart.yaml, values.yaml, .helmignore, the template and registry.d.ts. */
export function chartFiles(service: string, authored: AuthoredService): OutputFile[] {
  const folder = serviceFolder(service);
  const source = serviceFile(service);
  const file = (name: string, body: string, comment: CommentStyle = "#") =>
    markedFile({ path: `${folder}/${name}`, source, comment, body });
  return [
    file("Chart.yaml", chartYaml(service, authored)),
    file("values.yaml", "service: {}\n"),
    file(".helmignore", "values.ts\nregistry.d.ts\nci/\n"),
    file("registry.d.ts", registryFile(service, authored), "//"),
    file("templates/all.yaml", serviceTemplate, "{{/*"),
  ];
}

function chartYaml(service: string, authored: AuthoredService): string {
  return yaml({
    apiVersion: "v2",
    name: service,
    description: authored.spec.about,
    type: "application",
    version: "0.1.0",
    dependencies: [
      {
        name: "rzp-lib",
        version: ">=0.1.0-0",
        repository: "file://../../rzp-lib",
        alias: "service",
      },
    ],
  });
}

/** The complete values of one environment, as `ct` and plain Helm read them. */
export function valuesFile(
  release: { service: string; environment: string },
  text: string,
): OutputFile {
  return markedFile({
    path: releaseValuesPath(release.service, release.environment),
    source: serviceFile(release.service),
    comment: "#",
    body: text,
  });
}

/** The values of a release as YAML. */
export function valuesText(values: HelmValues): string {
  return yaml(withNulls(values));
}

/** Plain Helm merges the library's defaults: a key one of them would bring back is set to null. */
function withNulls(values: HelmValues): unknown {
  const { podLabels } = values.service.dns;
  const defaults = { "k8s-app": null };
  return {
    service: {
      ...values.service,
      dns: { ...values.service.dns, podLabels: { ...defaults, ...podLabels } },
    },
  };
}
