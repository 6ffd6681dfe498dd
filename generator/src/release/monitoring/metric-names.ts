/** Names of metrics by who makes them, as far as rules and dashboards use them. Those of kube-state-metrics, node-exporter, the kubelet, Envoy, Vector and external-dns were not looked up. */
import { proberMetric } from "../../model/alerts/recorded.ts";

/** Names in one text; `name_seconds_*` is a histogram. */
const names = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .flatMap((name) =>
      name.endsWith("_*")
        ? ["bucket", "sum", "count"].map((part) => name.replace(/\*$/, part))
        : [name],
    );

/** Prometheus makes these of each target it reads, whatever is there. */
export const ofEveryTarget = names(
  "up scrape_duration_seconds scrape_samples_scraped scrape_samples_post_metric_relabeling scrape_series_added",
);
export const ofProber = names(`probe_success probe_duration_seconds probe_http_status_code
  probe_http_duration_seconds probe_http_redirects probe_http_ssl probe_http_content_length probe_http_version
  probe_ssl_earliest_cert_expiry probe_dns_lookup_time_seconds probe_ip_protocol probe_failed_due_to_regex`);

const ofGo =
  names(`process_cpu_seconds_total process_resident_memory_bytes process_start_time_seconds
  process_open_fds process_max_fds go_goroutines go_memstats_alloc_bytes`);
const ofControllers =
  names(`controller_runtime_reconcile_total controller_runtime_reconcile_errors_total
  controller_runtime_reconcile_time_seconds_* workqueue_depth workqueue_adds_total`);

