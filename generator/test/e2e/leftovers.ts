/** All there is in a namespace, of whatever kind: what something left behind is the difference of two looks. */
import type { Api } from "../../cluster/api.ts";

interface Groups {
  readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
}

interface Resources {
  readonly resources: readonly {
    readonly name: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

/** Out: `resource name`, sorted. Events go by themselves. */
export async function allIn(api: Api, namespace: string): Promise<string[]> {
  const { groups } = await api.get<Groups>("/apis");
  const bases = ["/api/v1", ...groups.map((one) => `/apis/${one.preferredVersion.groupVersion}`)];
  const found = await Promise.all(
    bases.map(async (base) => {
      const { resources } = await api.get<Resources>(base);
      const listed = resources.filter(
        ({ name, namespaced, verbs }) =>
          namespaced && verbs.includes("list") && !name.includes("/") && name !== "events",
      );
      return Promise.all(
        listed.map(async ({ name }) =>
          (await api.list(`${base}/namespaces/${namespace}/${name}`)).map(
            ({ metadata }) => `${name} ${metadata.name}`,
          ),
        ),
      );
    }),
  );
  return found.flat(2).toSorted();
}
