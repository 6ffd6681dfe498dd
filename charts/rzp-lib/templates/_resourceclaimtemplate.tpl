{{/*
ResourceClaimTemplates (dynamic resource allocation): devices of a class, by count.
From values: resourceClaims.<name>.{class, count}.
Call: {{ template "rzp-lib.kind.resourceclaimtemplate" . }}
*/}}
{{- define "rzp-lib.kind.resourceclaimtemplate" -}}
{{- range $name, $claim := .Values.service.resourceClaims }}
---
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "ResourceClaimTemplate" "name" $name) }}
spec:
  spec:
    devices:
      requests:
        - name: device
          exactly:
            deviceClassName: {{ template "rzp-lib.word" $claim.class }}
            allocationMode: ExactCount
            count: {{ int64 $claim.count }}
{{- end }}
{{- end }}