/** By the switch of kube-prometheus-stack that turns each off; the server's own are always there. */
export const ofPrometheusStack = {
  prometheus:
    names(`ALERTS ALERTS_FOR_STATE process_start_time_seconds prometheus_build_info prometheus_tsdb_head_series
    prometheus_tsdb_storage_blocks_bytes prometheus_rule_evaluation_failures_total
    prometheus_rule_group_last_duration_seconds prometheus_rule_group_interval_seconds
    prometheus_target_scrapes_exceeded_sample_limit_total prometheus_config_last_reload_successful
    prometheus_notifications_dropped_total prometheus_notifications_errors_total
    prometheus_notifications_alertmanagers_discovered prometheus_remote_storage_samples_failed_total
    prometheus_remote_storage_samples_dropped_total prometheus_remote_storage_samples_pending
    prometheus_remote_storage_samples_total prometheus_remote_storage_highest_timestamp_in_seconds
    prometheus_remote_storage_queue_highest_sent_timestamp_seconds`),
  alertmanager: names(`alertmanager_alerts alertmanager_notifications_total
    alertmanager_notifications_failed_total alertmanager_notification_latency_seconds_*
    alertmanager_config_last_reload_successful alertmanager_silences`),
  prometheusOperator: names(`prometheus_operator_reconcile_operations_total
    prometheus_operator_reconcile_errors_total prometheus_operator_syncs prometheus_operator_ready
    prometheus_operator_managed_resources`),
  kubelet: names(`kubelet_volume_stats_available_bytes kubelet_volume_stats_capacity_bytes
    kubelet_volume_stats_used_bytes kubelet_volume_stats_inodes kubelet_volume_stats_inodes_free
    kubelet_volume_stats_inodes_used kubelet_running_pods kubelet_running_containers kubelet_node_name
    kubelet_certificate_manager_client_ttl_seconds
    container_cpu_usage_seconds_total container_cpu_cfs_periods_total
    container_cpu_cfs_throttled_periods_total container_memory_working_set_bytes
    container_memory_usage_bytes container_memory_rss container_spec_memory_limit_bytes
    container_fs_usage_bytes container_fs_reads_bytes_total container_fs_writes_bytes_total
    container_network_receive_bytes_total container_network_transmit_bytes_total container_start_time_seconds
    container_oom_events_total machine_cpu_cores machine_memory_bytes`),
  nodeExporter: names(`node_cpu_seconds_total node_load1 node_load5 node_load15
    node_memory_MemTotal_bytes node_memory_MemAvailable_bytes node_memory_MemFree_bytes
    node_memory_Cached_bytes node_memory_Buffers_bytes node_vmstat_oom_kill node_boot_time_seconds node_time_seconds
    node_filesystem_size_bytes node_filesystem_avail_bytes node_filesystem_free_bytes
    node_filesystem_files node_filesystem_files_free node_filesystem_readonly
    node_disk_read_bytes_total node_disk_written_bytes_total node_disk_io_time_seconds_total
    node_network_receive_bytes_total node_network_transmit_bytes_total
    node_network_receive_errs_total node_network_transmit_errs_total
    node_timex_offset_seconds node_timex_sync_status node_hwmon_temp_celsius node_uname_info`),
  kubeStateMetrics: names(`kube_pod_info kube_pod_owner kube_pod_labels kube_pod_start_time
    kube_pod_status_phase kube_pod_status_ready kube_pod_status_reason kube_pod_status_unschedulable
    kube_pod_container_info kube_pod_container_status_ready kube_pod_container_status_running
    kube_pod_container_status_restarts_total kube_pod_container_status_waiting_reason
    kube_pod_container_status_terminated_reason kube_pod_container_status_last_terminated_reason
    kube_pod_container_status_last_terminated_timestamp kube_pod_container_status_last_terminated_exitcode
    kube_pod_container_resource_requests kube_pod_container_resource_limits
    kube_pod_init_container_status_ready kube_pod_init_container_status_restarts_total
    kube_pod_init_container_status_waiting_reason kube_pod_init_container_status_last_terminated_reason
    kube_deployment_spec_replicas kube_deployment_status_replicas kube_deployment_status_replicas_available
    kube_deployment_status_replicas_unavailable kube_deployment_status_replicas_updated
    kube_deployment_status_observed_generation kube_deployment_metadata_generation kube_deployment_status_condition
    kube_statefulset_replicas kube_statefulset_status_replicas kube_statefulset_status_replicas_ready
    kube_statefulset_status_replicas_updated kube_statefulset_status_observed_generation kube_statefulset_metadata_generation
    kube_daemonset_status_desired_number_scheduled kube_daemonset_status_number_ready
    kube_daemonset_status_number_available kube_daemonset_status_number_unavailable
    kube_daemonset_status_number_misscheduled kube_daemonset_status_updated_number_scheduled
    kube_job_info kube_job_owner kube_job_created kube_job_complete kube_job_failed kube_job_status_active
    kube_job_status_failed kube_job_status_succeeded kube_job_status_start_time kube_job_status_completion_time
    kube_cronjob_info kube_cronjob_created kube_cronjob_spec_suspend kube_cronjob_status_active
    kube_cronjob_next_schedule_time kube_cronjob_status_last_schedule_time kube_cronjob_status_last_successful_time
    kube_persistentvolumeclaim_info kube_persistentvolumeclaim_status_phase
    kube_persistentvolumeclaim_resource_requests_storage_bytes kube_persistentvolume_status_phase
    kube_resourcequota kube_resourcequota_created kube_namespace_created kube_namespace_status_phase kube_namespace_labels
    kube_node_info kube_node_status_condition kube_node_status_allocatable kube_node_status_capacity
    kube_node_spec_unschedulable kube_node_spec_taint kube_poddisruptionbudget_status_current_healthy
    kube_poddisruptionbudget_status_desired_healthy kube_poddisruptionbudget_status_pod_disruptions_allowed
    kube_horizontalpodautoscaler_spec_max_replicas kube_horizontalpodautoscaler_status_current_replicas
    kube_horizontalpodautoscaler_status_desired_replicas kube_replicaset_owner kube_state_metrics_build_info`),
} as const;

/** kube-state-metrics says so of itself, whatever it reads. */
export const ofStates = "kube_state_metrics_build_info";

/** What lets kube-state-metrics make a metric: `cronjobs` of `kube_cronjob_info`; undefined for one that needs nothing, or that it does not know. */
export function collectorOf(metric: string): string | undefined {
  const own: readonly string[] = ofPrometheusStack.kubeStateMetrics;
  return metric !== ofStates && own.includes(metric) ? `${metric.split("_")[1]}s` : undefined;
}

