{{/*
ServiceMonitors: Prometheus reads ports of one Service.
From values: monitors.<name>.{service, ports, path, params, interval, tls, token, keepLabels}; services.<service>.{component, ports}.
Call: {{ template "rzp-lib.kind.servicemonitor" . }}
*/}}
{{- define "rzp-lib.kind.servicemonitor" -}}
{{- $services := .Values.service.services | default dict }}
{{- range $name, $monitor := .Values.service.monitors }}
{{- $target := get $services $monitor.service }}
{{- if not $target }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "monitors.%s.service" $name) "text" (printf "there is no Service %q; there are: %s." $monitor.service (keys $services | sortAlpha | join ", " | default "none"))) }}
{{- end }}
{{- $ports := keys $target.ports | sortAlpha }}
{{- range $monitor.ports }}
{{- if not (has . $ports) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "monitors.%s.ports" $name) "text" (printf "the Service %q has no port %q; it has: %s." $monitor.service . (join ", " $ports))) }}
{{- end }}
{{- end }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ServiceMonitor" "name" $name "component" $target.component) }}
spec:
  selector:
    matchLabels:
      rzp.local/kubernetes-service: {{ quote $monitor.service }}
  endpoints:
    {{- range $monitor.ports }}
    {{- include "rzp-lib.monitor.endpoint" (dict "port" . "monitor" $monitor) | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
