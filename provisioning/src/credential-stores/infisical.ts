/**
 * Credentials in a folder of Infisical, read with a machine identity (universal auth). It asks as External Secrets does, which knows
 * a project by its slug too: `/api/v3/secrets/raw`; the newer version wants the project's id.
 */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import type { Wait } from "../http-answer.ts";
import { infisicalApi, Denied, type InfisicalApi } from "./infisical-api.ts";
import type { CredentialStore } from "./store.ts";

export interface InfisicalOptions {
  readonly cluster: string;
  /** `https://app.infisical.com`. */
  readonly host: string;
  /** Slug of the project, and of its environment. */
  readonly project: string;
  readonly environment: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Another one in tests. */
  readonly wait?: Wait;
}

/** Variables of the machine identity, as Infisical's own tool reads them. */
export const identityVariables = {
  clientId: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID",
  clientSecret: "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET",
} as const;

/** Beside `/services` and `/edges`, which are the cluster's. */
const folderOf = (cluster: string): string => `/infra/${cluster}`;

/** In: where it is, and who asks. Out: a store that is only read. Problems: CREDENTIALS_UNREADABLE; CREDENTIAL_MISSING from `set`, which says where to write it. */
export function infisicalStore(options: InfisicalOptions): CredentialStore {
  const { cluster, project, environment } = options;
  const folder = folderOf(cluster);
  const place = `${folder} in environment ${environment} of project ${project}`;
  return {
    place: `Infisical, ${place}`,
    read: async () => {
      try {
        return await readFolder(infisicalApi(options), { project, environment, folder });
      } catch (error) {
        if (!(error instanceof Denied)) throw error;
        return denied(options, place, error);
      }
    },
    set: async (name) =>
      problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["credentials"], {
        message: "credentials of this cluster are kept in Infisical, which `infra` only reads",
        expected: `${name} in ${place}`,
        fix: `write it there: infisical secrets set --path ${folder} --env ${environment} --file <file with ${name}=…>`,
      }),
  };
}

interface Secret {
  readonly secretKey: string;
  readonly secretValue: string;
  readonly secretValueHidden?: boolean;
}

async function readFolder(
  api: InfisicalApi,
  at: { readonly project: string; readonly environment: string; readonly folder: string },
): Promise<ReadonlyMap<string, string>> {
  const query = new URLSearchParams({
    workspaceSlug: at.project,
    environment: at.environment,
    secretPath: at.folder,
    // A value is a value, and what another folder shares is not ours.
    expandSecretReferences: "false",
    include_imports: "false",
  });
  const { secrets = [] } = (await api.get(`/api/v3/secrets/raw?${query}`)) as {
    secrets?: readonly Secret[];
  };
  const hidden = secrets.find(({ secretValueHidden }) => secretValueHidden === true);
  if (hidden !== undefined)
    throw new Denied(403, `it may know that there is ${hidden.secretKey}, and not read its value`);
  return new Map(secrets.map(({ secretKey, secretValue }) => [secretKey, secretValue]));
}

function denied({ cluster, host }: InfisicalOptions, place: string, error: Denied): Problem {
  const text = textOf(error, place, host);
  return problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], text);
}

/** By what Infisical says: wrong credentials are 401, no privilege is 403, no such project 404. */
function textOf({ status, message }: Denied, place: string, host: string) {
  switch (status) {
    case 401:
      return {
        message: `Infisical refuses the machine identity: ${message}`,
        expected: `an identity with universal auth that may read ${place}`,
        fix: `export ${identityVariables.clientId} and ${identityVariables.clientSecret} of one; three wrong tries lock it for some minutes`,
      };
    case 403:
      return {
        message: `the machine identity may not read ${place}: ${message}`,
        expected: "the right to read secrets and their values there, no more",
        fix: "give the identity a role with that right in the project",
      };
    case 404:
      return {
        message: `Infisical has nothing of that name: ${message}`,
        expected: place,
        fix: "mend project or environment in `secrets` of the carrier, or make it",
      };
    case 429:
      return {
        message: `Infisical is asked too often: ${message}`,
        expected: "an answer",
        fix: "wait a minute, and run the command again",
      };
    default:
      return {
        message: `${host} does not answer as Infisical does: ${message}`,
        expected: "the API of Infisical",
        fix: "mend `secrets.host` of the carrier, start it, or export the variables that `infra` needs",
      };
  }
}
