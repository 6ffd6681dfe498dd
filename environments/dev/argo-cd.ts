import { overlay } from "#rzp";

export default overlay("argo-cd", {
  chart: { values: { global: { domain: "argocd.dev.example.com" } } },
});
