{{/*
PersistentVolumeClaims. Never pruned. With `volume` a claim binds that PersistentVolume and no class
may make another one; without `class` the cluster's default class makes it.
From values: claims.<name>.{size, class, access, volume}.
Call: {{ template "rzp-lib.kind.persistentvolumeclaim" . }}
*/}}
{{- define "rzp-lib.kind.persistentvolumeclaim" -}}
{{- range $name, $claim := .Values.service.claims }}
{{- if and $claim.volume $claim.class }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "claims.%s.class" $name) "text" "a claim with a volume has no class; take one of the two out.") }}
{{- end }}
---
apiVersion: v1
kind: PersistentVolumeClaim
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "PersistentVolumeClaim" "name" $name) }}
spec:
  accessModes:
    - {{ $claim.access }}
  {{- if $claim.volume }}
  storageClassName: ""
  volumeName: {{ template "rzp-lib.word" $claim.volume }}
  {{- else if $claim.class }}
  storageClassName: {{ template "rzp-lib.word" $claim.class }}
  {{- end }}
  resources:
    requests:
      storage: {{ template "rzp-lib.word" $claim.size }}
{{- end }}
{{- end }}
