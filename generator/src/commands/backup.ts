/** `npm run backup`: what is backed up in an environment, how, and the worst that can be lost. */
import { checkBackups } from "../backup/check.ts";
import { backupsOf } from "../backup/cluster.ts";
import { backupRows, listBackups } from "../backup/listing.ts";
import type { ListedBackups } from "../backup/listing.ts";
import { exitCodeOf } from "../problems/exit-code.ts";
import { placeProblems } from "../problems/place.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";
import { isRenderedIn } from "./repository-paths.ts";
import { table } from "./table.ts";

/** Exit code: 0 where `check` finds nothing about backups, 1 where more can be lost or it takes longer than allowed, 2 mistakes. */
export async function backup(invocation: Invocation): Promise<0 | 1 | 2> {
  const { environment, format } = invocation;
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  const { tree, releases: all } = platform;
  const asked = tree.environments.filter(
    (name) => environment === undefined || environment === name,
  );
  const clusters = backupsOf(all);
  const listed = asked.map((name) => {
    const releases = all.filter(({ facts }) => facts.name === name);
    const mine = clusters.find(({ cluster }) => cluster === releases[0]?.facts.clusterName);
    return listBackups(name, releases, mine ?? { volumes: [], schedules: [] });
  });
  process.stdout.write(
    format === "json" ? `${JSON.stringify(listed, null, 2)}\n` : listed.map(text).join("\n"),
  );
  const found = await placeProblems(tree.sources, {
    problems: checkBackups(all, isRenderedIn(tree.root)).filter(({ environments = asked }) =>
      environments.some((name) => asked.includes(name)),
    ),
    rejections: [],
  });
  if (format === "human") printProblems(tree.root, found, format);
  return exitCodeOf(found);
}

function text(listed: ListedBackups): string {
  const { volumes, schedules, notes } = backupRows(listed);
  if (listed.volumes.length === 0)
    return `${listed.environment}: nothing is backed up\n${notes.map((note) => `${note}\n`).join("")}`;
  return `${listed.environment}\n\n${table(volumes)}\n${table(schedules)}\n${notes.map((note) => `${note}\n`).join("")}`;
}
