/**
 * A PostgreSQL cluster is asked by PostgreSQL itself: a server of the image it ran with is started on the restored
 * files, with settings of its own, and ends before anything is judged. It recovers as after a crash, which is what a
 * restored snapshot is for it.
 */
import type { DrillCheck, DrillVolume } from "../src/model/drill-plan.ts";

/** Where what the server answers is put for the one who judges. */
export const answersFolder = "/answers";

/** Nothing that the cluster was set up with: no address, no certificates, no archive. */
const settings = [
  "listen_addresses=",
  "unix_socket_directories=/tmp",
  "ssl=off",
  "archive_mode=off",
  "hba_file=/tmp/hba",
  "ident_file=/tmp/ident",
  "config_file=/tmp/conf",
  "logging_collector=off",
  "log_destination=stderr",
  "shared_buffers=32MB",
];

/** Every table with its exact number of rows. */
const rows = `SELECT current_database(), table_schema || '.' || table_name,
  (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', table_schema, table_name), false, true, '')))[1]
  FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 2`;

const databases =
  "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> 'postgres' ORDER BY 1";

/** In: a volume of a PostgreSQL cluster. Out: a script for the shell of its image; it tells what is wrong instead of ending with a failure. */
export function postgresScript({
  preload,
  checks,
}: NonNullable<DrillVolume["postgres"]> & Pick<DrillVolume, "checks">): string {
  const options = [...settings, `shared_preload_libraries=${preload.join(",")}`]
    .map((setting) => `-c ${setting}`)
    .join(" ");
  return `set -u
data=$RESTORED/pgdata
fail() { { echo "$1"; tail -n 3 /tmp/log 2>/dev/null; } | head -c 800 > $ANSWERS/failed; exit 0; }
[ -f "$data/PG_VERSION" ] || fail "no PostgreSQL cluster is in it"
# A group of the volume's files may have been let in, which PostgreSQL does not start with.
chmod 700 "$data" || fail "its files belong to somebody else"
rm -f "$data/postmaster.pid" "$data/standby.signal" "$data/recovery.signal"
echo "local all all trust" > /tmp/hba; : > /tmp/ident; : > /tmp/conf
pg_ctl start -D "$data" -w -t 900 -l /tmp/log -o '${options}' > /dev/null || fail "PostgreSQL does not start on it"
ask() { psql -X -h /tmp -U postgres -v ON_ERROR_STOP=1 -AtF '\t' -d "$1" -c "$2" 2>> /tmp/log; }
ask postgres ${quoted(databases)} > $ANSWERS/databases || fail "it names no databases"
while read -r name; do
  ask "$name" ${quoted(rows)} >> $ANSWERS/rows || fail "the tables of $name cannot be read"
done < $ANSWERS/databases
${checks.flatMap(newestQuestion).join("\n")}
pg_ctl stop -D "$data" -w -m fast > /dev/null || fail "PostgreSQL does not stop"
touch $ANSWERS/done
`;
}

/** A table that is not there has no newest row; that is told by who judges. */
function newestQuestion(check: DrillCheck): string[] {
  if (check.is !== "newest-row") return [];
  const { path, table, column } = check;
  const from = table.split(".").map(identifier).join(".");
  const sql = `SELECT ${literal(path)}, ${literal(table)}, ${literal(column)}, extract(epoch FROM max(${identifier(column)})) FROM ${from}`;
  return [`ask ${quoted(path)} ${quoted(sql)} >> $ANSWERS/newest || true`];
}

const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** One word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
