/** Migrations that let nothing through: what is done, and what names nothing, would let the next change through. */
import { renderedEnvironment, renderedFolder } from "../model/paths.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** In: releases, rendered files. Out: the files that a migration of theirs speaks of. */
export function filesOfMigrations(
  releases: readonly Release[],
  paths: readonly string[],
): string[] {
  const speaks = releases.flatMap((release) =>
    migrationsOf(release).map((key) => isOfMigration(release, key)),
  );
  return speaks.length === 0 ? [] : paths.filter((path) => speaks.some((isOf) => isOf(path)));
}

/** In: releases, rendered files that change, and those there are. Out: MIGRATION_IDLE as a warning, where in no environment a file changes. */
export function idleMigrations(
  releases: readonly Release[],
  changing: readonly string[],
  present: readonly string[],
): Problem[] {
  const byService = Map.groupBy(releases, ({ service }) => service.name);
  return [...byService.values()].flatMap((ofService) =>
    [...new Set(ofService.flatMap(migrationsOf))].flatMap((key) => {
      const isIn = (paths: readonly string[]) =>
        ofService.some((release) => paths.some(isOfMigration(release, key)));
      const [release] = ofService;
      return release === undefined || isIn(changing) ? [] : [idle(release, key, isIn(present))];
    }),
  );
}

const migrationsOf = ({ service }: Release) => Object.keys(service.spec.migrations ?? {});

/** A database is in the folder of its server, and what happens to it is said by who logs in. */
function isOfMigration({ facts, service }: Release, key: string): (path: string) => boolean {
  const [kind = "", name = ""] = key.split("/");
  const folder =
    kind === "database"
      ? renderedEnvironment(facts.name)
      : renderedFolder(facts.name, service.name);
  return (path) => {
    const file = path.slice(path.lastIndexOf("/") + 1);
    return (
      path.startsWith(`${folder}/`) &&
      (file === `${kind}-${name}.yaml` ||
        (file.startsWith(`${kind}.`) && file.endsWith(`-${name}.yaml`)))
    );
  };
}

function idle({ service }: Release, key: string, isThere: boolean): Problem {
  return problemAt("MIGRATION_IDLE", service.file, ["migrations", key], {
    severity: "warning",
    target: "key",
    message: `migration \`${key}\` lets nothing through`,
    found: isThere ? `\`${key}\` as it was committed` : `no object \`${key}\` of ${service.name}`,
    expected: "a change that it lets through: it would let the next one through, too",
    fix: "take the line out",
  });
}
