/** Where people read what to do about an alert. */
import type { EnvironmentFacts } from "../../model/platform.ts";

/** Address of docs/runbooks in a browser: as the cluster's file says, else as most forges show the newest file of a repository. */
export function runbooksOf({ cluster: { repository } }: EnvironmentFacts): string {
  return `${repository.browse ?? browseAddress(repository.url)}/docs/runbooks`;
}

/** `git@host:path.git` and `ssh://git@host/path.git` are shown at https://host/path. */
function browseAddress(url: string): string {
  const path = url
    .replace(/\.git$/, "")
    .replace(/^(?:ssh:\/\/)?[\w.-]+@([^:/]+)(?::\d+)?[:/]/, "https://$1/");
  return `${path}/blob/HEAD`;
}
