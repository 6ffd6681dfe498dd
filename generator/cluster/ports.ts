/** Free ports on loopback. */
import { createServer } from "node:net";

/** Finds as many free ports as there are names. Out: a port for each name; what takes one in between is told by the program that wanted it. */
export async function freePorts<Name extends string>(
  names: readonly Name[],
): Promise<Readonly<Record<Name, number>>> {
  const held = await Promise.all(names.map(hold));
  await Promise.all(held.map(({ release }) => release()));
  const entries = names.map((name, index) => [name, held[index]?.port ?? 0] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function hold(): Promise<{ readonly port: number; readonly release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const release = (): Promise<void> => new Promise((done) => server.close(() => done()));
      resolve({ port, release });
    });
  });
}
