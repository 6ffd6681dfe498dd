#!/bin/sh
# Dumps every database of both clusters. A dump replaces the one before only when it is whole, and is read once to see that.
set -eu

dump_cluster() {
  cluster=$1
  export PGHOST=$2 PGUSER=$3 PGPASSWORD=$4 PGCONNECT_TIMEOUT=10
  mkdir -p "/dumps/$cluster"
  databases=$(psql --no-psqlrc --dbname=postgres --tuples-only --no-align --command="select datname from pg_database where datallowconn and not datistemplate order by 1")
  for database in $databases; do
    file="/dumps/$cluster/$database.dump"
    rm -f "$file.new"
    pg_dump --format=custom --no-password --dbname="$database" --file="$file.new"
    pg_restore --list "$file.new" > /dev/null
    sync "$file.new"
    mv "$file.new" "$file"
    echo "dumped $cluster/$database"
  done
}

dump_cluster postgres "$POSTGRES_HOST" "$POSTGRES_USER" "$POSTGRES_PASSWORD"
dump_cluster postgres-vector "$POSTGRES_VECTOR_HOST" "$POSTGRES_VECTOR_USER" "$POSTGRES_VECTOR_PASSWORD"
