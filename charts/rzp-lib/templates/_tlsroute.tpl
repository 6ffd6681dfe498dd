{{/*
TLSRoutes, by host, without looking inside. From values: routes.<name> with kind: TLSRoute.
Call: {{ include "rzp-lib.kind.tlsroute" . }}
*/}}
{{- define "rzp-lib.kind.tlsroute" -}}
{{- include "rzp-lib.routes" (dict "root" . "kind" "TLSRoute") }}
{{- end }}
