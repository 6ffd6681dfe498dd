/** What can be seen of a restore drill: its results, and what there is where it could leave something behind. */
import type { Api } from "../../../cluster/api.ts";
import { waitFor } from "../../../cluster/wait.ts";
import type { Result } from "../../../drill/results.ts";
import { allIn } from "../leftovers.ts";
import { restoresPath } from "./velero.ts";

const namespace = "storage-restore-drill";
const map = "restore-drill-results";

/** Results by service, as they are kept. */
export async function resultsOf(api: Api): Promise<Readonly<Record<string, Result>>> {
  const path = `/api/v1/namespaces/${namespace}/configmaps/${map}`;
  const { status, body } = await api.call("GET", path);
  if (status === 404) return {};
  const { data = {} } = body as { readonly data?: Readonly<Record<string, string>> };
  return Object.fromEntries(
    Object.entries(data).map(([name, text]) => [
      name.replace("prod.", ""),
      JSON.parse(text) as Result,
    ]),
  );
}

/** All there is in the drill's namespace but for its results, all Restores, volumes and namespaces. */
export const surroundings = (api: Api): Promise<readonly string[]> =>
  // An API server that was started anew does not serve all kinds at once.
  waitFor(() => lookAround(api), { for: "all kinds to be served", seconds: 60, every: 500 });

async function lookAround(api: Api): Promise<readonly string[]> {
  const paths = [restoresPath, "/api/v1/persistentvolumes", "/api/v1/namespaces"];
  const found = await Promise.all(
    paths.map(async (path) => {
      const all = await api.list(path);
      return all.map(({ metadata }) => `${path.split("/").at(-1)} ${metadata.name}`);
    }),
  );
  const own = await allIn(api, namespace);
  return [...own.filter((name) => name !== `configmaps ${map}`), ...found.flat()];
}

/** Waits until a Job is half-way: some services are done, and another is being restored. */
export async function halfWay(api: Api, job: string): Promise<void> {
  const claims = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
  await waitFor(
    async () => {
      const done = Object.values(await resultsOf(api)).filter(({ run }) => run === job);
      return done.length >= 2 && (await api.list(claims)).length > 0;
    },
    { for: `${job} to be half-way`, seconds: 60, every: 20 },
  );
}
