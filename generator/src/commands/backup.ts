/** `npm run backup`: what is backed up in an environment, how, and the worst that can be lost. */
import { checkBackups } from "../backup/check.ts";
import { backupsOf } from "../backup/cluster.ts";
import { backupRows, listBackups } from "../backup/listing.ts";
import type { ListedBackups } from "../backup/listing.ts";
import { evaluateCached } from "../load/evaluate-cached.ts";
import { readTree } from "../load/tree.ts";
import { buildPlatform } from "../pipeline.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { placeProblems } from "../problems/place.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import type { Invocation } from "./arguments.ts";
import { report } from "./report.ts";
import { generatorCache, repositoryRoot } from "./repository-paths.ts";
import { table } from "./table.ts";

/** Exit code: 0 where `check` finds nothing about backups, 1 where more can be lost or it takes longer than allowed, 2 mistakes. */
export async function backup({ environment, format }: Invocation): Promise<0 | 1 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree, evaluateCached(tree, generatorCache()));
  if (value === undefined) {
    report(root, problems, format);
    return 2;
  }
  if (environment !== undefined && !tree.environments.includes(environment)) {
    report(root, [unknownEnvironment(environment, tree.environments)], format);
    return 2;
  }
  const asked = tree.environments.filter(
    (name) => environment === undefined || environment === name,
  );
  const clusters = backupsOf(value.releases);
  const listed = asked.map((name) => {
    const releases = value.releases.filter(({ facts }) => facts.name === name);
    const mine = clusters.find(({ cluster }) => cluster === releases[0]?.facts.clusterName);
    return listBackups(name, releases, mine ?? { volumes: [], schedules: [] });
  });
  process.stdout.write(
    format === "json" ? `${JSON.stringify(listed, null, 2)}\n` : listed.map(text).join("\n"),
  );
  const found = await placeProblems(tree.sources, {
    problems: checkBackups(value.releases).filter(({ environments = asked }) =>
      environments.some((name) => asked.includes(name)),
    ),
    rejections: [],
  });
  if (format === "human") report(root, found, format);
  return exitCodeOf(found);
}

function text(listed: ListedBackups): string {
  const { volumes, schedules, notes } = backupRows(listed);
  if (listed.volumes.length === 0)
    return `${listed.environment}: nothing is backed up\n${notes.map((note) => `${note}\n`).join("")}`;
  return `${listed.environment}\n\n${table(volumes)}\n${table(schedules)}\n${notes.map((note) => `${note}\n`).join("")}`;
}
