#!/bin/sh
# Dumps every database of both clusters. A dump replaces the one before only when it is whole, and is read once to see that.
# Each is tried, whatever became of the others; the Job fails in the end where one could not be made.
set -u
failed=0

# Not in a condition: there a shell goes on after a command that fails.
dump_database() (
  set -e
  file="/dumps/$1/$2.dump"
  rm -f "$file.new"
  pg_dump --format=custom --no-password --dbname="$2" --file="$file.new"
  pg_restore --list "$file.new" > /dev/null
  sync "$file.new"
  mv "$file.new" "$file"
  echo "dumped $1/$2"
)

dump_cluster() {
  cluster=$1
  export PGHOST=$2 PGUSER=$3 PGPASSWORD=$4 PGCONNECT_TIMEOUT=10
  mkdir -p "/dumps/$cluster"
  databases=$(psql --no-psqlrc --dbname=postgres --tuples-only --no-align --command="select datname from pg_database where datallowconn and not datistemplate order by 1")
  result=$?
  if [ "$result" -ne 0 ]; then
    echo "no database of $cluster is dumped: it cannot be asked" >&2
    failed=1
    return
  fi
  for database in $databases; do
    dump_database "$cluster" "$database"
    result=$?
    if [ "$result" -ne 0 ]; then
      echo "$cluster/$database is not dumped" >&2
      failed=1
    fi
  done
}

dump_cluster postgres "$POSTGRES_HOST" "$POSTGRES_USER" "$POSTGRES_PASSWORD"
dump_cluster postgres-vector "$POSTGRES_VECTOR_HOST" "$POSTGRES_VECTOR_USER" "$POSTGRES_VECTOR_PASSWORD"
exit "$failed"
