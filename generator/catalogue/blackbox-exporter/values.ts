import { defineService, file } from "#rzp";

export default defineService({
  tier: "observability",
  about: "Asks services that have no metrics whether they answer",
  image: "quay.io/prometheus/blackbox-exporter:v0.28.0",
  args: ["--config.file=/etc/blackbox_exporter/config.yml"],
  size: "tiny",
  // Whom it asks follows from what the services of the cluster say: its modules are the two kinds of questions.
  files: { "/etc/blackbox_exporter/config.yml": file("config/config.yml") },
  ports: { http: 9115 },
  health: { http: "/-/healthy" },
  metrics: { port: "http" },
});
