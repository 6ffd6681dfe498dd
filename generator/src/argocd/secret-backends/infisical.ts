/** Infisical: one machine identity a tier, and its own command line to ask and to load (infisical.com/docs/cli/commands/secrets). */
import { identityName } from "../../model/names.ts";
import type { NeededSecret } from "../../release/secrets/needed.ts";
import type { BackendTool, Identity, MakeBackend, SecretValue } from "./backend.ts";

export const infisical: MakeBackend<"infisical"> = (facts, settings) => {
  const { name, operators } = facts;
  const reference = (tier: string, key: string) => ({
    name: identityName(name, tier),
    namespace: operators.secrets,
    key,
  });
  const identities = (tiers: readonly string[]) =>
    tiers.map((tier) => ({
      name: identityName(name, tier),
      namespace: operators.secrets,
      keys: ["client-id", "client-secret"],
    }));
  return {
    identities,
    provider: (tier) => ({
      infisical: {
        ...(settings.host === undefined ? {} : { hostAPI: settings.host }),
        auth: {
          universalAuthCredentials: {
            clientId: reference(tier, "client-id"),
            clientSecret: reference(tier, "client-secret"),
          },
        },
        secretsScope: {
          projectSlug: settings.project,
          environmentSlug: settings.environment,
          secretsPath: "/",
          // A value is a value: one that names another secret would read past every path.
          expandSecretReferences: false,
        },
      },
    }),
    byHand: (tiers) => [
      "# Machine identities of Infisical, one a tier; as soon as the namespace is there; the layer `configuration` waits for them.",
      "# Each command (bash, zsh) reads two lines, the client id and the client secret, which is not shown:",
      ...identities(tiers).map((identity) => `#   ${makingOf(identity)}`),
    ],
    tool: toolOf(settings),
  };
};

/** No secret is an argument, which every user of the computer can read, or in the history of a shell: `read` and `printf` are its own. */
const makingOf = ({ name, namespace }: Identity): string =>
  `read -r id && read -rs secret && printf 'client-id=%s\\nclient-secret=%s\\n' "$id" "$secret" | kubectl create secret generic ${name} --namespace ${namespace} --from-env-file=/dev/stdin`;

type Settings = Parameters<typeof infisical>[1];

function toolOf(settings: Settings): BackendTool {
  return {
    asking: (secrets) =>
      [
        ...head(settings, "Prints what is there, without values, for npm run secrets -- --have"),
        // Who may not ask gets no list, where an empty one would mean that nothing is there.
        "at export --format dotenv --path / >/dev/null",
        `for folder in ${[...new Set(secrets.map(folderOf))].join(" ")}; do`,
        '  echo "# $folder"',
        `  at export --format dotenv --path "$folder" 2>/dev/null | sed -n 's/^\\([A-Za-z][A-Za-z0-9_-]*\\)=.*/\\1=there/p' || :`,
        "done",
        "",
      ].join("\n"),
    loading: (values) =>
      [
        ...head(settings, "Puts these values there, and stops at one that is there already"),
        // Made one after the other, and those that are there stay.
        'folder() { at secrets folders create --path "$1" --name "$2" >/dev/null 2>&1 || :; }',
        ...putFunction,
        ...foldersOf(values).map(([parent, name]) => `folder ${parent} ${name}`),
        ...[...Map.groupBy(values, ({ secret }) => folderOf(secret))].flatMap(([folder, mine]) =>
          loadFolder(folder, mine),
        ),
        "",
      ].join("\n"),
  };
}

/** To replace a value under a database that has it would lock its service out. The tool's answer repeats the values. */
const putFunction = [
  "put() {",
  '  there=$(at export --format dotenv --path "$1")',
  "  values=$(cat)",
  "  for name in $(printf '%s\\n' \"$values\" | sed 's/=.*//'); do",
  '    if printf \'%s\\n\' "$there" | grep -q "^$name="; then',
  '      echo "$1/$name is there already: nothing more was put there" >&2',
  "      exit 1",
  "    fi",
  "  done",
  '  printf \'%s\\n\' "$values" | at secrets set --path "$1" --file /dev/stdin >/dev/null',
  "}",
];

function head({ host, project, environment }: Settings, about: string): string[] {
  return [
    "#!/bin/sh",
    `# ${about}. Infisical, project ${project}, environment ${environment}; after \`infisical login\`.`,
    "set -eu",
    ...(host === undefined ? [] : [`export INFISICAL_API_URL=${host}/api`]),
    `: "\${INFISICAL_PROJECT_ID:?set it to the id of project ${project}}"`,
    `at() { infisical "$@" --projectId "$INFISICAL_PROJECT_ID" --env ${environment}; }`,
  ];
}

/** What a person has to fill in is a comment. */
function loadFolder(folder: string, values: readonly SecretValue[]): string[] {
  const [known, unknown] = [true, false].map((isKnown) =>
    values.filter(({ value }) => (value !== undefined) === isKnown),
  );
  return [
    ...(unknown ?? []).map(({ secret }) => `# by hand: ${secret.path}`),
    ...(known === undefined || known.length === 0
      ? []
      : [
          `put ${folder} <<'END'`,
          ...known.map(({ secret, value }) => `${secret.key}='${value}'`),
          "END",
        ]),
  ];
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

/** The folder a secret lies in; of a whole folder itself. */
const folderOf = ({ path, key }: NeededSecret) => (key === undefined ? path : parentOf(path));

/** Every folder on the way, outer ones first. */
function foldersOf(values: readonly SecretValue[]): [parent: string, name: string][] {
  const all = new Set(
    values.flatMap(({ secret }) => {
      const names = folderOf(secret).slice(1).split("/");
      return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
    }),
  );
  return [...all]
    .sort()
    .map((path) => [parentOf(path) || "/", path.slice(path.lastIndexOf("/") + 1)]);
}
