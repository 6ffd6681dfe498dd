{{/*
TLSRoutes, by host, without looking inside. From values: routes.<name> with kind: TLSRoute.
Call: {{ template "rzp-lib.kind.tlsroute" . }}
*/}}
{{- define "rzp-lib.kind.tlsroute" -}}
{{- template "rzp-lib.routes" (dict "root" . "kind" "TLSRoute") }}
{{- end }}
