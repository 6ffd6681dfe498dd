/** Images of databases and queues: where each keeps its data, and what it does not start without. */
import { repositoryOf, tagOf } from "../../release/images/references.ts";

export interface KnownImage {
  /** What its port is usually called. */
  readonly port: string;
  /** Where its data lies; undefined where that depends on a version that its tag does not say. */
  readonly data: string | undefined;
  /** What else it writes to, by the name of the volume. */
  readonly writes?: Readonly<Record<string, string>>;
  /** Arguments of its command. */
  readonly args?: readonly string[];
  /** Lines of `env`. */
  readonly env?: readonly string[];
  /** What it lacks to be of use, in words that follow `without`. */
  readonly lacks?: string;
}

/** What is known of an image, by its tag. The last two parts of its repository name it, wherever a mirror has it. */
type OfTag = (tag: string) => KnownImage;

const redisAt =
  (data: string): OfTag =>
  () => ({ port: "redis", data });

const password = 'POSTGRES_PASSWORD: secret("password")';

/**
 * docker-library/postgres, Dockerfile (`VOLUME`, `PGDATA`, /var/run/postgresql) and docker-entrypoint.sh: up to 17 the
 * volume is the data folder itself, in which initdb suffers no lost+found; from 18 on each version has a folder below it.
 *
 * In: where a tag says the version of PostgreSQL.
 */
const postgres =
  (version: RegExp): OfTag =>
  (tag) => {
    const major = Number(version.exec(tag)?.[1]);
    const data = major < 18 ? "/var/lib/postgresql/data" : "/var/lib/postgresql";
    return {
      port: "postgres",
      data: Number.isNaN(major) ? undefined : data,
      writes: { socket: "/var/run/postgresql" },
      env: [password, ...(major < 18 ? [`PGDATA: "${data}/pgdata"`] : [])],
    };
  };
const ofPostgres = postgres(/^(\d+)/);
const ofExtension = postgres(/(?:^|-)pg(\d+)/);

/**
 * docker-library/mysql, 8.4/Dockerfile.oracle, and MariaDB/mariadb-docker, 11.4/Dockerfile: `VOLUME`, the folder of the
 * socket; docker-entrypoint.sh: the password it does not start without, `datadir` taken from the arguments and made.
 * mysql-server, sql_initialize.cc: nothing may lie in that folder before, as a volume's lost+found does.
 */
const mysql =
  (socket: string, variable: string): OfTag =>
  () => ({
    port: "mysql",
    data: "/var/lib/mysql",
    writes: { socket },
    args: ["--datadir=/var/lib/mysql/data"],
    env: [`${variable}: secret("password")`],
  });

const images: Readonly<Record<string, OfTag>> = {
  "library/postgres": ofPostgres,
  // postgis/docker-postgis, pgvector/pgvector and timescale/timescaledb-docker, Dockerfile: FROM postgres.
  "postgis/postgis": ofPostgres,
  "pgvector/pgvector": ofExtension,
  "timescale/timescaledb": ofExtension,
  // timescale/timescaledb-docker-ha, Dockerfile: PGDATA=/home/postgres/pgdata/data, PGSOCKET=/home/postgres/pgdata.
  "timescale/timescaledb-ha": () => ({
    port: "postgres",
    data: "/home/postgres/pgdata",
    env: [password],
  }),
  // docker-library/redis and valkey-io/valkey-container, Dockerfile: WORKDIR /data.
  "library/redis": redisAt("/data"),
  "valkey/valkey": redisAt("/data"),
  // redis-stack/redis-stack, etc/scripts/entrypoint.redis-stack-server.sh: REDIS_DATA_DIR=/data.
  "redis/redis-stack": redisAt("/data"),
  "redis/redis-stack-server": redisAt("/data"),
  // Snapchat/KeyDB, pkg/docker/Dockerfile_Alpine, and dragonflydb/dragonfly, tools/packaging/Dockerfile.ubuntu-prod: VOLUME /data.
  "eqalpha/keydb": redisAt("/data"),
  "dragonflydb/dragonfly": redisAt("/data"),
  // bitnami/containers, scripts/*-env.sh: *_VOLUME_DIR and *_DATA_DIR.
  "bitnami/redis": redisAt("/bitnami/redis/data"),
  "bitnami/valkey": redisAt("/bitnami/valkey/data"),
  "bitnami/keydb": redisAt("/bitnami/keydb/data"),
  "library/mysql": mysql("/var/run/mysqld", "MYSQL_ROOT_PASSWORD"),
  "library/mariadb": mysql("/run/mysqld", "MARIADB_ROOT_PASSWORD"),
  // docker-library/mongo, 8.0/Dockerfile: VOLUME /data/db; docker-entrypoint.sh: it asks for a password where both are said.
  "library/mongo": () => ({
    port: "mongodb",
    data: "/data/db",
    env: ['MONGO_INITDB_ROOT_USERNAME: "root"', 'MONGO_INITDB_ROOT_PASSWORD: secret("password")'],
  }),
  // eclipse-mosquitto/mosquitto, docker/2.0-openssl/Dockerfile: VOLUME /mosquitto/data; mosquitto.conf: listener, persistence.
  "library/eclipse-mosquitto": () => ({
    port: "mqtt",
    data: "/mosquitto/data",
    lacks:
      "a configuration it listens to itself alone, is never healthy and keeps nothing: new-service mosquitto has one that does",
  }),
};

/** In: an image. Out: what is known of it; undefined where nobody has read where it keeps its data. */
export function knownImage(image: string): KnownImage | undefined {
  const repository = repositoryOf(image).replace(/^docker\.io\//, "");
  const [maker, program] = `library/${repository}`.split("/").slice(-2);
  // The images of Bitnami that stay as they are have another name.
  const name = `${maker?.replace(/^bitnamilegacy$/, "bitnami")}/${program}`;
  return Object.hasOwn(images, name) ? images[name]?.(tagOf(image) ?? "") : undefined;
}
