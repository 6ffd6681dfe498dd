import { overlay } from "#rzp";

/** Its own page knows one password for all; the gateway knows who asks. */
export default overlay("zigbee2mqtt", { routes: { web: { signIn: "sso" } } });