/** By the name of the chart, or of the image's program, with metrics of its own. */
export const ofPrograms: Readonly<Record<string, readonly string[]>> = {
  "argo-cd": [
    ...ofGo,
    ...names(`argocd_app_info argocd_app_condition argocd_app_labels argocd_app_reconcile_*
      argocd_app_sync_total argocd_app_sync_duration_seconds_total argocd_app_orphaned_resources_count
      argocd_cluster_info argocd_cluster_connection_status argocd_cluster_cache_age_seconds argocd_cluster_events_total
      argocd_git_request_total argocd_git_request_duration_seconds_* argocd_git_fetch_fail_total
      argocd_git_lsremote_fail_total argocd_repo_pending_request_total argocd_redis_request_total`),
  ],
  "blackbox-exporter": [...ofGo, proberMetric],
  "cert-manager": [
    ...ofGo,
    ...names(`certmanager_certificate_expiration_timestamp_seconds
      certmanager_certificate_renewal_timestamp_seconds certmanager_certificate_ready_status
      certmanager_certificate_challenge_status certmanager_controller_sync_call_count
      certmanager_controller_sync_error_count certmanager_acme_client_request_count`),
  ],
  "cloudnative-pg": [...ofGo, ...ofControllers],
  "external-dns": [
    ...ofGo,
    ...names(`external_dns_source_endpoints_total external_dns_source_errors_total
      external_dns_registry_endpoints_total external_dns_registry_errors_total
      external_dns_controller_last_sync_timestamp_seconds`),
  ],
  "external-secrets": [
    ...ofGo,
    ...ofControllers,
    ...names(`externalsecret_status_condition externalsecret_sync_calls_total externalsecret_sync_calls_error
      externalsecret_reconcile_duration externalsecret_provider_api_calls_count
      secretstore_status_condition clustersecretstore_status_condition`),
  ],
  "gateway-helm":
    names(`envoy_server_live envoy_server_uptime envoy_server_days_until_first_cert_expiring
    envoy_http_downstream_rq_total envoy_http_downstream_rq_xx envoy_http_downstream_rq_time_*
    envoy_http_downstream_cx_active envoy_cluster_upstream_rq_total envoy_cluster_upstream_rq_xx
    envoy_cluster_upstream_rq_time_* envoy_cluster_membership_healthy envoy_cluster_membership_total`),
  reloader: [...ofGo, "reloader_reload_executed_total"],
  vector: names(`vector_started_total vector_uptime_seconds vector_utilization
    vector_component_received_events_total vector_component_received_event_bytes_total
    vector_component_sent_events_total vector_component_sent_event_bytes_total
    vector_component_errors_total vector_component_discarded_events_total
    vector_buffer_events vector_buffer_byte_size vector_buffer_received_events_total
    vector_buffer_sent_events_total vector_buffer_discarded_events_total`),
  velero: [
    ...ofGo,
    ...names(`backup_attempt_total backup_deletion_attempt_total backup_deletion_failure_total
      backup_deletion_success_total backup_duration_seconds_* backup_failure_total backup_items_errors
      backup_items_total backup_last_status backup_last_successful_timestamp backup_location_status_gauge
      backup_partial_failure_total backup_success_total backup_tarball_size_bytes backup_total
      backup_validation_failure_total backup_warning_total csi_snapshot_attempt_total
      csi_snapshot_failure_total csi_snapshot_success_total restore_attempt_total restore_failed_total
      restore_partial_failure_total restore_success_total restore_total restore_validation_failed_total
      volume_snapshot_attempt_total volume_snapshot_failure_total volume_snapshot_success_total`).map(
      (name) => `velero_${name}`,
    ),
    ...names(`podVolume_data_upload_failure_total podVolume_data_upload_success_total
      podVolume_data_download_failure_total podVolume_data_download_success_total
      podVolume_pod_volume_backup_enqueue_count podVolume_pod_volume_backup_dequeue_count`),
  ],
};

/** Of our own restore drill (generator/drill/metrics.ts). */
export const ofDrill = names(`restore_drill_passed restore_drill_last_run_timestamp_seconds
  restore_drill_last_success_timestamp_seconds restore_drill_duration_seconds restore_drill_backup_age_seconds`);

/** What an instance of CloudNativePG serves. */
export const ofPostgresCluster = names(`cnpg_collector_up cnpg_collector_last_collection_error
  cnpg_collector_last_available_backup_timestamp cnpg_collector_last_failed_backup_timestamp
  cnpg_collector_first_recoverability_point cnpg_collector_fencing_on cnpg_collector_pg_wal
  cnpg_collector_pg_wal_archive_status cnpg_collector_postgres_version cnpg_collector_manual_switchover_required
  cnpg_collector_sync_replicas cnpg_backends_total cnpg_backends_waiting_total
  cnpg_backends_max_tx_duration_seconds cnpg_pg_database_size_bytes cnpg_pg_replication_lag
  cnpg_pg_replication_in_recovery cnpg_pg_replication_streaming_replicas cnpg_pg_postmaster_start_time
  cnpg_pg_stat_archiver_archived_count cnpg_pg_stat_archiver_failed_count
  cnpg_pg_stat_archiver_seconds_since_last_archival cnpg_pg_stat_database_xact_commit
  cnpg_pg_stat_database_xact_rollback cnpg_pg_stat_database_blks_hit cnpg_pg_stat_database_blks_read
  cnpg_pg_stat_database_deadlocks cnpg_pg_stat_database_temp_bytes cnpg_pg_settings_setting`);

