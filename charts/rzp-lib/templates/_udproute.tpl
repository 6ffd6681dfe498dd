{{/*
UDPRoutes, by port of the gateway. From values: routes.<name> with kind: UDPRoute.
Call: {{ template "rzp-lib.kind.udproute" . }}
*/}}
{{- define "rzp-lib.kind.udproute" -}}
{{- template "rzp-lib.routes" (dict "root" . "kind" "UDPRoute") }}
{{- end }}
