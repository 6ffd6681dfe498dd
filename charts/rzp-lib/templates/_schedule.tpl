{{/*
Schedules of Velero. Nothing but the volumes' policy decides what is copied and how; a backup outlives its
schedule. Never `skipImmediately`: Velero sets it back, and Argo CD would set it again.
From values: backupSchedules.<name>.{cron, location, keep, itemOperationTimeout, namespaces, policy, moves}.
Call: {{ template "rzp-lib.kind.schedule" . }}
*/}}
{{- define "rzp-lib.kind.schedule" -}}
{{- $policies := .Values.service.configMaps | default dict }}
{{- range $name, $schedule := .Values.service.backupSchedules }}
{{- if not (get $policies $schedule.policy) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "backupSchedules.%s.policy" $name) "text" (printf "there is no ConfigMap %q; there are: %s." $schedule.policy (keys $policies | sortAlpha | join ", " | default "none"))) }}
{{- end }}
---
apiVersion: velero.io/v1
kind: Schedule
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Schedule" "name" $name) }}
spec:
  schedule: {{ quote $schedule.cron }}
  useOwnerReferencesInBackup: false
  template:
    includedNamespaces:
      {{- range $schedule.namespaces }}
      - {{ template "rzp-lib.word" . }}
      {{- end }}
    storageLocation: {{ template "rzp-lib.word" $schedule.location }}
    ttl: {{ quote $schedule.keep }}
    itemOperationTimeout: {{ quote $schedule.itemOperationTimeout }}
    {{- if $schedule.moves }}
    snapshotMoveData: true
    {{- end }}
    resourcePolicy:
      kind: configmap
      name: {{ template "rzp-lib.word" $schedule.policy }}
{{- end }}
{{- end }}