const ofArr = (program: string) =>
  names(
    `system_status system_health_issues history_total queue_total rootfolder_freespace_bytes`,
  ).map((name) => `${program}_${name}`);

/** What an exporter makes of the program it asks. */
export const ofExporters = {
  exportarr: (program: string): readonly string[] => [
    "exportarr_app_info",
    ...(program === "sabnzbd" ? [] : ofArr(program)),
    ...(ofArrPrograms[program] ?? []),
  ],
  postgres: () => [
    ...ofGo,
    ...names(`pg_up pg_exporter_last_scrape_error pg_database_size_bytes pg_stat_activity_count
      pg_stat_database_xact_commit pg_stat_database_xact_rollback pg_stat_database_blks_hit
      pg_stat_database_blks_read pg_stat_database_deadlocks pg_settings_max_connections
      pg_replication_lag_seconds pg_postmaster_start_time_seconds`),
  ],
  valkey: () => [
    ...ofGo,
    ...names(`redis_up redis_uptime_in_seconds redis_connected_clients redis_blocked_clients
      redis_memory_used_bytes redis_memory_max_bytes redis_commands_processed_total redis_db_keys
      redis_db_keys_expiring redis_keyspace_hits_total redis_keyspace_misses_total redis_evicted_keys_total
      redis_expired_keys_total redis_rejected_connections_total redis_aof_last_write_status
      redis_aof_last_bgrewrite_status redis_rdb_last_bgsave_status redis_rdb_last_save_timestamp_seconds`),
  ],
  mosquitto: () => [
    ...ofGo,
    ...names(`broker_uptime broker_clients_connected broker_clients_disconnected broker_clients_total
      broker_clients_maximum broker_messages_received broker_messages_sent broker_bytes_received
      broker_bytes_sent broker_publish_messages_dropped broker_publish_messages_received
      broker_publish_messages_sent broker_subscriptions_count broker_retained_messages_count`),
  ],
} as const;

const ofArrPrograms: Readonly<Record<string, readonly string[]>> = {
  sonarr: names(`sonarr_series_total sonarr_series_monitored_total sonarr_series_downloaded_total
    sonarr_series_filesize_bytes sonarr_season_total sonarr_episode_total sonarr_episode_downloaded_total
    sonarr_episode_missing_total sonarr_episode_cutoff_unmet_total`),
  radarr: names(`radarr_movie_total radarr_movie_downloaded_total radarr_movie_missing_total
    radarr_movie_monitored_total radarr_movie_wanted_total radarr_movie_filesize_total
    radarr_movie_quality_total radarr_movie_cutoff_unmet_total`),
  prowlarr:
    names(`prowlarr_indexer_total prowlarr_indexer_enabled_total prowlarr_indexer_unavailable
    prowlarr_indexer_average_response_time_ms prowlarr_indexer_queries_total prowlarr_indexer_grabs_total
    prowlarr_indexer_failed_queries_total prowlarr_indexer_failed_grabs_total prowlarr_user_agent_total`),
  sabnzbd:
    names(`sabnzbd_info sabnzbd_status sabnzbd_paused sabnzbd_queue_length sabnzbd_remaining_bytes
    sabnzbd_downloaded_bytes sabnzbd_speed_bps sabnzbd_disk_total_bytes sabnzbd_disk_used_bytes
    sabnzbd_queue_warnings`),
};

/** What many programs make, each of itself: who does is not known by the name. */
const common: ReadonlySet<string> = new Set([...ofGo, ...ofControllers]);

/** All that are known by name, whether what makes them runs or not. */
export const everyName: ReadonlySet<string> = new Set(
  [
    ofEveryTarget,
    ofProber,
    ofDrill,
    ofPostgresCluster,
    ...Object.values(ofPrometheusStack),
    ...Object.values(ofPrograms),
    ofExporters.postgres(),
    ofExporters.valkey(),
    ofExporters.mosquitto(),
    ...Object.keys(ofArrPrograms).map(ofExporters.exportarr),
  ]
    .flat()
    .filter((name) => !common.has(name)),
);
