/** Programs that dump a PostgreSQL server which is newer than they are: pg_dump refuses that ("pg_dump", Notes). */
import type { Connection, Endpoint, Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { repositoryOf, tagOf } from "../release/images/references.ts";

/** Problems: BACKUP_DUMP_TOO_OLD, at the image of what reads all databases of a server. */
export function olderThanServer({ outgoing, facts }: Release): Problem[] {
  return outgoing.flatMap((connection) => ofConnection(connection, facts.name));
}

function ofConnection(connection: Connection, environment: string): Problem[] {
  const { consumer, provider, readsAll } = connection;
  if (readsAll !== true) return [];
  const image = imageOf(consumer);
  const server = imageOf(provider);
  const [own, newest] = [isPostgres(image) ? majorOf(image) : undefined, majorOf(server)];
  if (image === undefined || own === undefined || newest === undefined || own >= newest) return [];
  const problem = problemAt(
    "BACKUP_DUMP_TOO_OLD",
    consumer.service.file,
    [...consumer.component.path, "image"],
    {
      message: `${consumer.service.name} dumps ${provider.service.name}, and pg_dump ${own} refuses a server of PostgreSQL ${newest}`,
      found: JSON.stringify(image),
      expected: `an image of PostgreSQL ${newest} or newer`,
      fix: isPostgres(server)
        ? `write image: "${server}"`
        : `take an image of PostgreSQL ${newest}`,
    },
    environment,
  );
  return [
    {
      ...problem,
      related: [{ file: provider.service.file, note: `${provider.service.name} runs ${server}` }],
    },
  ];
}

const imageOf = ({ component: { source } }: Endpoint): string | undefined =>
  source.kind === "workload" ? source.spec.image : undefined;

/** Tags of other images are versions of something else. */
const isPostgres = (image: string | undefined): boolean =>
  image !== undefined && /\/postgres(?:ql)?$/.test(`/${repositoryOf(image)}`);

/** Tags of PostgreSQL begin with its version, those of servers because CloudNativePG reads it there. */
function majorOf(image: string | undefined): number | undefined {
  const [, major] = /^(\d+)/.exec((image === undefined ? undefined : tagOf(image)) ?? "") ?? [];
  return major === undefined ? undefined : Number(major);
}
