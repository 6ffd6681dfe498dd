import { overlay } from "#rzp";

/** No provider knows a throw-away secret: here its own page asks. */
export default overlay("qbittorrent", { routes: { web: { signIn: "own" } } });
