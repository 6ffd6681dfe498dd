/** Files RZP writes itself, from facts of all services of a cluster. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { WrittenFile } from "../../model/written-files.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { dashboardsText } from "../monitoring/dashboards.ts";
import { drillPlanText } from "../drill.ts";
import { logPipelineText } from "../monitoring/log-pipeline.ts";

/** In: such a file of a container. Out: its text. */
export function writtenText(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
  file: WrittenFile,
): string {
  switch (file.writes) {
    case "log-pipeline":
      return logPipelineText(release, component, container, file);
    case "dashboards":
      return dashboardsText(release);
    case "restore-plan":
      return drillPlanText(release);
  }
}
