import { because, overlay } from "#rzp";

export default overlay("bazarr", {
  routes: {
    web: { signIn: because("none", "dev has throw-away secrets: no provider would know it") },
  },
});
