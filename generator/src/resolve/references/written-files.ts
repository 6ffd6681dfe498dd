/** What files that RZP writes need beside them. */
import type { ResolvedComponent } from "../../model/platform.ts";
import type { LogPipeline } from "../../model/written-files.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { containerKeys } from "../../release/entry-keys.ts";
import { checkOffer } from "./offers.ts";
import type { OfferSite } from "./offers.ts";
import type { Site } from "../site.ts";

/** Problems: FROM_WITHOUT_CONSUMES, FROM_UNKNOWN_KEY, FILE_MISSING. */
export function checkWrittenFiles(
  site: OfferSite,
  component: ResolvedComponent,
  container: AuthoredContainer,
): Problem[] {
  const { service } = site.release;
  return Object.entries(container.spec.files ?? {}).flatMap(([path, file]) => {
    if (typeof file !== "object" || !("writes" in file) || file.writes !== "log-pipeline")
      return [];
    const keys = containerKeys({ service, component }, container, "files", path);
    return [
      ...checkOffer(site, component, [...keys, "store"], { from: file.store, key: "url" }),
      ...checkPassword(site, container, keys, file),
    ];
  });
}

/** Vector reads secrets from files, so the password is one beside its configuration. */
function checkPassword(
  { report }: Site,
  { spec }: AuthoredContainer,
  keys: Keys,
  { password }: LogPipeline,
): Problem[] {
  const files = Object.entries(spec.files ?? {}).flatMap(([path, file]) =>
    typeof file === "object" && ("secret" in file || "from" in file) ? [path] : [],
  );
  if (files.includes(password)) return [];
  return [
    report("FILE_MISSING", [...keys, "password"], {
      message: `no secret is mounted at \`${password}\``,
      ...choice(password, files, `add "${password}": from("openobserve", "password") to files`),
    }),
  ];
}
