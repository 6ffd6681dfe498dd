{{/*
ServiceMonitors: Prometheus reads one port of one Service.
From values: monitors.<name>.{service, port, path, interval}; services.<service>.{component, ports}.
Call: {{ include "rzp-lib.kind.servicemonitor" . }}
*/}}
{{- define "rzp-lib.kind.servicemonitor" -}}
{{- $services := .Values.service.services | default dict }}
{{- range $name, $monitor := .Values.service.monitors }}
{{- $target := get $services $monitor.service }}
{{- if not $target }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "monitors.%s.service" $name) "text" (printf "there is no Service %q; there are: %s." $monitor.service (keys $services | sortAlpha | join ", " | default "none"))) }}
{{- end }}
{{- $ports := keys $target.ports | sortAlpha }}
{{- if not (has $monitor.port $ports) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "monitors.%s.port" $name) "text" (printf "the Service %q has no port %q; it has: %s." $monitor.service $monitor.port (join ", " $ports))) }}
{{- end }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
{{ include "rzp-lib.metadata" (dict "root" $ "kind" "ServiceMonitor" "name" $name "component" $target.component) }}
spec:
  selector:
    matchLabels:
      rzp.local/kubernetes-service: {{ quote $monitor.service }}
  endpoints:
    - port: {{ include "rzp-lib.word" $monitor.port }}
      path: {{ include "rzp-lib.word" $monitor.path }}
      interval: {{ $monitor.interval }}
{{- end }}
{{- end }}
