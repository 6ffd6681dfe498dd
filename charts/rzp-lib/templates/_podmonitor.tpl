{{/*
PodMonitors: Prometheus reads ports of pods that have no Service of ours.
From values: podMonitors.<name>.{component, selects, ports, path, params, interval, tls, token, keepLabels}.
Call: {{ template "rzp-lib.kind.podmonitor" . }}
*/}}
{{- define "rzp-lib.kind.podmonitor" -}}
{{- range $name, $monitor := .Values.service.podMonitors }}
{{- if not (or $monitor.selects $monitor.component) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "podMonitors.%s" $name) "text" "says no pods; give component or selects.") }}
{{- end }}
{{- if not $monitor.selects }}
{{- template "rzp-lib.component.check" (dict "root" $ "key" (printf "podMonitors.%s.component" $name) "component" $monitor.component) }}
{{- end }}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PodMonitor" "name" $name "component" $monitor.component) }}
spec:
  selector:
    matchLabels:
      {{- if $monitor.selects }}
      {{- include "rzp-lib.pairs" $monitor.selects | nindent 6 }}
      {{- else }}
      {{- include "rzp-lib.selector" (dict "root" $ "component" $monitor.component) | nindent 6 }}
      {{- end }}
  podMetricsEndpoints:
    {{- range $monitor.ports }}
    {{- include "rzp-lib.monitor.endpoint" (dict "port" . "monitor" $monitor) | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
