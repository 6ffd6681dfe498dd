/** Whether somebody is at an address: asked of the network alone, so that nobody waits long for one that is not there. */
import { connect } from "node:net";

const patienceMs = 3_000;

/** In: an address, a port. Out: whether that is open, is refused by a machine that is there, or nobody says anything. */
export const knock = (host: string, port: number): Promise<"open" | "refused" | "silent"> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (answer: "open" | "refused" | "silent"): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => end("open"));
    socket.on("timeout", () => end("silent"));
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      end(code === "ECONNREFUSED" ? "refused" : "silent"),
    );
  });
