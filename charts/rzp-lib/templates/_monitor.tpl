{{/*
What ServiceMonitors and PodMonitors share: how one port is read.
Reads: port, monitor.{path, params, interval, keepLabels}.
Call: {{- include "rzp-lib.monitor.endpoint" (dict "port" . "monitor" $monitor) | nindent 4 }}
*/}}
{{- define "rzp-lib.monitor.endpoint" -}}
- port: {{ template "rzp-lib.word" .port }}
  path: {{ template "rzp-lib.word" .monitor.path }}
  {{- with .monitor.params }}
  params:
    {{- range $name, $values := . }}
    {{ quote $name }}:
      {{- range $values }}
      - {{ quote . }}
      {{- end }}
    {{- end }}
  {{- end }}
  interval: {{ .monitor.interval }}
  {{- if .monitor.keepLabels }}
  honorLabels: true
  {{- end }}
{{- end }}
