{{/*
TCPRoutes, by port of the gateway. From values: routes.<name> with kind: TCPRoute.
Call: {{ template "rzp-lib.kind.tcproute" . }}
*/}}
{{- define "rzp-lib.kind.tcproute" -}}
{{- template "rzp-lib.routes" (dict "root" . "kind" "TCPRoute") }}
{{- end }}
