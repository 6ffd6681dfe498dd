/** Where `infra` finds its credentials is somewhere that is there. */
import { clusterFile } from "../model/paths.ts";
import type { AuthoredTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";

/** Problems: CREDENTIALS_ELSEWHERE. A carrier that is not there is told elsewhere. */
export function checkCredentials({ clusters, environments }: AuthoredTree): Problem[] {
  return [...clusters].flatMap(([name, { credentials, carrier }]) => {
    const backend = environments.get(carrier)?.secrets.backend;
    if (credentials !== "infisical" || backend === undefined || backend === "infisical") return [];
    return [
      problemAt("CREDENTIALS_ELSEWHERE", clusterFile(name), ["credentials"], {
        message: `credentials are in Infisical, and ${carrier}, which carries ${name}, has the backend ${backend}`,
        found: JSON.stringify(credentials),
        expected: `"file", or the backend infisical in ${carrier}`,
        fix: 'write credentials: "file"',
      }),
    ];
  });
}
